"""The search terms of an account hold a part of the spend that its campaigns hold whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.ingest.pipeline import bring, prepare
from metrics.ask import Query, ask
from metrics.load import load_catalogue
from metrics.periods import Period
from metrics.policy import EVERYONE
from tests.data.desks import bring_file, opened_desk
from tests.data.ingest.files import written

TITLES = "10 October 2026 - 23 October 2026\n"
TERMS = TITLES + "Search term,Campaign,Ad group,Clicks,Impr.,Cost,Account\na,b,c,1,2,3,shop\nd,b,c,1,2,5,shop\n"
CAMPAIGNS = TITLES + "Campaign,Campaign type,Clicks,Impr.,Cost,Account\nb,Search,5,9,20,shop\n"
ORDERS = "order_id,sales_channel,paid_at,gmv_amount\nA1,own_site,2026-10-12 10:00:00,400\n"


@pytest.mark.parametrize("order", [(TERMS, CAMPAIGNS), (CAMPAIGNS, TERMS)])
def test_the_campaigns_answer_alone_whichever_report_came_first(
    order: tuple[str, str], lake_template: Path, tmp_path: Path
) -> None:
    """400 of sales; 8 spent by terms, 20 by campaigns: each unit of spend brought 20, neither 50 nor 14."""
    with opened_desk(lake_template, tmp_path / "home", base_currency="USD") as desk:
        assert bring_file(desk, written(tmp_path, ORDERS, "orders.csv")).status == "loaded"
        for number, text in enumerate(order):
            (outcome,) = bring(prepare(written(tmp_path, text, f"{number}.csv"), desk), desk, is_trusted=True)
            assert (outcome.status, outcome.source) == ("loaded", "google_ads_campaigns")
        days = Period(date(2026, 10, 10), date(2026, 10, 23))
        query = Query(("marketing_efficiency_ratio",), days)
        rows = ask(desk.warehouse.engine(), query, EVERYONE, load_catalogue()).rows
        assert rows["marketing_efficiency_ratio"].to_list() == [20.0]
