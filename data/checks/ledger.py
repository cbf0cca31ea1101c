"""The ledger against what the departments' own systems say of the same month."""

from __future__ import annotations

from data.checks.base import Check
from data.errors import Text

LEDGER = Text("Ledger", "总账", "總帳")
# Booked once a month, so cut-off and rounding may differ by these shares.
REVENUE_SHARE, ADVERTISING_SHARE, PAY_SHARE = 0.03, 0.02, 0.05
ADVERTISING = "advert|promotion|media|(^|[^a-z])ads?([^a-z]|$)|广告|廣告|推广|推廣|投放"
PAY = "salar|wage|payroll|工资|工資|薪"

_WHOLE_MONTH = "cast(date_trunc('month', month_end) as date) >= $first_{table} and month_end <= $last_{table}"
# Of a class that also holds other costs only the accounts count whose name says it; the whole class where none does.
_NAMED = """
    booked as (
        select last_day(period_end) as month_end,
            if(bool_or(is_named), sum(amount) filter (is_named), sum(amount)) as amount
        from (
            select period_end, amount, coalesce(regexp_matches(lower(account_name), '{words}'), false) as is_named
            from @fact_gl_balance where account_class = '{kind}' and amount is not null
        ) group by 1
    )
"""
# A refund holds tax; what leaves the revenue is its net share, as the order's own amounts tell it.
REVENUE = f"""
    with booked as (
        select last_day(period_end) as month_end, sum(amount) as amount from @fact_gl_balance
        where account_class = 'revenue' and amount is not null group by 1
    ), sold as (
        select last_day(paid_date) as month_end, sum(net_amount) as amount from @fact_order
        where paid_date is not null and is_paid is not false and is_cancelled is not true group by 1
    ), back as (
        select last_day(r.completed_date) as month_end, sum(cast(r.refund_amount as double)
            * if(o.net_amount + o.tax_amount > 0, o.net_amount / (o.net_amount + o.tax_amount), 1)) as amount
        from @fact_return as r left join @fact_order as o on o.order_id = r.order_id
        where r.completed_date is not null and r.refund_amount is not null group by 1
    ), met as (
        select month_end, booked.amount as booked, sold.amount - coalesce(back.amount, 0) as sold
        from booked join sold using (month_end) left join back using (month_end)
        where {_WHOLE_MONTH.format(table="fact_order")}
            and cast(date_trunc('month', month_end) as date) >= $first_fact_return
            and month_end <= cast($last_fact_return as date) + 3
    )
    select cast(date_trunc('month', month_end) as date) as period, booked as left_side, sold as right_side,
        greatest(1, {REVENUE_SHARE} * abs(sold)) as tolerance, cast(null as bigint) as off
    from met
"""
# Reports of the same days that are split differently repeat the same money: the coarsest split of each source counts.
COST = f"""
    with {_NAMED.format(kind="opex_marketing", words=ADVERTISING)}, split as (
        select _source, _account, date, cut, sum(cost) as amount from @fact_campaign_daily
        where from_date = to_date and cost is not null group by all
    ), spent as (
        select last_day(date) as month_end, sum(amount) as amount from (
            select *, row_number() over (partition by _source, _account, date order by length(cut), cut) as place
            from split
        ) where place = 1 group by 1
    )
    select cast(date_trunc('month', month_end) as date) as period, booked.amount as left_side,
        spent.amount as right_side, greatest(1, {ADVERTISING_SHARE} * abs(spent.amount)) as tolerance,
        cast(null as bigint) as off
    from booked join spent using (month_end) where {_WHOLE_MONTH.format(table="fact_campaign_daily")}
"""
PAYROLL = f"""
    with {_NAMED.format(kind="opex_personnel", words=PAY)}, newest as (
        select last_day(snapshot_date) as month_end, max(snapshot_date) as day from @fact_employee_snapshot group by 1
    ), paid as (
        select n.month_end, sum(s.base_salary * coalesce(s.fte, 1)) as amount,
            count(*) - count(s.base_salary) as unknown
        from @fact_employee_snapshot as s join newest as n on n.day = s.snapshot_date
        where s.is_active and s.employment_type is distinct from 'outsourced' group by 1
    )
    select cast(date_trunc('month', month_end) as date) as period, booked.amount as left_side,
        if(paid.unknown = 0, paid.amount, null) as right_side,
        greatest(1, {PAY_SHARE} * abs(paid.amount)) as tolerance, cast(null as bigint) as off
    from booked join paid using (month_end)
"""


CHECKS = (
    Check(
        "ledger_revenue",
        Text("Ledger revenue against orders", "总账收入与订单", "總帳營收與訂單"),
        Text(
            "Revenue of a month is the net amount of its paid orders that were not cancelled, less the refunds of the "
            "month without tax. Cut-off and shipping income may take 3 %.",
            "月收入应等于当月已付且未取消订单的净额，减去当月不含税的退款。截止时点和运费收入允许相差 3%。",
            "月營收應等於當月已付且未取消訂單的淨額，減去當月不含稅的退款。截止時點和運費收入允許相差 3%。",
        ),
        (LEDGER, Text("Orders less refunds", "订单减退款", "訂單減退款")),
        "currency",
        {
            "fact_gl_balance": ("period_end", "account_class", "amount"),
            "fact_order": ("paid_date", "net_amount"),
            "fact_return": ("completed_date", "refund_amount"),
        },
        REVENUE,
    ),
    Check(
        "ledger_advertising",
        Text("Ledger advertising against campaign cost", "总账广告费与投放花费", "總帳廣告費與投放花費"),
        Text(
            "Advertising of a month (marketing accounts whose name says so, else all of them) is what the ad platforms "
            "report, within 2 %.",
            "当月广告费（名称含广告、推广的营销科目；若无则全部营销科目）应与投放平台的花费相差不超过 2%。",
            "當月廣告費（名稱含廣告、推廣的行銷科目；若無則全部行銷科目）應與投放平台的花費相差不超過 2%。",
        ),
        (LEDGER, Text("Campaign reports", "投放报表", "投放報表")),
        "currency",
        {
            "fact_gl_balance": ("period_end", "account_class", "amount"),
            "fact_campaign_daily": ("date", "cost"),
        },
        COST,
    ),
    Check(
        "ledger_payroll",
        Text("Ledger payroll against the staff list", "总账薪酬与员工名册", "總帳薪資與員工名冊"),
        Text(
            "Pay of a month (personnel accounts called salaries or wages, else all of them) is base pay × full-time "
            "share of the staff at the month end (without outsourced people), within 5 %.",
            "当月薪酬（名称含工资、薪的人事科目；若无则全部人事科目）"
            "应等于月末在职员工（不含外包）的基本工资 × 全职当量，相差不超过 5%。",
            "當月薪資（名稱含工資、薪的人事科目；若無則全部人事科目）"
            "應等於月底在職員工（不含外包）的本薪 × 全職當量，相差不超過 5%。",
        ),
        (LEDGER, Text("Staff list", "员工名册", "員工名冊")),
        "currency",
        {
            "fact_gl_balance": ("period_end", "account_class", "amount"),
            "fact_employee_snapshot": ("is_active", "base_salary"),
        },
        PAYROLL,
    ),
)
