"""Files under their digest: in a folder beside the database, with a row that says what each is."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from engine.core.errors import StorageError
from engine.storage import desk_rows
from engine.storage.database import Database
from engine.storage.desk_rows import DeskRow


@dataclass(frozen=True, slots=True)
class Paper(DeskRow):
    """A file that was taken in: its SHA-256 (64 hex digits), name, media type and size."""

    table: ClassVar[str] = "paper"
    digest: str
    name: str
    media_type: str
    size: int
    kept_at: datetime
    person: str


def digest_of(content: bytes) -> str:
    """Return the name under which a file is kept."""
    return hashlib.sha256(content).hexdigest()


def put(folder: Path, content: bytes) -> str:
    """Write a file whole or not at all, and return its digest; a second time changes nothing."""
    digest = digest_of(content)
    path = _path(folder, digest)
    if path.is_file():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        message = f"the file cannot be kept in {folder}: {error.strerror}"
        why = error.strerror or type(error).__name__
        raise StorageError(message, "file_unkept", folder=str(folder), why=why) from error
    return digest


def read(folder: Path, digest: str) -> bytes:
    """Return a file.

    Raises:
        StorageError: it is gone, or no longer what was taken in.
    """
    try:
        content = _path(folder, digest).read_bytes()
    except OSError as error:
        message, found = f"the file {digest[:12]} is not in {folder}", digest[:12]
        raise StorageError(message, "file_gone", file=found, folder=str(folder)) from error
    if digest_of(content) != digest:
        message = f"the file {digest[:12]} was changed after it was taken in"
        raise StorageError(message, "file_changed", file=digest[:12])
    return content


def _path(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def add(database: Database, cursor: Any, paper: Paper) -> None:
    """Note what a file is, unless that is known; within the caller's transaction."""
    if find(database, cursor, paper.digest) is None:
        desk_rows.add(database, cursor, paper)


def find(database: Database, cursor: Any, digest: str) -> Paper | None:
    """Return what a file is, None when none of that digest was taken in."""
    return desk_rows.row(database, cursor, Paper, digest=digest)
