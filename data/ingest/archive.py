"""The original files, compressed and encrypted under their SHA-256, before anything else happens to them.

A stored file is a row of frames: 4-byte length, 12-byte nonce, AES-256-GCM of a zstandard block of at most
4 MiB of the original. The frame's number and whether it is the last are authenticated, so a cut or reordered
file is noticed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data.errors import DataError, Text

FRAME_BYTES = 4 * 1024 * 1024
NONCE_BYTES = 12
ENDING = ".zst.aes"
DAY_SECONDS = 86_400


class ArchiveDamaged(DataError):
    """A stored original cannot be read back."""

    text = Text(
        en="The stored original of {sha256} is damaged or was written with another key. The loaded rows are not "
        "affected; restore the archive folder and the keys from a backup to download it again.",
        zh_hans="存档的原始文件 {sha256} 已损坏，或使用了不同的密钥"
        "。已加载的数据不受影响；请从备份恢复存档文件夹和密钥后再下载。",
        zh_hant="封存的原始檔案 {sha256} 已損毀，或使用了不同的金鑰"
        "。已載入的資料不受影響；請從備份還原封存資料夾與金鑰後再下載。",
    )


def fingerprint(path: Path) -> str:
    """SHA-256 of a file's bytes, as 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def store(path: Path, folder: Path, key: bytes) -> str:
    """Keep a file; the same content is kept once. Returns its SHA-256.

    The bytes are hashed while they are stored, so what is archived is what was hashed even when the file
    changes meanwhile.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    partial = folder / f"{os.getpid()}-{path.stat().st_ino}.partial"
    with path.open("rb") as source, partial.open("wb") as target:
        for number, (block, is_last) in enumerate(_blocks(source)):
            digest.update(block)
            target.write(_seal(block, number, is_last, key))
        target.flush()
        os.fsync(target.fileno())
    partial.replace(_place(folder, digest.hexdigest()))
    return digest.hexdigest()


def fetch(sha256: str, folder: Path, key: bytes) -> Iterator[bytes]:
    """The original's bytes, piece by piece.

    Raises:
        FileNotFoundError: it was never stored or its days are over.
        ArchiveDamaged: it does not decrypt, or its end is missing.
    """
    cipher, is_last, number = AESGCM(key), False, 0
    with _place(folder, sha256).open("rb") as file:
        while head := file.read(4):
            body = file.read(int.from_bytes(head, "big"))
            is_last = body[:1] == b"\x01"
            try:
                packed = cipher.decrypt(body[1 : 1 + NONCE_BYTES], body[1 + NONCE_BYTES :], _label(number, is_last))
            except InvalidTag as error:
                raise ArchiveDamaged(sha256=sha256) from error
            yield zstandard.decompress(packed)
            number += 1
    if not is_last:
        raise ArchiveDamaged(sha256=sha256)


def expire(folder: Path, now: datetime, days: int) -> int:
    """Delete what was stored more than `days` before `now` (UTC, without zone); returns how many originals went.

    A file that was brought again counts from then. What a killed process left half written goes too.
    """
    oldest = now.replace(tzinfo=UTC).timestamp() - days * DAY_SECONDS
    gone = 0
    for path in (*folder.glob(f"*{ENDING}"), *folder.glob("*.partial")):
        # Another process may clear too, and elsewhere than here a file that is being read cannot be deleted yet.
        with contextlib.suppress(FileNotFoundError, PermissionError):
            if path.stat().st_mtime < oldest:
                path.unlink()
                gone += path.name.endswith(ENDING)
    return gone


def forget(sha256: str, folder: Path) -> None:
    """Delete one original; nothing happens where it is gone already."""
    _place(folder, sha256).unlink(missing_ok=True)


def stored(folder: Path) -> Iterator[str]:
    """The SHA-256 of every original that is kept."""
    return (path.name.removesuffix(ENDING) for path in folder.glob(f"*{ENDING}"))


def is_stored(sha256: str, folder: Path) -> bool:
    """Whether the original is still kept."""
    return _place(folder, sha256).exists()


def _place(folder: Path, sha256: str) -> Path:
    return folder / f"{sha256}{ENDING}"


def _label(number: int, is_last: bool) -> bytes:
    return f"{number}:{int(is_last)}".encode()


def _seal(block: bytes, number: int, is_last: bool, key: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, zstandard.compress(block, 1), _label(number, is_last))
    body = bytes([is_last]) + nonce + sealed
    return len(body).to_bytes(4, "big") + body


def _blocks(source: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    read = source.read
    block = read(FRAME_BYTES)
    while True:
        following = read(FRAME_BYTES) if block else b""
        yield block, not following
        if not following:
            return
        block = following
