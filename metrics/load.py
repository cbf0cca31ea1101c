"""Read and check the catalogue; what is wrong is said with its file, its entry and the next step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from pydantic import ValidationError

from metrics.availability import Names
from metrics.definitions import Written, build_kpi, build_page, known_and_awaited, sub_duty
from metrics.errors import UnknownName, WrongDefinition
from metrics.model import Department, Duty, Kpi, Leadership, Page, Text
from metrics.schema import CatalogueFile
from metrics.wording import of_validation

# Both read plain data only; the one written in C is ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
OWN = Path(__file__).parent / "catalogue"
_KPI = Text("KPI", "指标", "指標")
_PAGE = Text("department page", "部门页面", "部門頁面")


@dataclass(frozen=True)
class Catalogue:
    """Everything that is defined, by name; `table_names` say what people call a table."""

    kpis: Mapping[str, Kpi]
    departments: tuple[Department, ...]
    duties: Mapping[str, Duty]
    pages: Mapping[str, Page]
    leadership: Leadership
    table_names: Mapping[str, Text]

    @cached_property
    def names(self) -> Names:
        """The words for tables in sentences."""
        return Names(self.table_names)

    def kpi(self, name: str) -> Kpi:
        """The KPI of this name. Raises UnknownName ("Did you mean")."""
        if name not in self.kpis:
            raise UnknownName(_KPI, name, self.kpis)
        return self.kpis[name]

    def page(self, department: str) -> Page:
        """The page of a department. Raises UnknownName."""
        if department not in self.pages:
            raise UnknownName(_PAGE, department, self.pages)
        return self.pages[department]


def load_catalogue(extra: Path | None = None) -> Catalogue:
    """The house's catalogue and, when given, the company's own YAML files in the folder `extra`.

    Raises WrongDefinition: a file that is not YAML, a field that is missing, unknown or wrong, an expression
    that is not one portable aggregate, an id that is taken, a duty that does not exist.
    """
    files = sorted(OWN.glob("*.yaml"))
    if extra is not None and extra.is_dir():
        files += sorted(extra.glob("*.yaml"))
    return _assemble([Written(path.name, _read(path)) for path in files])


def _read(path: Path) -> CatalogueFile:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) or {}
        return CatalogueFile.model_validate(content)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongDefinition(
            file=path.name,
            entry=Text("the whole file", "整个文件", "整個檔案"),
            problem=Text("it is not YAML.", "它不是 YAML。", "它不是 YAML。"),
            next_step=Text(f" {error}", f"{error}", f"{error}"),
        ) from error
    except ValidationError as error:
        raise of_validation(path.name, content, error) from error


def _assemble(files: list[Written]) -> Catalogue:
    kpis: dict[str, Kpi] = {}
    written_kpis = [(file, entry) for file in files for entry in file.content.kpis]
    known = {entry.id for _, entry in written_kpis}
    duties = _duties(files, known)
    # Composites come after the KPIs they add up, whatever file these stand in; then the order of the files again.
    for file, entry in sorted(written_kpis, key=lambda written: bool(written[1].composite)):
        kpis[entry.id] = build_kpi(file, entry, taken=kpis, duties=duties)
    kpis = {entry.id: kpis[entry.id] for _, entry in written_kpis}
    pages = {
        file.content.department: build_page(file.content.department, file.content.page, known)
        for file in files
        if file.content.page and file.content.department
    }
    names = {table: text.value() for file in files for table, text in file.content.tables.items()}
    return Catalogue(kpis, _departments(files), duties, pages, _leadership(files, known), names)


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
