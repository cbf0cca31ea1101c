"""The mapping file that a person gets for a table we were not sure of: ready to be read, put right and used."""

from __future__ import annotations

import json

from data.contracts import TABLES
from data.ingest.match import Match
from data.ingest.propose import nearest
from data.ingest.recipe import required
from data.ingest.recipe_yaml import to_yaml

# Stands where a person must name a header: no file has it, so that `ingest` asks for the column by name.
OPEN = "?"


def mapping_file(match: Match) -> str:
    """The YAML text for `--map`: the proposals, and as comments what is missing, open or left over.

    Where nothing was recognised it is a skeleton of the nearest table with what that needs. An open question about
    dates or commas stays open: its line is a comment until a person says which it is.
    """
    lines = [f"# How {match.layout.path.name} is read. Put it right, then give it to `ingest` with --map."]
    lines += [f"# Score {one.score:.0f}: {one.column} <- {one.header}" for one in match.proposals if one.score < 99.5]
    lines += [
        f"# Needed, but nothing stands for it: {name}. The same for all rows? {name.split('.')[-1]}: {{constant: …}}"
        for name in match.missing
    ]
    lines += [f"# Not read: {name}" for name in match.unused]
    for question in match.open_questions:
        shown = ", ".join(question.samples)
        asked = "Point or comma before decimals" if question.is_of_numbers else "Day or month first"
        lines.append(f"# {asked} in {question.header}? ({shown}) Keep one of the two and delete the #:")
        lines += [f"# date_orders: {{{question.header}: {order}}}" for order in question.orders]
    return "\n".join([*lines, to_yaml(match.recipe) if match.recipe else _skeleton(match)])


def _skeleton(match: Match) -> str:
    table, headers = nearest(match.layout)
    needed = {name: headers.get(name, OPEN) for names in required(TABLES[table]) for name in names[:1]}
    columns = [f"      {name}: {_quoted(header)}" for name, header in {**headers, **needed}.items()]
    lines = [
        f"# The nearest table is {table}; name another where it is not meant. Where {OPEN!r} stands, write one of the",
        "# headers above, or the same for all rows: {constant: …}",
        "id: my_source",
        "parts:",
        f"  - table: {table}",
        "    columns:",
    ]
    return "\n".join([*lines, *columns, ""])


def _quoted(header: str) -> str:
    return json.dumps(header, ensure_ascii=False)
