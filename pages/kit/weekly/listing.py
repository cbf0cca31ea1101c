"""A plain table of the weekly page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape


def listing(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """A table as HTML. rows: cells that are HTML already; numbers: the columns that stand at the right."""
    head = "".join(f'<th scope="col"{_right(at, numbers)}>{escape(name)}</th>' for at, name in enumerate(heads))
    body = "".join(
        f"<tr>{''.join(f'<td{_right(at, numbers)}>{cell}</td>' for at, cell in enumerate(row))}</tr>" for row in rows
    )
    return f'<div class="sb sb-listing"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _right(place: int, numbers: Sequence[int]) -> str:
    return ' class="n"' if place in numbers else ""
