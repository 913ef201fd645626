"""Every trail that was ever golden still replays to the rows it gave on the day it was recorded."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.core.events import canonical, leaf_of, link, origin_of
from engine.core.merkle import root
from engine.core.rows import Part
from engine.storage.database import Database
from tests.histories.record import recorded
from tests.histories.telling import (
    digests,
    folded,
    lines_of,
    published_in,
    read_lines,
    states_of,
    tell,
)
from tests.houses import moment

GOLDEN = recorded()


def beside(path: Path) -> dict[str, Any]:
    """Return what was written down when a history was recorded."""
    held: dict[str, Any] = json.loads(
        path.with_name(path.name.replace(".jsonl.xz", ".json")).read_text("utf-8")
    )
    return held


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name.partition(".")[0])
def test_a_golden_history_replays_to_its_rows(path: Path) -> None:
    lines = read_lines(path)

    assert len(lines) == beside(path)["entries"]
    assert digests(folded(lines)) == beside(path)["rows"]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name.partition(".")[0])
def test_a_golden_history_is_what_was_recorded(path: Path) -> None:
    chains: dict[str, tuple[int, bytes]] = {}
    for line in read_lines(path):
        body = json.loads(line)
        stream = body["stream"]
        assert canonical(body) == line
        _, before = chains.get(stream, (0, origin_of(beside(path)["identity"], stream)))
        chains[stream] = (body["seq"], link(before, leaf_of(line)))

    heads = [
        leaf_of(f"{name}\n{seq}\n{head.hex()}") for name, (seq, head) in sorted(chains.items())
    ]
    assert root(heads).hex() == beside(path)["root"]


def test_there_is_a_golden_history() -> None:
    assert GOLDEN


@pytest.mark.slow
def test_the_programme_told_again_gives_the_rows_of_the_newest_history(database: Database) -> None:
    lines = read_lines(GOLDEN[-1])

    desk = tell(database, published_in(folded(lines)))

    assert digests(states_of(desk)) == beside(GOLDEN[-1])["rows"]
    assert digests(folded(lines_of(desk))) == beside(GOLDEN[-1])["rows"]
    assert desk.proof.verify().root == beside(GOLDEN[-1])["root"], "the trail says more or less"
    known = desk.audit.asof("P01", date(2017, 9, 21), moment("2017-09-21 18:00")).state
    true = desk.audit.asof("P01", date(2017, 9, 21)).state
    assert _seals(known) == {"city_bureau"}, "E006 happened on 09-20 and was recorded on 09-22"
    assert _seals(true) == {"city_bureau", "local_party", "local_government"}


def _seals(state: Any) -> set[str]:
    until = date(2017, 9, 21)
    parts = [part for part in state.rows(Part) if part.kind == "seal"]
    return {part.key for part in parts if part.on is not None and part.on <= until}
