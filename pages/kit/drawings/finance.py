"""Finance: which view answers each chart of its page, and which figure draws it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from metrics.periods import grain_for
from metrics.views.ageing import ageing
from metrics.views.budget_bridge import budget_bridge
from metrics.views.burn import burn
from metrics.views.cash_curve import cash_curve, shown
from metrics.views.compliance_calendar import compliance_calendar
from metrics.views.margin_mix import margin_mix
from metrics.views.revenue_bridge import revenue_bridge
from metrics.views.revenue_forecast import revenue_forecast
from metrics.views.series import reaching_back, series
from pages.kit.charts import bars, heat, lines, timeline, waterfall
from pages.kit.drawings.chart import Chart, asking
from pages.kit.drawings.finance_cash import ageing_view, calendar_view, cash_view, margin_view
from pages.kit.drawings.finance_ledger import (
    CYCLE_KPIS,
    budget_bridge_view,
    burn_view,
    cycle_view,
    forecast_view,
    revenue_bridge_view,
)
from pages.kit.focus import Focus

MONTHS_BACK = 12
LEDGER, BANK, BILLS = "fact_gl_balance", "fact_bank_balance", "fact_invoice"
ORDERS, LINES, STOCK = "fact_order", "fact_order_line", "fact_inventory_snapshot"
FILINGS, JOBS = "fact_compliance_item", "fact_scheduled_job"


def _cycle(focus: Focus) -> pl.DataFrame:
    visit, scope = focus.visit, reaching_back(focus.scope, MONTHS_BACK)
    return series(visit.reader, scope, visit.viewer, visit.catalogue, CYCLE_KPIS, grain="month")


def _burn(focus: Focus) -> pl.DataFrame:
    visit = focus.visit
    first_month = visit.store.settings.fiscal_year_first_month
    return burn(visit.reader, focus.scope, visit.viewer, visit.catalogue, first_month)


def _calendar(focus: Focus) -> pl.DataFrame:
    # What is due is asked on the day the data reach to, whichever days the reader looks at.
    visit = focus.visit
    return compliance_calendar(visit.reader, focus.scope, visit.viewer, visit.catalogue, focus.as_of)


CHARTS: Mapping[str, Chart] = {
    "fin_variance_waterfall": Chart(
        (LEDGER,),
        asking(budget_bridge),
        lambda focus, frame, _: budget_bridge_view(frame, focus.visit.currency),
        waterfall,
    ),
    "fin_gmv_bridge": Chart(
        (LEDGER, ORDERS),
        asking(revenue_bridge),
        lambda focus, frame, _: revenue_bridge_view(frame, focus.visit.currency),
        waterfall,
    ),
    "fin_cash_curve": Chart(
        (BANK,),
        asking(cash_curve),
        lambda focus, frame, _: cash_view(frame, grain_for(shown(focus.period)), focus.visit.currency),
        lines,
    ),
    "fin_ccc": Chart(
        (LEDGER, STOCK, LINES, "dim_date"),
        _cycle,
        lambda focus, frame, _: cycle_view(frame, focus.visit.catalogue),
        bars,
    ),
    "fin_burn": Chart((LEDGER,), _burn, lambda focus, frame, _: burn_view(frame, focus.visit.currency), bars),
    "fin_ageing": Chart(
        (BILLS,), asking(ageing), lambda focus, frame, _: ageing_view(frame, focus.visit.currency), bars
    ),
    "fin_margin_mix": Chart(
        (LINES, "dim_product"), asking(margin_mix), lambda _focus, frame, _: margin_view(frame), heat
    ),
    "fin_calendar": Chart(
        (FILINGS, JOBS, "dim_date"),
        _calendar,
        lambda focus, frame, _: calendar_view(frame, focus.as_of),
        timeline,
    ),
    "fin_forecast": Chart(
        (LEDGER,),
        asking(revenue_forecast),
        lambda focus, frame, _: forecast_view(frame, focus.visit.currency),
        lines,
    ),
}
