"""The chart of accounts of the demo company: what it sells by, spends on, owns and owes."""

from __future__ import annotations

from dataclasses import dataclass

from data.demo.company import SALES

# Net revenue of an order placed, in fen: the measure by which what does not follow the orders is sized.
NET_PER_ORDER = 18_800
HISTORY_MONTHS = 24
YEARLY_GROWTH = 1.25


@dataclass(frozen=True)
class Account:
    """A ledger account: code, name, class that the KPIs use, department that answers for it."""

    code: str
    name: str
    account_class: str
    department: str


@dataclass(frozen=True)
class Upkeep(Account):
    """What costs about the same every month: its share of usual revenue, who sends the bill, days to pay it."""

    share: float
    counterparty: str
    terms: int


SHOPS = {
    "own_site": "own site", "app": "app", "mini_program": "mini program", "tmall": "Tmall", "taobao": "Taobao",
    "jd": "JD", "pinduoduo": "Pinduoduo", "douyin": "Douyin",
}  # fmt: skip
SALES_ACCOUNTS = tuple(
    Account(f"60{number:02d}", f"Product sales: {SHOPS[sales.channel]}", "revenue", "operations")
    for number, sales in enumerate(SALES, 1)
)
SHIPPING = Account("6021", "Shipping income", "revenue", "operations")
RETURNS = Account("6031", "Returns and refunds", "revenue", "operations")
SUBSIDIES = Account("6051", "Platform subsidies", "other_income", "finance")
GOODS_SOLD = Account("6401", "Cost of goods sold", "cogs", "operations")
ADVERTS = Account("6601", "Advertising and messages", "opex_marketing", "marketing")
PRIZES = Account("6602", "Promotion prizes and fees", "opex_other", "marketing")
FREIGHT = Account("6611", "Freight and packing", "opex_logistics", "operations")
UPKEEP = (
    Upkeep("6701", "Cloud services", "opex_technology", "technology", 0.014, "Nimbus Cloud", 15),
    Upkeep("6702", "Software licences", "opex_technology", "technology", 0.008, "Softlane", 30),
    Upkeep("6711", "Warehouse rent", "opex_other", "operations", 0.014, "Harbour Estates", 10),
    Upkeep("6712", "Office rent", "opex_other", "finance", 0.006, "Harbour Estates", 10),
    Upkeep("6713", "Outsourced staff", "opex_other", "customer_service", 0.007, "Baton Staffing", 30),
    Upkeep("6714", "Samples and testing", "opex_other", "product", 0.004, "Northlab", 30),
    Upkeep("6715", "Audit and legal", "opex_other", "finance", 0.003, "Quill & Partners", 30),
    Upkeep("6716", "Training and staff care", "opex_other", "hr", 0.003, "Campus Eleven", 30),
)
RECRUITING = Account("6717", "Recruiting", "opex_other", "hr")
SALARIES = ("6801", "Salaries and contributions", "opex_personnel")
DEPRECIATION = Account("6901", "Depreciation", "depreciation_amortisation", "finance")
INTEREST = Account("6911", "Interest", "interest_expense", "finance")
INCOME_TAX = Account("6921", "Income tax", "income_tax", "finance")
CASH = Account("1001", "Banks and wallets", "cash", "finance")
RECEIVABLES = Account("1122", "Receivables", "accounts_receivable", "finance")
GOODS = Account("1405", "Goods", "inventory", "finance")
DEPOSITS = Account("1221", "Deposits and prepayments", "other_current_asset", "finance")
EQUIPMENT = Account("1601", "Equipment", "noncurrent_asset", "finance")
PAYABLES = Account("2202", "Payables", "accounts_payable", "finance")
CREDIT_LINE = Account("2001", "Credit line drawn", "short_term_debt", "finance")
DUTIES = Account("2221", "Taxes, points and customer deposits", "other_current_liability", "finance")
LOAN = Account("2501", "Bank loan", "long_term_debt", "finance")
EQUITY = Account("4001", "Equity", "equity", "finance")
