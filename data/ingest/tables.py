"""The tables of a file that may be a packed archive: those of all its members."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from data.ingest.layout import Layout, Limits
from data.ingest.refusals import NotReadable
from data.ingest.sniff import DEFAULT_LIMITS, sniff
from data.ingest.unpack import Unpacked, is_archive, unpack


@dataclass(frozen=True)
class Found:
    """The tables of a file. `unread` are the members that hold none, each with why.

    `unpacked` must be held for as long as the layouts are read: the members' copies go with it.
    """

    layouts: tuple[Layout, ...]
    unread: tuple[tuple[str, NotReadable], ...] = ()
    unpacked: Unpacked | None = None


def find_tables(
    path: Path, limits: Limits = DEFAULT_LIMITS, encoding: str | None = None, delimiter: str | None = None
) -> Found:
    """As `sniff`, and of an archive the tables of all members; a `Layout.member` is a member's name.

    Raises:
        NotReadable: as `sniff`; of an archive when it cannot be unpacked or none of its members holds a table.
        UnknownEncoding, WrongDelimiter: what the person said is no such thing.
    """
    if not is_archive(path):
        return Found(sniff(path, limits, encoding, delimiter))
    unpacked = unpack(path, limits)
    layouts, unread = list[Layout](), list[tuple[str, NotReadable]]()
    for member in unpacked.members:
        try:
            found = sniff(member.path, limits, encoding, delimiter)
        except NotReadable as error:
            unread.append((member.name, error))
        else:
            layouts += [replace(layout, member=member.name) for layout in found]
    if not layouts:
        raise unread[0][1]
    return Found(tuple(layouts), tuple(unread), unpacked)
