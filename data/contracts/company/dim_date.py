"""The calendar: generated, never imported."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, flag, integer, table, text


@table(
    name="dim_date",
    department="company",
    kind="dimension",
    time_column="date",
    cadence="none",
    late_after_days=None,
    duplicates="refuse",
    generated=True,
)
class Days(Contract):
    """One row per calendar day, with the holidays and shopping festivals that explain a week's rhythm."""

    date = calendar_day("Calendar day in the company time zone", key=True)
    iso_year = integer("ISO 8601 week-numbering year", unit=None)
    iso_week = integer("ISO 8601 week", unit=None)
    week_start_date = calendar_day("First day of the week (Monday unless the company says otherwise)")
    month_start_date = calendar_day("First day of the month")
    quarter = integer("1-4", unit=None)
    fiscal_period = text("Fiscal year and period, e.g. FY2026-P03")
    day_of_week = integer("1 = Monday … 7 = Sunday", unit=None)
    is_public_holiday = flag("Statutory holiday of the company's country")
    is_makeup_workday = flag("Weekend day worked in exchange for a holiday bridge (调休)")
    holiday_name = text("Name of the holiday in the company's country")
    holiday_name_tw = text("Name of the holiday in Taiwan")
    holiday_name_hk = text("Name of the holiday in Hong Kong")
    holiday_name_west = text("Name of the holiday in the United States or the United Kingdom")
    shopping_festival = text(
        "618, double_11, double_12, new_year_festival, black_friday, …: festival met with festival"
    )
    days_in_month = integer("28-31", unit="days")
