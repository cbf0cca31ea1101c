"""Read and check the catalogue; what is wrong is said with its file, its entry and the next step."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import yaml
from pydantic import ValidationError

from metrics.availability import Names, as_written
from metrics.definitions import Written, build_kpi, build_page, known_and_awaited, sub_duty
from metrics.errors import UnknownName, WrongDefinition
from metrics.model import Department, Duty, Kpi, Leadership, Page, Text
from metrics.own import LOADER, Refusal, Tables, check_replacement, faults, not_yaml, own_files, read_own, settled
from metrics.schema import CatalogueFile, KpiEntry
from metrics.wording import of_validation

# What the page of leadership is called among those of the departments.
COMPANY = "company"
HOUSE = Path(__file__).parent / "catalogue"
_KPI = Text("KPI", "指标", "指標")
_PAGE = Text("department page", "部门页面", "部門頁面")
_OnWrong = Callable[[WrongDefinition], None]


@dataclass(frozen=True)
class Catalogue:
    """Everything that is defined, by name; `table_names` and `column_names` say what people call a table, a column.

    The catalogue names tables only: who shows pages brings the words for columns and for the sources of files.
    `own` holds the company's KPIs and the file each stands in, `refused` what of those files is not used, and
    `edition` tells one state of those files from another ('' without any).
    """

    kpis: Mapping[str, Kpi]
    departments: tuple[Department, ...]
    duties: Mapping[str, Duty]
    pages: Mapping[str, Page]
    leadership: Leadership
    table_names: Mapping[str, Text]
    own: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()
    edition: str = ""
    column_names: Mapping[str, Text] = field(default_factory=dict)
    source_name: Callable[[str], Text] = as_written

    @cached_property
    def names(self) -> Names:
        """The words for tables, columns and sources in sentences."""
        return Names(self.table_names, self.column_names, self.source_name)

    def kpi(self, name: str) -> Kpi:
        """The KPI of this name. Raises UnknownName ("Did you mean")."""
        if name not in self.kpis:
            raise UnknownName(_KPI, name, self.kpis)
        return self.kpis[name]

    def page(self, department: str) -> Page:
        """The page of a department, or of the `company`: leadership's cards. Raises UnknownName."""
        if department == COMPANY:
            return Page(COMPANY, self.leadership.cards, charts=(), questions=())
        if department not in self.pages:
            raise UnknownName(_PAGE, department, self.pages)
        return self.pages[department]


def load_catalogue(extra: Path | None = None, tables: Tables | None = None) -> Catalogue:
    """The house's catalogue and, when given, the company's own YAML files in the folder `extra`.

    With `tables` the company's KPIs are checked against them too. A KPI of the company with the id of one of the
    house's replaces it.

    Raises WrongDefinition: a file that is not YAML, a field that is missing, unknown or wrong, an expression
    that is not one portable aggregate, an id that is taken, a duty that does not exist.
    """

    def stop(wrong: WrongDefinition) -> None:
        raise wrong

    return _assemble(extra, tables, stop)


def read_catalogue(extra: Path | None, tables: Tables | None = None) -> Catalogue:
    """The same, but a wrong file or KPI of the company is left out and stands in `refused`; the rest counts."""
    refused: list[Refusal] = []
    catalogue = _assemble(extra, tables, lambda wrong: refused.append(Refusal.of(wrong)))
    return Catalogue(**{**vars(catalogue), "refused": tuple(refused)})


@cache
def _house() -> tuple[Written, ...]:
    return tuple(Written(path.name, _read(path)) for path in sorted(HOUSE.glob("*.yaml")))


def _read(path: Path) -> CatalogueFile:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER) or {}
        return CatalogueFile.model_validate(content)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise not_yaml(path.name, error) from error
    except ValidationError as error:
        raise of_validation(path.name, content, error) from error


def _assemble(extra: Path | None, tables: Tables | None, on_wrong: _OnWrong) -> Catalogue:
    files = _house()
    duties = _duties(files, {entry.id for file in files for entry in file.content.kpis})
    builder = _Builder(files, duties, tables, on_wrong)
    own = builder.build(own_files(extra))
    known = set(builder.kpis)
    pages = {
        file.content.department: build_page(file.content.department, file.content.page, known)
        for file in files
        if file.content.page and file.content.department
    }
    names = {table: text.value() for file in files for table, text in file.content.tables.items()}
    leadership = _leadership(files, known)
    return Catalogue(builder.kpis, _departments(files), duties, pages, leadership, names, own, (), _edition(extra))


