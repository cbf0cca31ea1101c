"""Contracts with partners at month ends."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, flag, money, table, text


@table(
    name="fact_partner_contract",
    department="marketing",
    kind="fact",
    time_column="snapshot_date",
    cadence="month",
    late_after_days=41,
    duplicates="refuse",
    is_snapshot=True,
)
class PartnerContracts(Contract):
    """One row per contract at a month end."""

    snapshot_date = calendar_day("Month end", key=True, aliases=("快照日期",))
    contract_id = text("Contract", key=True, aliases=("合同编号",))
    partner_id = text("Partner (company)", aliases=("合作方编码",))
    partner_name = dimension("Name", aliases=("合作方",))
    partner_type = dimension(
        "Kind",
        values=("supplier", "logistics", "payment", "media", "platform", "alliance", "kol"),
        aliases=("合作类型",),
    )
    is_active = flag("In force at snapshot_date", aliases=("是否生效",))
    is_new_partner = flag("First contract with the partner, signed in this month", aliases=("新合作方",))
    is_renewal_due = flag("Ran out in this month", aliases=("到期应续签",))
    is_renewed = flag("Ran out in this month and was renewed", aliases=("已续签",))
    is_signed = flag("Signed or re-signed in this month", aliases=("本月签约",))
    baseline_cost = money(
        "Signed this month: yearly cost at the old terms or first quote",
        aliases=("原年成本",),
        sensitive="confidential",
    )
    negotiated_cost = money(
        "Signed this month: yearly cost at the agreed terms", aliases=("谈定年成本",), sensitive="confidential"
    )
    joint_revenue = money("Net revenue of joint projects with the partner in the month", aliases=("联合项目收入",))
