"""The final board as data: the same for every run, so that it is compared with a golden file."""

from typing import Any

from cli import shapes
from cli.demo.play import Played


def board(played: Played) -> dict[str, Any]:
    """Return board, notices by rung, cadence counts and coverage; no random ids, no clock."""
    queries, programme = played.desk.queries, played.plan.programme
    return {
        "programme": programme.code, "on": played.on,
        "played": {
            "days": played.done.days, "steps": played.done.steps, "refused": played.done.refused,
        },
        "projects": [shapes.board_row(row) for row in queries.board()],
        "notices": rungs(played), "cadences": cadences(played),
        "coverage": [shapes.coverage(row) for row in queries.coverage()],
    }  # fmt: skip


def rungs(played: Played) -> dict[str, dict[str, int]]:
    """Return how many notices each rung wrote, by status, in the order of the ladders."""
    counts = played.desk.queries.notice_counts()
    known = [rung.key for ladder in played.workflow.ladders.values() for rung in ladder.rungs]
    keys = list(dict.fromkeys([*known, *(key for key, _ in sorted(counts))]))
    return {
        key: {status: counts.get((key, status), 0) for status in ("ready", "merged")}
        for key in keys
    }


def cadences(played: Played) -> dict[str, dict[str, int]]:
    """Return how many occurrences each cadence had, by status."""
    found: dict[str, dict[str, int]] = {}
    for (key, status), n in sorted(played.desk.queries.cadence_counts().items()):
        found.setdefault(key, {})[status] = n
    return found
