"""`python -m data forget`: one person erased everywhere, with a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from data.cli.console import FAILED, WRONG_USE, console, errors, installation, now, print_json, said_plainly, user
from data.cli.lake import Json
from data.forget.run import Forgotten, Person, forget, look, mentions, words_of
from data.forget.versions import compact
from data.installation import Installation
from data.state_packs import PackStore

# A page is drawn within seconds; a reader who is at an older version may finish it.
READING_SECONDS = 20.0


def forget_command(
    customers: Annotated[
        list[str] | None, typer.Option("--customer", help="A customer's key as exports write it, or its hash.")
    ] = None,
    employees: Annotated[
        list[str] | None, typer.Option("--employee", help="An employee's key as exports write it, or its hash.")
    ] = None,
    is_trial: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    is_json: Json = False,
) -> None:
    """Erase one person everywhere. A person known by several keys (e-mail, nickname): give the option for each."""
    if bool(customers) == bool(employees) or (is_json and not (is_sure or is_trial)):
        errors.print("Name one person by --customer or --employee; --json needs --yes or --dry-run. Nothing was done.")
        raise typer.Exit(WRONG_USE)
    person = Person("customer", tuple(customers)) if customers else Person("employee", tuple(employees or ()))
    with said_plainly():
        opened = installation()
        if is_trial or not is_sure:
            found = look(opened, person, _pins(opened))
            if not is_json:
                _tell(found, is_done=False)
            if is_trial:
                _end(found, is_json)
                return
            typer.confirm("This cannot be undone. Erase?", abort=True)
        done = forget(opened, person, user(), now(), _pins(opened), READING_SECONDS)
        opened.lake(is_demo=False).close()
        is_compact = compact(opened.home.company)
        left = mentions(opened.home, words_of(opened, person))
    if is_json:
        print_json(_as_json(done) | {"is_compact": is_compact, "still_in": [str(path) for path in left]})
    else:
        _tell(done, is_done=True)
        _tell_left(opened, is_compact, left)
    if left or not is_compact:
        raise typer.Exit(FAILED)


def _pins(opened: Installation) -> frozenset[int]:
    """The versions that packs hang on."""
    return PackStore(opened.state, "company").held(now(), opened.settings.keep_pack_weeks).versions


def _end(found: Forgotten, is_json: bool) -> None:
    if is_json:
        print_json(_as_json(found))


def _as_json(found: Forgotten) -> dict[str, Any]:
    return {
        "tables": {table: {"rows": one.rows, "pre_images": one.pre_images} for table, one in found.tables.items()},
        "originals": [{"batches": one.batches, "file": one.file} for one in found.originals],
        "unread": [{"batches": one.batches, "file": one.file} for one in found.unread],
        "loose_originals": found.loose,
        "versions": found.versions,
        "pinned_versions": found.pins,
    }


def _tell(found: Forgotten, *, is_done: bool) -> None:
    verb, several = ("was", "were") if is_done else ("would be", "would be")
    if found.is_empty:
        console.print(f"No row and no original with this person {'was' if is_done else 'is'} found.", highlight=False)
    for table, links in found.tables.items():
        console.print(
            f"{table}: the person's key {verb} taken out of {links.rows:,} rows and {links.pre_images:,} pre-images; "
            "the rows stay, sums too",
            highlight=False,
        )
    for originals, why in ((found.originals, "holds the person"), (found.unread, "cannot be searched")):
        for one in originals:
            batches = ", ".join(map(str, one.batches))
            console.print(f"original of batch {batches} ({one.file}) {verb} deleted: it {why}", highlight=False)
    if found.loose:
        console.print(f"{found.loose} originals that belong to no batch {several} deleted", highlight=False)
    console.print(f"{found.versions:,} older versions {several} let go, with their files", highlight=False)
    if found.pins:
        versions = ", ".join(map(str, found.pins))
        console.print(
            f"Packs hang on versions {versions}: their frozen numbers stand, their rows cannot be opened any more",
            style="yellow",
            highlight=False,
        )


def _tell_left(opened: Installation, is_compact: bool, left: tuple[Path, ...]) -> None:
    if not is_compact:
        console.print(
            "Somebody was reading all the time, so the catalogue's log still holds traces. Run the command again.",
            style="yellow",
        )
    for path in left:
        console.print(
            f"{path.relative_to(opened.home.root)} still names the person: look at it yourself (a mapping, a comment, "
            "a KPI of your own, a file name), then run the command again",
            style="yellow",
            highlight=False,
        )
    if is_compact and not left:
        console.print("Nothing under the home names the person any more.", style="green")
    console.print("Backups made before still hold the person: delete them, or erase again after restoring one.")
