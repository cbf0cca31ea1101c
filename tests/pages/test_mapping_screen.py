"""The mapping screen: what its choices make, what its values become, and that a reader's answers end in the recipe."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha1
from pathlib import Path

import pytest

from data.contracts import TABLES
from data.home import Home
from data.ingest.cells import Cell, Combined, Constant, Header, Split
from data.ingest.match import match
from data.ingest.recipe_yaml import from_yaml, presets
from data.ingest.sniff import sniff
from pages.api.opened import opened as installation
from pages.kit.uploads import work
from pages.kit.uploads.adjust import Adjust, adjusted, adjustment
from pages.kit.uploads.describe import in_words
from pages.kit.uploads.sampled import Sample, first_cells, samples, values_of
from pages.kit.uploads.synonyms import proposed
from tests.data.ingest.files import only
from tests.data.lakes import NOW
from tests.pages.uploading import PATIENCE_SECONDS, button, drop, opened, press, words

ORDERS = TABLES["fact_order"]
FILE = "nr,shop,paid,cents\nNL/A1,天猫,03/04/2026,1990\nNL/A2,微店,05/06/2026,ten\nNL/A3,天猫,05/06/2026,5\n"
ZONE = "Asia/Shanghai"


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, small files are done before the page is drawn."""
    monkeypatch.setattr(work, "SHORT_SECONDS", PATIENCE_SECONDS)


@pytest.mark.parametrize(
    "adjust",
    [
        Adjust(),
        Adjust(split=Split("/", -1), prefix="a", suffix="b"),
        Adjust(other="day", between="T", prefix="x"),
        Adjust(scale="divide", factor=Decimal(100)),
        Adjust(factor=Decimal("0.5"), split=Split(" ", 1)),
        Adjust(values={"已签收": "delivered", "?": None}),
        Adjust(values={"已签收": "delivered"}, default=None),
    ],
)
def test_what_is_chosen_makes_a_cell_that_is_shown_as_it_was_chosen(adjust: Adjust) -> None:
    assert adjustment(adjusted("header", adjust)) == ("header", adjust)


@pytest.mark.parametrize(
    "cell",
    [Constant("x"), Header(("a",), take="(b)"), Header(("a",), values={"b": "c"}, default="d"),
     Combined("product", (Header(("a",)), Header(("b",)))),
     Combined("join", (Header(("a",)), Header(("b",), prefix="x")))],
)  # fmt: skip
def test_a_cell_that_says_more_than_can_be_chosen_is_left_as_it_is(cell: Cell) -> None:
    assert adjustment(cell) is None


