"""What `doctor` looks at on this machine: Python, SQLite, disks, foreign packages."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Final

from engine.storage.database import SAFE_SQLITE, Database

OLDEST_PYTHON: Final = (3, 11)
PRODUCT: Final = "shidian"
NAMES: Final = ("engine", "workflows", "templates", "cli", "bootstrap", "scheduler")
"""Our top-level packages; another distribution that owns one of them shadows us."""

SHARED_DISKS: Final = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs")
"""File systems on which SQLite's locks cannot be relied on."""

MOUNTS: Final = Path("/proc/mounts")


class State(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: the sentence ``doctor.<name>.<state>`` of the texts, and its facts."""

    name: str
    state: State
    facts: Mapping[str, str | int] = field(default_factory=dict)


def python(version: tuple[int, ...] = sys.version_info[:3]) -> Check:
    """Judge the version of Python."""
    state = State.OK if version >= OLDEST_PYTHON else State.FAIL
    return Check("python", state, {"version": dotted(version), "oldest": dotted(OLDEST_PYTHON)})


def sqlite_library(version: tuple[int, ...] | None = None, *, is_used: bool = True) -> Check:
    """Judge the SQLite library: below 3.51.3 a file written by several processes can be damaged."""
    held = version or Database("sqlite://").sqlite_version
    bad = State.FAIL if is_used else State.WARN
    state = State.OK if held >= SAFE_SQLITE else bad
    return Check("sqlite", state, {"version": dotted(held), "oldest": dotted(SAFE_SQLITE)})


def packages(owners: Mapping[str, Iterable[str]] | None = None) -> Check:
    """Judge whether another distribution owns one of our names."""
    held = metadata.packages_distributions() if owners is None else owners
    foreign = {
        name: sorted({*held.get(name, ())} - {PRODUCT})
        for name in NAMES
        if {*held.get(name, ())} - {PRODUCT}
    }
    if not foreign:
        return Check("packages", State.OK)
    listed = ", ".join(f"{name} ({', '.join(who)})" for name, who in foreign.items())
    who = " ".join(sorted({each for owners_ in foreign.values() for each in owners_}))
    return Check("packages", State.FAIL, {"names": listed, "uninstall": who})


def disk(path: Path, mounts: str | None = None) -> Check:
    """Judge whether a database file lies on a disk of this machine, as far as Linux tells."""
    if mounts is None:
        mounts = MOUNTS.read_text("utf-8") if MOUNTS.exists() else ""
    kind = _kind(path.resolve(), mounts)
    if kind is None:
        return Check("disk", State.OK, {"kind": "?", "path": str(path)})
    state = State.FAIL if kind.startswith(SHARED_DISKS) else State.OK
    return Check("disk", state, {"kind": kind, "path": str(path)})


def _kind(path: Path, mounts: str) -> str | None:
    """Return the type of the file system that holds a path, None when it is not known."""
    found: tuple[int, str] | None = None
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) > 2 and path.is_relative_to(parts[1]):
            here = (len(parts[1]), parts[2])
            found = here if found is None or here[0] >= found[0] else found
    return found[1] if found else None


def dotted(version: Iterable[int]) -> str:
    """Return a version as it is written."""
    return ".".join(str(part) for part in version)