class _Builder:
    """Builds the KPIs of the house and of the company, in the order that lets each find what it is made of."""

    def __init__(
        self, house: Iterable[Written], duties: Mapping[str, Duty], tables: Tables | None, on_wrong: _OnWrong
    ) -> None:
        self.house = [(file, entry) for file in house for entry in file.content.kpis]
        self.duties, self.tables, self.on_wrong = duties, tables, on_wrong
        self.composites = {entry.id for _, entry in self.house if entry.composite}
        self.kpis: dict[str, Kpi] = {}
        self.own: dict[str, str] = {}

    def build(self, paths: Iterable[Path]) -> dict[str, str]:
        """Fill `kpis`, the house's in their order and the company's new ones behind; the company's with their file."""
        written = [entry for path in paths for entry in self._entries(path)]
        # Composites come after what they add up, and those of the house add up what the company put in its place.
        self._of_house(is_composite=False)
        self._of_company(written, is_composite=False)
        self._of_house(is_composite=True)
        self._of_company(written, is_composite=True)
        order = [entry.id for _, entry in self.house]
        self.kpis = {name: self.kpis[name] for name in dict.fromkeys((*order, *self.kpis))}
        return self.own

    def _entries(self, path: Path) -> list[tuple[Written, KpiEntry]]:
        written, wrong = read_own(path)
        for error in wrong:
            self.on_wrong(error)
        return [(file, entry) for file in written for entry in file.content.kpis]

    def _of_house(self, *, is_composite: bool) -> None:
        for file, entry in self.house:
            if bool(entry.composite) == is_composite:
                self.kpis[entry.id] = build_kpi(file, entry, taken=self.kpis, duties=self.duties)

    def _of_company(self, written: Iterable[tuple[Written, KpiEntry]], *, is_composite: bool) -> None:
        for file, entry in written:
            if bool(entry.composite) != is_composite:
                continue
            try:
                self.kpis[entry.id] = self._checked(file, entry)
                self.own[entry.id] = file.name
            except WrongDefinition as wrong:
                self.on_wrong(wrong)

    def _checked(self, file: Written, entry: KpiEntry) -> Kpi:
        others = {name: kpi for name, kpi in self.kpis.items() if name != entry.id or name in self.own}
        kpi = build_kpi(file, entry, taken=others, duties=self.duties)
        if self.tables is not None:
            found = faults(file.name, kpi, self.tables)
            for wrong in found[:-1]:
                self.on_wrong(wrong)
            if found:
                raise found[-1]
            kpi = settled(kpi, self.tables)
        if any(entry.id == of_house.id for _, of_house in self.house):
            check_replacement(file.name, kpi, self.kpis.get(entry.id), entry.id in self.composites)
        return kpi


def _edition(extra: Path | None) -> str:
    files, found = own_files(extra), hashlib.sha256()
    for path in files:
        with suppress(OSError):
            found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16] if files else ""


def _departments(files: Iterable[Written]) -> tuple[Department, ...]:
    found = [Department(d.id, d.name.value(), d.order) for file in files for d in file.content.departments]
    return tuple(sorted(found, key=lambda department: department.order))


def _duties(files: Iterable[Written], known: set[str]) -> dict[str, Duty]:
    return {
        duty.id: Duty(
            id=duty.id,
            department=duty.id.partition(".")[0],
            number=number,
            name=duty.name.value(),
            sub_duties=tuple(sub_duty(entry, known) for entry in duty.sub_duties),
        )
        for file in files
        for number, duty in enumerate(file.content.duties, start=1)
    }


def _leadership(files: Iterable[Written], known: set[str]) -> Leadership:
    for file in files:
        if file.content.leadership:
            cards, late_cards = known_and_awaited(file.content.leadership.cards, known)
            banners, late_banners = known_and_awaited(file.content.leadership.exception_banners, known)
            return Leadership(cards, banners, (*late_cards, *late_banners))
    return Leadership((), ())
