"""Texts that were reviewed and are compared as they stand."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def same_as_reviewed(name: str, text: str) -> bool:
    """Return whether a text is the reviewed one; UPDATE_SNAPSHOTS=1 writes it for review."""
    path = FOLDER / name
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8") == text
