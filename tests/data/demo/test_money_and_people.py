"""Money and people of the demo company agree with its orders, advertising, parcels and stock, to the fen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from data.contracts import TABLES
from tests.data.demo.conftest import LAST_DAY, company

Tables = dict[str, pl.DataFrame]
MADE = (
    "fact_ticket", "fact_feedback", "fact_employee_snapshot", "fact_requisition", "fact_training_record",
    "fact_gl_balance", "fact_invoice", "fact_bank_balance", "fact_compliance_item", "kpi_target",
)  # fmt: skip
VAT = Decimal("1.13")


def ledger(tables: Tables, part: pl.Expr) -> dict[date, Decimal]:
    """Amounts of a part of the ledger by month end."""
    rows = tables["fact_gl_balance"].filter(part).group_by("period_end").agg(pl.col("amount").sum()).sort("period_end")
    return dict(rows.iter_rows())


def by_month(frame: pl.DataFrame, day: str, amount: pl.Expr) -> dict[date, Decimal]:
    rows = frame.filter(pl.col(day).is_not_null()).group_by(pl.col(day).dt.month_end()).agg(amount.sum())
    return dict(rows.iter_rows())


def of_class(name: str) -> pl.Expr:
    return pl.col("account_class") == name


@pytest.mark.parametrize("table", MADE)
def test_rows_pass_the_contract_and_have_keys_of_their_own(small: Tables, table: str) -> None:
    contract = TABLES[table]
    contract.schema.validate(small[table])
    assert not small[table].select(contract.key).is_duplicated().any()
    dimensions = [name for name in contract.columns if contract.role(name) == "dimension"]
    assert small[table].select(dimensions).null_count().row(0) == (0,) * len(dimensions)


def test_the_ledger_has_every_whole_month_and_no_other(small: Tables) -> None:
    ends = small["fact_gl_balance"]["period_end"].unique().sort()
    assert (ends[0], ends[-1], len(ends)) == (date(2024, 10, 31), date(2026, 8, 31), 23)


def test_revenue_is_what_orders_brought_less_what_went_back(small: Tables) -> None:
    """Net amounts and shipping of the orders paid in the month, less its refunds; without tax."""
    paid = small["fact_order"].filter(pl.col("is_paid"))
    called_off = paid.filter(pl.col("is_cancelled"))
    net = by_month(paid, "paid_date", pl.col("net_amount"))
    shipping = by_month(paid, "paid_date", pl.col("shipping_charged"))
    given_back = by_month(called_off, "paid_date", pl.col("refunded_amount"))
    refunded = by_month(small["fact_return"], "completed_date", pl.col("refund_amount"))
    for end, amount in ledger(small, of_class("revenue")).items():
        taxed = shipping[end] - given_back.get(end, Decimal(0)) - refunded.get(end, Decimal(0))
        assert abs(amount - net[end] - taxed / VAT) < Decimal("0.5"), end


def test_cost_of_goods_is_that_of_what_was_kept(small: Tables) -> None:
    """Lines of orders paid and not cancelled, less units that came back into stock."""
    kept = small["fact_order"].filter(pl.col("is_paid") & ~pl.col("is_cancelled")).select("order_id")
    lines = small["fact_order_line"]
    sold = by_month(lines.join(kept, on="order_id"), "paid_date", pl.col("cogs_amount"))
    back = small["fact_return"].filter(pl.col("return_type") == "return_refund")
    returned = back.join(lines.select("order_id", "sku", "cogs_amount", sold="qty"), on=["order_id", "sku"])
    cost = returned.with_columns(cost=pl.col("cogs_amount").cast(pl.Float64) * pl.col("qty") / pl.col("sold"))
    restocked = by_month(cost, "completed_date", pl.col("cost"))
    for end, amount in ledger(small, of_class("cogs")).items():
        assert float(amount) == pytest.approx(float(sold[end]) - float(restocked.get(end, 0)), abs=0.5), end


def test_advertising_and_freight_are_what_their_tables_cost(small: Tables) -> None:
    adverts = by_month(small["fact_campaign_daily"], "date", pl.col("cost"))
    assert {end: adverts[end] for end in ledger(small, of_class("opex_marketing"))} == ledger(
        small, of_class("opex_marketing")
    )
    parcels = by_month(small["fact_shipment"], "shipped_date", pl.col("freight_cost") + pl.col("pick_pack_cost"))
    freight = ledger(small, of_class("opex_logistics"))
    assert freight == {end: parcels[end] for end in freight}


def test_salaries_are_what_the_staff_is_paid(small: Tables) -> None:
    staff = small["fact_employee_snapshot"].filter(pl.col("is_active"))
    paid = by_month(staff, "snapshot_date", (pl.col("base_salary") * pl.col("fte")).cast(pl.Float64))
    for end, amount in ledger(small, of_class("opex_personnel")).items():
        assert float(amount) == pytest.approx(float(paid[end]), abs=1.0), end


def test_headcount_follows_from_hires_and_leavers(small: Tables) -> None:
    months = (
        small["fact_employee_snapshot"]
        .group_by("snapshot_date")
        .agg(pl.col("is_active").sum(), pl.col("is_hire").sum(), pl.col("is_exit").sum())
        .sort("snapshot_date")
        .with_columns(before=pl.col("is_active").cast(pl.Int64).shift())
        .drop_nulls()
    )
    change = pl.col("before") + pl.col("is_hire").cast(pl.Int64) - pl.col("is_exit").cast(pl.Int64)
    assert len(months) >= 22
    assert months.filter(change != pl.col("is_active")).is_empty()
    assert months["is_active"].is_between(115, 155).all()


def test_who_left_is_not_there_the_month_after_and_nobody_is_twice(small: Tables) -> None:
    rows = small["fact_employee_snapshot"]
    assert rows.filter(pl.col("is_active") & pl.col("exit_date").is_not_null()
                       & (pl.col("exit_date") <= pl.col("snapshot_date"))).is_empty()  # fmt: skip
    assert rows.filter(~pl.col("is_active") & (pl.col("fte") > 0)).is_empty()
    assert rows.group_by("employee_id").agg(pl.col("is_exit").sum())["is_exit"].max() == 1
    assert rows["employee_id"].str.contains("^[0-9a-f]{32}$").all()


def test_what_is_owned_is_what_is_owed(small: Tables) -> None:
    owned = pl.col("account_class").is_in(
        ["cash", "accounts_receivable", "inventory", "other_current_asset", "noncurrent_asset"]
    )
    sides = (
        small["fact_gl_balance"]
        .filter(pl.col("closing_balance").is_not_null())
        .group_by("period_end")
        .agg(
            pl.col("closing_balance").filter(owned).sum().alias("owned"),
            pl.col("closing_balance").filter(~owned).sum().alias("owed"),
        )
    )
    assert len(sides) == 23
    assert sides.filter(pl.col("owned") != pl.col("owed")).is_empty()


def test_the_banks_hold_what_the_ledger_says_and_move_by_what_comes_and_goes(small: Tables) -> None:
    held = small["fact_bank_balance"].filter(pl.col("account_type") != "credit_line")
    by_day = (
        held.group_by("date")
        .agg(pl.col("closing_balance", "inflow_external", "outflow_external").sum())
        .sort("date")
        .with_columns(moved=pl.col("closing_balance") - pl.col("closing_balance").shift())
        .drop_nulls()
    )
    assert by_day.filter(pl.col("moved") != pl.col("inflow_external") - pl.col("outflow_external")).is_empty()
    cash = small["fact_gl_balance"].filter(of_class("cash")).select("period_end", cash="closing_balance")
    met = cash.join(by_day, left_on="period_end", right_on="date")
    assert len(met) == 23
    assert met.filter(pl.col("cash") != pl.col("closing_balance")).is_empty()


def test_the_ledgers_goods_are_the_units_free_to_sell(small: Tables) -> None:
    """The stock of a month end at cost; what is sold and still waits in the warehouse is no longer ours."""
    cost = small["dim_product"].select("sku", "unit_cost")
    stock = (
        small["fact_inventory_snapshot"]
        .join(cost, on="sku")
        .group_by("snapshot_date")
        .agg((pl.col("available_qty") * pl.col("unit_cost")).sum().alias("stock"))
    )
    goods = small["fact_gl_balance"].filter(of_class("inventory"))
    met = goods.join(stock, left_on="period_end", right_on="snapshot_date")
    assert len(met) >= 2
    for held, counted in met.select("closing_balance", "stock").iter_rows():
        assert float(held) == pytest.approx(float(counted), rel=0.002)


def test_bills_are_open_or_paid_and_payables_hold_the_open_ones(small: Tables) -> None:
    bills = small["fact_invoice"]
    assert bills.filter(pl.col("paid_date").is_null() != (pl.col("open_amount") > 0)).is_empty()
    assert bills.filter(pl.col("amount") <= 0).is_empty()
    for table, day in (("fact_invoice", "paid_date"), ("fact_invoice", "issue_date"), ("fact_bank_balance", "date")):
        assert small[table][day].max() <= LAST_DAY  # type: ignore[operator]
    # What came in the last days of a month is owed, though no bill is written yet.
    for end, owed in small["fact_gl_balance"].filter(of_class("accounts_payable")).select(
        "period_end", "closing_balance"
    ).tail(3).iter_rows():  # fmt: skip
        is_open = (pl.col("issue_date") <= end) & (pl.col("paid_date").is_null() | (pl.col("paid_date") > end))
        told = bills.filter((pl.col("invoice_type") == "payable") & is_open)["amount"].sum()
        assert 0.7 * float(owed) < float(told) <= float(owed) + 1


def test_tickets_belong_to_orders_and_come_after_them(small: Tables) -> None:
    tickets = small["fact_ticket"].filter(pl.col("domain") == "customer")
    about = tickets.filter(pl.col("order_id").is_not_null())
    orders = about.join(small["fact_order"].select("order_id", "customer_id", "paid_at"), on="order_id", suffix="_of")
    assert len(orders) == len(about) > 300
    assert orders.filter(pl.col("customer_id") != pl.col("customer_id_of")).is_empty()
    assert orders.filter(pl.col("created_at") < pl.col("paid_at")).is_empty()
    assert tickets.filter(pl.col("solved_at") < pl.col("created_at")).is_empty()
    assert tickets["created_date"].max() <= LAST_DAY  # type: ignore[operator]


def test_a_contact_that_led_to_an_order_comes_a_day_before_a_payment_at_most(small: Tables) -> None:
    led = small["fact_ticket"].filter(pl.col("led_to_order"))
    met = led.join(small["fact_order"].filter(pl.col("is_paid")), on="customer_id")
    near = pl.col("paid_at").is_between(pl.col("created_at"), pl.col("created_at") + pl.duration(hours=36))
    assert met.filter(near)["ticket_id"].n_unique() == len(led) > 100


def test_employees_answer_without_a_name(small: Tables) -> None:
    answers = small["fact_feedback"].filter(pl.col("feedback_type").is_in(["enps", "engagement"]))
    assert answers["respondent_department"].n_unique() == 7
    assert not answers["feedback_id"].str.contains("[0-9a-f]{32}").any()


def test_another_number_of_orders_has_the_same_people(small: Tables) -> None:
    other = company(500)["fact_employee_snapshot"]
    ours = small["fact_employee_snapshot"]
    assert other.drop("base_salary", "band_midpoint").equals(ours.drop("base_salary", "band_midpoint"))
    assert float(other["base_salary"].sum()) < float(ours["base_salary"].sum())
