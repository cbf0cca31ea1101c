"""Why a row was refused: one sentence a rule, made of the column as the file calls it and the value as written."""

from __future__ import annotations

from data.errors import Text
from data.ingest.layout import impersonal

MESSAGES: dict[str, Text] = {
    "not_a_date": Text(
        "{column} is not a date: '{value}'", "{column} 不是日期：“{value}”", "{column} 不是日期：「{value}」"
    ),
    "day_or_month": Text(
        "{column} may be day/month or month/day: '{value}'; say which",
        "{column} 可能是日/月，也可能是月/日：“{value}”；请说明",
        "{column} 可能是日/月，也可能是月/日：「{value}」；請說明",
    ),
    "not_a_number": Text(
        "{column} is not a number: '{value}'", "{column} 不是数字：“{value}”", "{column} 不是數字：「{value}」"
    ),
    "not_a_whole_number": Text(
        "{column} is not a whole number: '{value}'", "{column} 不是整数：“{value}”", "{column} 不是整數：「{value}」"
    ),
    "not_yes_or_no": Text(
        "{column} is neither yes nor no: '{value}'", "{column} 既不是“是”也不是“否”：“{value}”",
        "{column} 既不是「是」也不是「否」：「{value}」",
    ),
    "required": Text("{column} is empty but needed", "{column} 为空，但必须填写", "{column} 為空，但必須填寫"),
    "not_allowed": Text(
        "{column} is none of the known values: '{value}'", "{column} 不是已知的取值：“{value}”",
        "{column} 不是已知的取值：「{value}」",
    ),
    "too_small": Text(
        "{column} is smaller than it can be: '{value}'", "{column} 小于允许的最小值：“{value}”",
        "{column} 小於允許的最小值：「{value}」",
    ),
    "too_large": Text(
        "{column} is larger than it can be: '{value}'", "{column} 大于允许的最大值：“{value}”",
        "{column} 大於允許的最大值：「{value}」",
    ),
    "too_many_cells": Text(
        "The row has more cells than there are column names: '{value}'", "该行的单元格多于列名：“{value}”",
        "該列的儲存格多於欄名：「{value}」",
    ),
    "no_rate": Text(
        "No exchange rate for {value} on the day or the 7 days before (of a month: in it); load exchange rates first",
        "没有 {value} 当天及之前 7 天内（按月的数据：当月内）的汇率；请先加载汇率",
        "沒有 {value} 當天及之前 7 天內（按月的資料：當月內）的匯率；請先載入匯率",
    ),
    "two_currencies": Text(
        "{column} states another currency than the rest of its row: '{value}'",
        "{column} 的币种与该行其余部分不同：“{value}”",
        "{column} 的幣別與該列其餘部分不同：「{value}」",
    ),
    "no_currency": Text(
        "{column} states no currency ('{value}') while other rows state different ones; write it beside the amount "
        "or in a column of its own, or say on the page which one such rows are in",
        "{column} 没有写明币种（“{value}”），而其他行的币种各不相同；请写在金额旁或单独一列中，"
        "或在页面上说明这些行的币种",
        "{column} 沒有寫明幣別（「{value}」），而其他列的幣別各不相同；請寫在金額旁或單獨一欄中，"
        "或在頁面上說明這些列的幣別",
    ),
    "repeated_key": Text(
        "{column} stood before, in line {value}, with other values",
        "{column} 在第 {value} 行已出现过，且其他值不同",
        "{column} 在第 {value} 列已出現過，且其他值不同",
    ),
    "rounded_number": Text(
        "{column} was rounded by a spreadsheet: '{value}' may stand for several; export it again, do not save it there",
        "{column} 已被电子表格四舍五入：“{value}”可能对应多个编号；请重新导出，不要用电子表格另存",
        "{column} 已被試算表四捨五入：「{value}」可能對應多個編號；請重新匯出，不要用試算表另存",
    ),
    "broken_rule": Text(
        "The row breaks the rule '{rule}'", "该行违反规则“{rule}”", "該列違反規則「{rule}」"
    ),
}  # fmt: skip
NO_RATE = "no_rate"
SHOWN = 80
# What to do about refused rows: it is the rows that are put right, or what the company lacks.
PUT_RIGHT = Text("Put the rows right and upload the file again", "请改正这些行后重新上传", "請改正這些列後重新上傳")
PUT_REFUSED_RIGHT = Text(
    "Download the refused rows, put them right and upload them again",
    "请下载被拒绝的行，改正后重新上传",
    "請下載被拒絕的列，改正後重新上傳",
)
LOAD_RATES = Text(
    "The rows may be right: fill in our template of exchange rates (Uploads, Templates and sources; on the command "
    "line: template fx_rate) with the rates of those days, load it, then upload this file again",
    "这些行可能没有问题：请用“汇率”模板（上传页的“模板与来源”；命令行：template fx_rate）"
    "填写这些日期的汇率并加载，然后重新上传此文件",
    "這些列可能沒有問題：請用「匯率」範本（上傳頁的「範本與來源」；命令列：template fx_rate）"
    "填寫這些日期的匯率並載入，然後重新上傳此檔案",
)
OR_LOAD_OTHERS = Text(
    "{advice}, or say that the other rows are to be loaded all the same",
    "{advice}，或确认仍要加载其余的行",
    "{advice}，或確認仍要載入其餘的列",
)
HIDDEN = "…"
# Their value is a currency or the number of a line, never what a person typed.
HARMLESS = frozenset({NO_RATE, "repeated_key"})


def refusal_message(message_key: str, column: str, value: str | None, rule: str = "") -> Text:
    """The sentence for a refused row in three languages; a long value is cut.

    `message_key`, `column`, `value` and `rule` are those of the table of rejects.
    """
    shown = value or ""
    shown = shown if len(shown) <= SHOWN else shown[:SHOWN] + "…"
    return MESSAGES.get(message_key, MESSAGES["broken_rule"]).fill(column=column, value=shown, rule=rule)


def message_without_value(message_key: str, column: str, value: str | None, rule: str = "") -> Text:
    """The same sentence for logs and reports, with a currency or a line but no other value out of the file."""
    shown = value if message_key in HARMLESS else HIDDEN
    return refusal_message(message_key, impersonal(column), shown, rule)
