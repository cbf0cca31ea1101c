"""How a tool's export becomes rows of tables: one recipe a source, written as YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from data.contracts import TABLES, Table
from data.errors import Text
from data.ingest.cells import Cell, Condition, Constant, Header, group_of, headers_of
from data.ingest.currencies import places_of, stated_currencies
from data.ingest.layout import Grain, Layout, Sections, Wide, normal
from data.ingest.moments import DateOrder

Prices = Literal["tax_included", "tax_excluded", "unknown"]
Collapse = Literal["sum", "first", "last", "max", "min"]
# The day is made from the moment, where the file brings the moment.
DAY_OF = {
    "order_date": "created_at",
    "paid_date": "paid_at",
    "requested_date": "requested_at",
    "completed_date": "completed_at",
    "shipped_date": "shipped_at",
    "created_date": "created_at",
    "sampled_date": "sampled_at",
}
# What follows from other columns of the row, where the file does not say it; see `made`.
FOLLOWS = {
    "is_filled": {"filled_date"},
    "is_completed": {"completed_date"},
    "is_active": {"exit_date"},
    "is_exit": {"exit_date"},
    "is_hire": {"hire_date"},
    "tenure_months": {"hire_date"},
}
# Rows that are nothing without a day need one of these.
DAYS = {
    "fact_order": ("created_at", "paid_at", "order_date", "paid_date"),
    "fact_ticket": ("created_at", "created_date"),
}
# Begins the id of a file that has our own template's headers.
TEMPLATE = "template_"


@dataclass(frozen=True)
class Part:
    """The rows of one table in a file: which file rows, and what each column is.

    `collapse` says how several file rows of one key become one row (default: the contract's rule). `explode` is a
    header whose cell may list several values, parted by any of `separators`: one row each. An optional part is left
    out of a file that lacks a column it requires.
    """

    table: str
    columns: Mapping[str, Cell]
    where: tuple[Condition, ...] = ()
    collapse: Mapping[str, Collapse] = field(default_factory=dict)
    explode: tuple[str, ...] = ()
    separators: str = ",;，；、"
    is_optional: bool = False

    @property
    def contract(self) -> Table:
        """The table's contract."""
        return TABLES[self.table]

    @property
    def amounts(self) -> tuple[str, ...]:
        """The headers whose cells are amounts of money."""
        cells = (cell for name, cell in self.columns.items() if self.contract.unit(name) == "currency")
        return tuple(dict.fromkeys(header for cell in cells for header in headers_of(cell)))

    @property
    def missing(self) -> tuple[str, ...]:
        """Required columns that nothing stands for; a report's day is seen to by `Recipe.missing`."""
        return tuple(names[0] for names in required(self.contract) if not self.columns.keys() & set(names))


@dataclass(frozen=True)
class Recipe:
    """One source: how its file is known, and what it brings.

    `fingerprint` lists the headers that must be there (each a tuple of names for the same), `absent` those that must
    not. `ignored` headers are left out on purpose. `currency` is what amounts are in where `currency_header` says
    nothing; None means what the file itself states (`Cost (EUR)`, `€12`), else the base currency. `stated` are the
    currencies that a bound recipe's file states so; they are never written down. `zone` is the time
    zone of moments that are written without one (default: the company's). `kept_as` is the name under which the rows
    are kept where that is another source's (two reports that must never be added). `caution` is what a person must
    know before the first load, which waits until somebody confirms it. `each_time` are columns that a person says for
    one file and not for the next with the same headers. `skip` are rows that are no data; totals, blank rows and
    repeated headers are known without it. `account` tells shops apart: a header, a constant, or
    `account_title`, a pattern for the title lines. `period` is the range of days of a report without a day, as a person
    gave it; `title_period` what a bound recipe's file says itself, which is never written down. `unpivot` says that the
    file has a month or a day a column and that these become rows with the headers `period`, `period_end` (months) and
    `value`; `wide` are those columns of a bound recipe's file, and `long_names` the headers that it then has.
    `encoding` and `delimiter` are what a person had to say about a text file. `sections` says that rows stand under
    headings, which become a column with a header of their own.
    """

    id: str
    names: Text
    parts: tuple[Part, ...]
    tool: str = ""
    kept_as: str = ""
    caution: Text | None = None
    each_time: tuple[str, ...] = ()
    fingerprint: tuple[tuple[str, ...], ...] = ()
    absent: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    currency: str | None = None
    currency_header: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    prices: Prices = "unknown"
    zone: str | None = None
    skip: tuple[Condition, ...] = ()
    account: Header | Constant | None = None
    account_title: str | None = None
    date_orders: Mapping[str, DateOrder] = field(default_factory=dict)
    period: tuple[date, date] | None = None
    title_period: tuple[date, date] | None = None
    unpivot: Grain | None = None
    wide: Wide | None = None
    long_names: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    sections: Sections | None = None

    @property
    def source(self) -> str:
        """The name under which its rows are kept."""
        return self.kept_as or self.id

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day of a report without a day column, where anybody said them."""
        return self.period or self.title_period

    def fits(self, headers: set[str]) -> bool:
        """Whether a file with these normalised headers is this source's."""
        return (
            bool(self.fingerprint)
            and all(any(normal(name) in headers for name in names) for names in self.fingerprint)
            and not any(normal(name) in headers for name in self.absent)
        )

    def bound(self, layout: Layout) -> Recipe:
        """The recipe for one file: headers are the file's own, and only what the file has is left."""
        places = dict(places_of(layout.names))
        if layout.sections:
            # The name that a person gave the headings means them, also where a column is called so.
            places[normal(layout.sections.name)] = layout.names[-1]

        # Of two headers that are one but for case or script, a recipe means the one that it writes.
        exact = set(layout.names) - ({layout.sections.name} if layout.sections else set())

        def find(names: tuple[str, ...]) -> str | None:
            found = (name if name in exact else places.get(normal(name)) for name in names)
            return next((name for name in found if name), None)

        parts = []
        for part in self.parts:
            cells = {name: cell.bound(find) for name, cell in part.columns.items()}
            columns = {name: cell for name, cell in cells.items() if cell is not None}
            where = tuple(bound for test in part.where if (bound := test.bound(find)))
            explode = find(part.explode) if part.explode else None
            fitted = replace(part, columns=columns, where=where, explode=(explode,) if explode else ())
            if not (part.is_optional and fitted.missing):
                parts.append(fitted)
        currency_header = find(self.currency_header) if self.currency_header else None
        stated = () if currency_header else stated_currencies(layout, {name for part in parts for name in part.amounts})
        is_stated = not self.currency and len(stated) == 1
        return replace(
            self,
            parts=tuple(parts),
            currency=stated[0] if is_stated else self.currency,
            stated=stated,
            skip=tuple(bound for test in self.skip if (bound := test.bound(find))),
            currency_header=(currency_header,) if currency_header else (),
            account=self.account.bound(find) if self.account else None,
            date_orders={find((name,)) or name: order for name, order in self.date_orders.items()},
            title_period=layout.title_period,
            unpivot=layout.wide.grain if layout.wide else None,
            wide=layout.wide,
            long_names=layout.names if layout.wide else (),
            sections=replace(layout.sections, name=layout.names[-1]) if layout.sections else None,
        )

    def missing(self) -> tuple[str, ...]:
        """Required columns that nothing stands for in a bound recipe, as `table.column` where there are several."""
        several = len(self.parts) > 1
        return tuple(
            f"{part.table}.{name}" if several else name
            for part in self.parts
            for name in part.missing
            if not (name == part.contract.time_column and _takes_days(part.contract) and self.days)
        )

    def carries(self, part: Part, tax_rate: Decimal | None = None) -> tuple[str, ...]:
        """The columns of the part's table that a file of this bound recipe fills, in the contract's order.

        `tax_rate` is the company's: with it, a source whose prices hold tax also carries the tax.
        """
        given = set(part.columns)
        made = {day for day, moment in DAY_OF.items() if moment in given}
        if given & {"paid_at", "paid_date"}:
            made.add("is_paid")
        if "gmv_amount" in given:
            made.add("net_amount")
        if tax_rate is not None and self.prices == "tax_included" and given & {"gmv_amount", "net_amount"}:
            made.add("tax_amount")
        if self.currency or self.currency_header or self.stated:
            made.add("currency")
        if part.contract.cut_columns:
            made |= {part.contract.time_column or "", "cut", "from_date", "to_date"}
        if part.contract.is_snapshot and self.days:
            made.add(part.contract.time_column or "")
        made |= {name for name, needed in FOLLOWS.items() if needed <= given}
        return tuple(name for name in part.contract.columns if name in given | made)

    def used(self) -> tuple[str, ...]:
        """The headers that some column reads, and those left out on purpose."""
        read = [name for part in self.parts for cell in part.columns.values() for name in headers_of(cell)]
        tests = [name for part in self.parts for test in (*part.where, *self.skip) for name in test.headers]
        account = headers_of(self.account) if self.account else ()
        return tuple(dict.fromkeys([*read, *tests, *self.currency_header, *account, *self.ignored]))

    def group(self) -> str | None:
        """The header whose equal values must be read together (Shopify's Name); None where rows stand alone."""
        cells = (cell for part in self.parts for cell in part.columns.values())
        return next((group[0] for cell in cells if (group := group_of(cell))), None)


def required(contract: Table) -> tuple[tuple[str, ...], ...]:
    """What a file must bring to fill a table; of each group one column.

    Keys that the house makes are not among them, nor the dimensions that a report need not split by, nor keys that
    may be unknown (a warehouse, a cost centre).
    """
    keys = [
        (name, "to_date") if name == contract.time_column and contract.cut_columns else (name,)
        for name in contract.key
        if not contract.is_made(name) and name not in contract.cut_columns and contract.role(name) != "dimension"
    ]
    others = [
        (name,)
        for name, column in contract.columns.items()
        if name not in contract.key
        and (not column.nullable or (name == contract.time_column and name not in DAY_OF and contract.kind == "fact"))
    ]
    days = [DAYS[contract.name]] if contract.name in DAYS else []
    return (*keys, *others, *days)


def _takes_days(contract: Table) -> bool:
    """Whether the days that a person or a title gives may stand for the day column."""
    return bool(contract.cut_columns) or contract.is_snapshot
