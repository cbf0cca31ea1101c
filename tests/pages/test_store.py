"""Which lake a page reads, and how long an answer is remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from data.home import Home
from data.warehouse import Warehouse
from metrics.policy import EVERYONE, Viewer
from pages.kit.cache import remembered
from pages.kit.engine import open_store
from tests.data.lakes import order, put


def load_one(home: Home, is_demo: bool) -> None:
    lake = Warehouse.open(home.demo if is_demo else home.company)
    put(lake, "fact_order", [order("a")])
    lake.close()


def test_an_empty_home_shows_an_empty_demo_and_makes_no_company_lake(bare_home: Home) -> None:
    store = open_store(bare_home)
    assert (store.kind, store.choices) == ("demo", ())
    assert not bare_home.company.exists()


def test_the_demo_shows_until_the_first_real_upload(bare_home: Home) -> None:
    load_one(bare_home, is_demo=True)
    assert open_store(bare_home).kind == "demo"
    load_one(bare_home, is_demo=False)
    assert open_store(bare_home).kind == "company"


def test_a_link_switches_back_and_forth_once_both_hold_data(bare_home: Home) -> None:
    load_one(bare_home, is_demo=True)
    assert open_store(bare_home, "company").kind == "demo"
    load_one(bare_home, is_demo=False)
    assert open_store(bare_home, "demo").kind == "demo"
    assert open_store(bare_home, "company").kind == "company"


@dataclass
class Asked:
    """Stands where a visit stands: viewer, lake, edition of the catalogue, and versions that a test can raise."""

    viewer: Viewer = EVERYONE
    identity: str = "lake"
    edition: str = "house"
    changed: dict[str, int] = field(default_factory=dict)
    times: int = 0

    @property
    def store(self) -> Asked:
        return self

    @property
    def catalogue(self) -> Asked:
        return self

    def versions(self, tables: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(self.changed.get(table, 0) for table in tables)

    def ask(self, *question: object) -> int:
        return remembered(self, self._work(), ("fact_order",), "test_store", *question)  # type: ignore[arg-type]

    def _work(self) -> Callable[[], int]:
        def work() -> int:
            self.times += 1
            return self.times

        return work


def test_an_answer_lives_until_one_of_its_own_tables_changes() -> None:
    asked = Asked(identity="lives")
    assert [asked.ask("x"), asked.ask("x")] == [1, 1]
    asked.changed["fact_return"] = 5
    assert asked.ask("x") == 1
    asked.changed["fact_order"] = 5
    assert asked.ask("x") == 2


def test_another_lake_or_viewer_gets_an_answer_of_its_own() -> None:
    first = Asked(identity="one")
    other = Asked(identity="two")
    hidden = Asked(Viewer("mei", frozenset({"open"}), frozenset()), identity="one")
    first.ask("x")
    other.ask("x")
    hidden.ask("x")
    assert (first.times, other.times, hidden.times) == (1, 1, 1)


def test_questions_made_of_several_texts_do_not_collide() -> None:
    asked = Asked(identity="texts")
    assert asked.ask("a", "b'c") != asked.ask("a', 'b", "c")
