"""Headers that no source knows: exact names of a contract's columns, else the likeliest ones with a score."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from data.contracts import TABLES, Table
from data.errors import Text
from data.ingest.cells import Cell, Constant, Header
from data.ingest.currencies import places_of
from data.ingest.layout import Layout, normal, words
from data.ingest.recipe import TEMPLATE, Part, Recipe, required

LEAST_SCORE = 85.0
# A file most of whose columns mean nothing to us is proposed, not taken, however exact the few others are.
LEAST_SHARE = 0.5
# Below both of these a likeness is chance: every list of things has a name and a date.
LEAST_PROPOSED, LEAST_PROPOSED_SHARE = 4, 0.25


CURRENCY_NAMES = ("currency", "Currency code", "ISO currency", "币种", "货币", "幣別", "貨幣")


@dataclass(frozen=True)
class Proposal:
    """A header that may be a column, with a score of 0 to 100 (100: its exact name)."""

    column: str
    header: str
    score: float


@dataclass(frozen=True)
class Named:
    """A recipe made of header names, and how sure each name is."""

    recipe: Recipe
    proposals: tuple[Proposal, ...]


def by_alias(layout: Layout, table: str | None) -> Named | None:
    """The table whose columns the headers name exactly; None where something required is missing.

    Also None where another header may well be a further column, where less than half of the headers mean something,
    or where no column beside the required ones does, or none of a fact's is a day or a measure (a list of names is no
    sale); these do not count where a person named the table.
    """
    named = _best(layout, _tables(table), exact)
    if named is None or named.recipe.bound(layout).missing() or _has_likely_others(layout, named):
        return None
    (part,) = named.recipe.parts
    asked = {name for names in required(part.contract) for name in names}
    is_known = len(named.proposals) >= LEAST_SHARE * len(layout.names)
    is_telling = bool(part.columns.keys() - asked) or part.columns.keys() == part.contract.columns.keys()
    is_telling = is_telling and _says_when_or_how_much(part)
    return named if (is_known and is_telling) or table is not None else None


def _says_when_or_how_much(part: Part) -> bool:
    roles = {part.contract.role(name) for name in part.columns}
    return part.contract.kind != "fact" or bool(roles & {"time", "measure"})


def _has_likely_others(layout: Layout, named: Named) -> bool:
    guess = _best(layout, [named.recipe.parts[0].contract], likely)
    return guess is not None and len(guess.proposals) > len(named.proposals)


def proposed(layout: Layout, table: str | None) -> Named | None:
    """The likeliest table with its likeliest columns; None where too few headers mean something to it."""
    named = _best(layout, _tables(table), likely)
    if named is None or table is not None:
        return named
    meaning = len(named.proposals)
    is_chance = meaning < 2 or (meaning < LEAST_PROPOSED and meaning < LEAST_PROPOSED_SHARE * len(layout.names))
    return None if is_chance else named


def nearest(layout: Layout) -> tuple[str, dict[str, str]]:
    """The table that most headers remind of, however few, with their columns; orders where none reminds of any."""
    named = _best(layout, _tables(None), likely)
    if named is None:
        return "fact_order", {}
    return named.recipe.parts[0].table, {one.column: one.header for one in named.proposals}


def _tables(table: str | None) -> list[Table]:
    return [one for name, one in TABLES.items() if not one.generated and table in (None, name)]


def _best(layout: Layout, tables: Iterable[Table], score: Scores) -> Named | None:
    found = [(table, _assigned(score(table, layout.names))) for table in tables]

    def worth(one: tuple[Table, list[Proposal]]) -> tuple[float, float, int]:
        table, proposals = one
        columns = {proposal.column for proposal in proposals}
        met = [bool(columns & set(names)) for names in required(table)]
        exact_names = sum(normal(proposal.header) == normal(proposal.column) for proposal in proposals)
        return sum(met) / max(1, len(met)), sum(proposal.score for proposal in proposals), exact_names

    table, proposals = max(found, key=worth, default=(None, []))
    if table is None or not proposals:
        return None
    return Named(_recipe(layout, table, proposals), tuple(proposals))


Scores = Callable[[Table, tuple[str, ...]], list[Proposal]]


def exact(table: Table, headers: tuple[str, ...]) -> list[Proposal]:
    """The headers that are a name of a column, the column's own name before its aliases."""
    places = places_of(headers)
    return [
        Proposal(column, places[normal(name)], 100 - rank / 100)
        for column in table.columns
        if column != "cut"
        for rank, name in enumerate(table.aliases(column))
        if normal(name) in places
    ]


def likely(table: Table, headers: tuple[str, ...]) -> list[Proposal]:
    """The headers that read much like a name of a column."""
    found = exact(table, headers)
    plain = {header: words(header) for header in headers}
    for column in table.columns:
        if column in ("cut", "from_date", "to_date"):
            continue
        for name in table.aliases(column):
            for _, score, header in process.extract(
                words(name), plain, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST_SCORE
            ):
                found.append(Proposal(column, header, round(min(score, 99.0), 1)))
    return found


def _assigned(proposals: list[Proposal]) -> list[Proposal]:
    """Each header and each column once, the best scores first."""
    headers: set[str] = set()
    columns: dict[str, Proposal] = {}
    for proposal in sorted(proposals, key=lambda one: -one.score):
        if proposal.header not in headers and proposal.column not in columns:
            headers.add(proposal.header)
            columns[proposal.column] = proposal
    return sorted(columns.values(), key=lambda one: list(headers).index(one.header))


def _recipe(layout: Layout, table: Table, proposals: list[Proposal]) -> Recipe:
    columns: dict[str, Cell] = {
        name: Header((one.header,)) for name in table.columns for one in proposals if one.column == name
    }
    if table.name == "fact_campaign_daily" and "touch_type" not in columns:
        columns["touch_type"] = Constant("")
    is_template = all(normal(one.header) == normal(one.column) for one in proposals)
    return Recipe(
        id=f"{TEMPLATE if is_template else 'headers_'}{table.name}",
        names=Text(f"Columns of {table.name}", f"{table.name} 的列", f"{table.name} 的欄"),
        parts=(Part(table.name, columns),),
        fingerprint=tuple((name,) for name in layout.names),
        currency_header=CURRENCY_NAMES,
    )
