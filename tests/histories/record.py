"""Records the example as the next golden history: ``python -m tests.histories.record``."""

import json
import sys
import tempfile
from pathlib import Path

from engine.storage.database import Database
from tests.histories.telling import HERE, IDENTITY, digests, folded, lines_of, tell, write_lines


def recorded() -> list[Path]:
    """Return the golden histories of the programme, oldest first."""
    return sorted(HERE.glob("suining-*.jsonl.xz"))


def record() -> Path:
    """Play the programme and keep its trail beside the others, which stay as they are.

    Returns:
        The new history; the digests of the rows it gives stand beside it.
    """
    path = HERE / f"suining-{len(recorded()) + 1:03d}.jsonl.xz"
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/golden.db")
        desk = tell(database)
        verdict, lines = desk.proof.verify(), lines_of(desk)
        database.dispose()
    assert verdict.verdict == "sound", verdict.breaks
    write_lines(path, lines)
    held = {
        "identity": IDENTITY, "entries": len(lines), "root": verdict.root,
        "rows": digests(folded(lines)),
    }  # fmt: skip
    beside = path.with_name(path.name.replace(".jsonl.xz", ".json"))
    beside.write_text(json.dumps(held, indent=1) + "\n", "utf-8")
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{record()}\n")