def test_values_are_shown_before_and_after_reading(tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    file.write_text(FILE, encoding="utf-8")
    found = match(sniff(file)[0], presets())
    cells = first_cells(found, ZONE)

    def shown(cell: Cell, column: str) -> list[tuple[str, str | None]]:
        return [(one.before, one.after) for one in samples(cells, cell, ORDERS, column, "en")]

    assert shown(Header(("nr",), split=Split("/", 2)), "order_id")[:2] == [("NL/A1", "A1"), ("NL/A2", "A2")]
    assert shown(Header(("cents",), divide=Decimal(100)), "gmv_amount") == [
        ("1990", "19.90"), ("ten", None), ("5", "0.05"),
    ]  # fmt: skip
    assert shown(Header(("shop",), values={"天猫": "tmall"}), "sales_channel") == [("天猫", "Tmall"), ("微店", None)]
    # Which day is meant is asked, so it is neither read nor wrong.
    assert samples(cells, Header(("paid",)), ORDERS, "paid_at", "en")[0] == Sample("03/04/2026", None, is_asked=True)


def test_the_different_values_of_a_coded_column_come_with_what_they_likely_mean(tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    file.write_text(FILE, encoding="utf-8")
    values = values_of(sniff(file)[0], Header(("shop",)), ORDERS, "sales_channel", ZONE)
    assert values.rows == (("天猫", 2, None), ("微店", 1, None))
    assert proposed(values, "sales_channel", ORDERS.values("sales_channel")) == {"天猫": "tmall"}


def test_a_cell_is_said_with_what_is_done_to_it() -> None:
    cell = Header(("单号",), split=Split("/", 2), divide=Decimal(100), values={"a": "b"})
    assert in_words(cell, "en") == "单号 · part 2 by “/” · values translated: 1 · ÷ 100"


def test_answers_on_the_screen_end_in_the_recipe(home: Home) -> None:
    """A table is chosen, two headers, a part of a text; a shop we know by name is translated by itself."""
    page = opened("uploads", lang="en")
    drop(page, ("bestel.csv", FILE.replace("nr,", "bestelling,").encode()))
    page.selectbox[0].select("fact_order").run()
    for column, header in (("order_id", "bestelling"), ("paid_at", "paid")):
        next(box for box in page.selectbox if (box.key or "").endswith(f"fact_order_{column}")).select(header).run()
    assert "day or month first?" in words(page)
    prefix = next(box.key for box in page.selectbox if (box.key or "").endswith("fact_order_order_id"))
    page.session_state[f"{prefix}_0_by"] = "/"
    page.session_state[f"{prefix}_0_part"] = 2
    page.session_state[prefix.replace("order_id", "others")] = True
    page.run()
    next(box for box in page.selectbox if (box.key or "").endswith("fact_order_sales_channel")).select("shop").run()
    assert "<b>A1</b>" in words(page)
    assert "<b>Tmall</b>" in words(page)
    press(page, "edit_")
    kept = from_yaml(installation(home).state.mapping_for(("bestelling", "shop", "paid", "cents")) or "")
    columns = kept.parts[0].columns
    assert columns["order_id"] == Header(("bestelling",), split=Split("/", 2))
    assert columns["sales_channel"] == Header(("shop",), values={"天猫": "tmall"})


def test_remembered_mappings_are_listed_with_what_they_are_for_and_who_uses_them(home: Home) -> None:
    """One that read a batch, one that this program cannot read any more."""
    page = opened("uploads", lang="en")
    drop(page, ("ads.csv", b"Date,fb_campaign_id,Impressions,Clicks\n2026-11-02,916,7350,1\n2026-11-03,917,100,2\n"))
    press(page, "accept_")
    press(page, "check_")
    press(page, "load_")
    installation(home).state.save_mapping(["a", "<b>"], "old", "id: x\nparts: [{table: gone}]", "mei", NOW)
    page.run()
    assert "<b>ads</b><i>Campaign days</i>" in words(page)
    assert "<code>fb_campaign_id</code>" in words(page)
    assert '<span class="n" data-name="Batches">1</span>' in words(page)
    assert "cannot read it any more" in words(page)


def test_a_wrong_encoding_is_seen_and_changed_on_the_card(empty_home: Home) -> None:
    """The same bytes are one thing in Big5 and another in GB18030: the reader says which."""
    assert empty_home.root.exists()
    page = opened("uploads", lang="en")
    drop(page, ("orders.csv", "order_id;paid_at;region\nA1;2026-11-02;臺北市\nA2;2026-11-02;高雄市\n".encode("cp950")))
    ticket = next(iter(page.session_state["tray"])).ticket
    page.session_state[f"textform_{ticket}"] = True
    page.run()
    page.selectbox(key=f"encoding_{ticket}").select("GB18030").run()
    assert "GB18030 · semicolon" in words(page)
    assert "臺北市" not in words(page)
    page.selectbox(key=f"encoding_{ticket}").select("Big5").run()
    assert "<td>臺北市</td>" in words(page)
    page.selectbox(key=f"delimiter_{ticket}").select(",").run()
    assert "semicolon" not in words(page)
    page.selectbox(key=f"delimiter_{ticket}").select("").run()
    assert "semicolon" in words(page)


def test_a_month_a_column_is_asked_about_with_the_rows_it_would_make(empty_home: Home) -> None:
    assert empty_home.root.exists()
    page = opened("uploads", lang="en")
    drop(page, ("budget.csv", b"Account Code,Department,2026-01,2026-02\n6601,finance,100,110\n6602,hr,200,210\n"))
    assert "Is each of 2 columns a month?" in words(page)
    assert "<td>6601</td><td>finance</td><td>2026-01-01</td><td>2026-01-31</td><td>100</td>" in words(page)
    press(page, "wide_yes_")
    assert "Is each of 2 columns a month?" not in words(page)
    assert "period_end" in words(page)


LEDGER = (
    b",Date,Transaction Type,Num,Name,Memo/Description,Split,Amount,Balance\nChecking,,,,,,,,\n"
    b",10/14/2026,Deposit,,Ann,tea,Sales,250.00,250.00\nTotal for Checking,,,,,,,250.00,\nOffice Costs,,,,,,,,\n"
    b",10/30/2026,Expense,1,Rent,rent,Checking,40.00,40.00\nTotal for Office Costs,,,,,,,40.00,\n"
)


def test_the_accounts_of_a_ledger_get_their_class_on_the_screen(home: Home) -> None:
    """What nobody gives a class stays empty and is not refused; what the source knows of other files stays too."""
    page = opened("uploads", lang="en")
    drop(page, ("ledger.csv", LEDGER))
    staged = next(iter(page.session_state["tray"]))
    page.session_state[f"edit_{staged.ticket}_0__{staged.answers}"] = True
    page.run()
    assert "2 different values, 2 of them not known: say what they are" in [one.label for one in page.expander]
    checking = sha1(b"Checking", usedforsecurity=False).hexdigest()[:10]
    prefix = next(box.key for box in page.selectbox if (box.key or "").endswith("fact_gl_balance_account_class"))
    names = only(staged.path).names
    page.session_state[f"{prefix}_{len(names)}_values_{checking}_code"] = "cash"
    page.run()
    assert "<b>Cash</b>" in words(page)
    press(page, "edit_")
    kept = from_yaml(installation(home).state.mapping_for(names) or "")
    classes = kept.parts[0].columns["account_class"]
    assert isinstance(classes, Header)
    assert (classes.default, dict(classes.values or {})["Checking"], "Office Costs" in (classes.values or {})) == (
        None,
        "cash",
        False,
    )
    assert kept.sections is not None
    press(page, "check_")
    assert "Load 2 rows" in str(button(page, "load_").label)
