"""Packed archives (.zip, .gz, .tar.gz) taken apart into a scratch folder, within limits; each member is a file.

Nothing of a member's name becomes a folder: members lie in folders of their own. Sizes are counted while bytes come
out, since what an archive says of itself may be a lie.
"""

from __future__ import annotations

import gzip
import lzma
import re
import shutil
import tarfile
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from data.ingest import refusals
from data.ingest.layout import Limits
from data.ingest.refusals import BombLike, DamagedFile, EmptyFile, Locked, TooManyMembers
from data.scratch import scratch

PIECE = 1024 * 1024
ZIP, GZIP, TAR_PLACE, TAR = b"PK\x03\x04", b"\x1f\x8b", 257, b"ustar"
# Small archives may pack as densely as they like.
FREE_BYTES = 16 * 1024 * 1024
BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError)
UTF8_NAME, ENCRYPTED = 0x800, 0x1
NOT_A_NAME = re.compile(r"[^\w.\-()（） ]")
LONGEST_NAME = 80


@dataclass(frozen=True)
class Member:
    """One file of an archive: where it lies now, and its name in the archive without tricks."""

    path: Path
    name: str


@dataclass(frozen=True)
class Unpacked:
    """The members of an archive; their folder goes when nobody holds this any more."""

    members: tuple[Member, ...]
    folder: Path

    def __post_init__(self) -> None:
        """Tie the folder to the life of this value."""
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)


@dataclass
class Budget:
    """What may come out of an archive, and what came out already."""

    file: str
    limits: Limits
    packed_bytes: int
    bytes: int = 0

    def spend(self, size: int) -> None:
        """Count bytes that came out. Raises BombLike when they are too many."""
        self.bytes += size
        most = min(self.limits.unpacked_bytes, max(FREE_BYTES, self.packed_bytes * self.limits.unpack_ratio))
        if self.bytes > most:
            raise BombLike(file=self.file, limit=most // 1_000_000, ratio=self.limits.unpack_ratio)


def is_archive(path: Path) -> bool:
    """Whether the file is a packed archive that is no workbook or document."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(GZIP):
        return True
    if head != ZIP:
        return False
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
    except BROKEN:
        return False
    is_book = "content.xml" in names or any(name.startswith("xl/") for name in names)
    return not (is_book or "[Content_Types].xml" in names)


def unpack(path: Path, limits: Limits) -> Unpacked:
    """Take an archive apart.

    Raises:
        NotReadable: it is damaged, protected by a password, empty, or holds more files or bytes than the limits.
    """
    folder = Path(tempfile.mkdtemp(prefix="unpacked-", dir=scratch()))
    budget = Budget(path.name, limits, path.stat().st_size)
    try:
        with path.open("rb") as file:
            is_zip = file.read(4) == ZIP
        members = tuple((_unzipped if is_zip else _gunzipped)(path, folder, budget))
        if not members:
            raise EmptyFile(file=path.name)
    except BROKEN:
        shutil.rmtree(folder, ignore_errors=True)
        raise DamagedFile(file=path.name, kind=refusals.PACKED) from None
    except refusals.NotReadable:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Unpacked(members, folder)


def _unzipped(path: Path, folder: Path, budget: Budget) -> Iterator[Member]:
    with zipfile.ZipFile(path) as packed:
        files = [info for info in packed.infolist() if not info.is_dir() and not _is_litter(info.filename)]
        _check_count(len(files), budget)
        if any(info.flag_bits & ENCRYPTED for info in files):
            raise Locked(file=path.name)
        for info in files:
            with packed.open(info) as source:
                yield _kept(cast(BinaryIO, source), _zip_name(info), folder, budget)


def _gunzipped(path: Path, folder: Path, budget: Budget) -> Iterator[Member]:
    inner = path.name.removesuffix(".gz").removesuffix(".tgz")
    with gzip.open(path) as source:
        whole = _kept(cast(BinaryIO, source), inner, folder, budget)
    with whole.path.open("rb") as file:
        file.seek(TAR_PLACE)
        is_tar = file.read(len(TAR)) == TAR
    if not is_tar:
        yield whole
        return
    with tarfile.open(whole.path, "r:") as packed:
        files = (info for info in packed if info.isfile() and not _is_litter(info.name))
        for count, info in enumerate(files, start=1):
            _check_count(count, budget)
            extracted = packed.extractfile(info)
            if extracted is not None:
                with extracted:
                    yield _kept(cast(BinaryIO, extracted), info.name, folder, budget)
    whole.path.unlink()


def _check_count(count: int, budget: Budget) -> None:
    if count > budget.limits.members:
        raise TooManyMembers(file=budget.file, limit=budget.limits.members)


def _kept(source: BinaryIO, name: str, folder: Path, budget: Budget) -> Member:
    plain = _without_tricks(name)
    place = Path(tempfile.mkdtemp(dir=folder)) / _file_name(plain)
    with place.open("wb") as target:
        while piece := source.read(PIECE):
            budget.spend(len(piece))
            target.write(piece)
    return Member(place, plain)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name; Chinese tools on Windows write it in GBK, which the format has no flag for."""
    if info.flag_bits & UTF8_NAME or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _without_tricks(name: str) -> str:
    """The name without drives, leading slashes, `..` and control characters."""
    parts = [part for part in re.split(r"[/\\]", name) if part.strip(". ") and not part.endswith(":")]
    return "".join(char for char in "/".join(parts) if char.isprintable()) or "file"


def _file_name(name: str) -> str:
    # The underscore keeps a reserved name of Windows (`con.csv`) from being a device.
    plain = NOT_A_NAME.sub("_", PurePosixPath(name).name)[-LONGEST_NAME:]
    is_device = plain.split(".")[0].upper() in ("CON", "PRN", "AUX", "NUL") or re.match(r"(?i)(com|lpt)\d(\.|$)", plain)
    return f"_{plain}" if is_device else plain


def _is_litter(name: str) -> bool:
    """Files that Mac and Windows put into archives by themselves."""
    parts = re.split(r"[/\\]", name)
    return (
        parts[0] == "__MACOSX" or parts[-1] in (".DS_Store", "Thumbs.db", "desktop.ini") or parts[-1].startswith("._")
    )
