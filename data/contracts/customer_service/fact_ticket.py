"""Conversations and tickets."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, flag, integer, number, table, text, timestamp
from data.contracts.codes import DEPARTMENTS, SALES_CHANNELS


@table(
    name="fact_ticket",
    department="customer_service",
    kind="fact",
    time_column="created_date",
    cadence="day",
    late_after_days=2,
    duplicates="refuse",
)
class Tickets(Contract):
    """One row per conversation or ticket."""

    ticket_id = text("Ticket or conversation id", key=True, aliases=("ID", "Id", "工单编号", "会话ID"))
    created_at = timestamp("Opened", aliases=("Created at", "创建时间"))
    created_date = calendar_day("Local date", made=True)
    due_date = calendar_day("Due (planned follow-ups)", aliases=("计划回访日期",))
    domain = dimension(
        "customer or internal_it: filter first, always", values=("customer", "internal_it"), aliases=("工单领域",)
    )
    ticket_type = dimension(
        "Kind",
        values=("pre_sale", "after_sale", "complaint", "proactive_follow_up", "it_request", "it_how_to"),
        aliases=("Ticket type", "工单类型"),
    )
    channel = dimension("chat, phone, email, wechat, marketplace_im, form, bot", aliases=("Via", "渠道"))
    sales_channel = dimension("Shop channel the contact belongs to", values=SALES_CHANNELS, aliases=("平台",))
    contact_reason_l1 = dimension("Reason group", aliases=("一级原因",))
    contact_reason_l2 = text("Reason code; null = not coded", aliases=("Tags", "二级原因", "Contact reason [list]"))
    root_cause_department = dimension(
        "Department whose process caused the contact", values=DEPARTMENTS, aliases=("责任部门",)
    )
    requester_department = dimension("Internal tickets: who asked", values=DEPARTMENTS, aliases=("提单部门",))
    priority = dimension("Priority", aliases=("Priority", "优先级"))
    customer_id = text("Pseudonymous key", aliases=("Requester", "买家昵称"), sensitive="personal")
    customer_segment = dimension("RFM segment or tier at the time", aliases=("客户分层",))
    order_id = text("Order concerned", aliases=("订单编号",))
    team = dimension("Team", aliases=("Group", "组"))
    status = dimension("new, open, pending, solved, closed", aliases=("Status", "状态"))
    solved_at = timestamp("Solved", aliases=("Solved at", "完结时间"))
    first_response_minutes = number(
        "First customer message to first human reply, in service hours",
        unit="minutes",
        aliases=("First reply time in minutes within business hours", "First reply time in minutes", "首次响应时长"),
    )
    resolution_hours = number("Opened to last solved", unit="hours", aliases=("完结时长",))
    handle_minutes = number("Agent work: talk/chat + hold + wrap-up", unit="minutes", aliases=("处理时长",))
    is_first_response_in_sla = flag(
        "First reply within the limit of its channel; FALSE if never answered", aliases=("3分钟内响应",)
    )
    is_resolved_in_sla = flag("Solved (or followed up) within its limit", aliases=("SLA达成",))
    is_first_contact_resolved = flag(
        "Solved with one agent reply, not reopened, no new ticket on the same order/reason in 7 days"
    )
    is_bot_resolved = flag("Closed by bot or help article with no human", aliases=("机器人解决",))
    is_missed = flag("Customer got no reply or left before one", aliases=("未回复",))
    led_to_order = flag("Same customer paid an order within 24 h of a pre-sale contact", aliases=("询单付款",))
    csat_score = integer(
        "1-5 stars after the ticket; null = not rated",
        unit="score",
        minimum=1,
        maximum=5,
        aliases=("Satisfaction Score", "满意度评价"),
    )
