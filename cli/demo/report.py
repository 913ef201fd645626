"""What a demonstration says at its end: the board, the notices, the cadences, the proof."""

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from cli import boards, coverage, output, verdicts
from cli.demo import board
from cli.demo.folder import DATABASE
from cli.demo.play import Played
from engine.services.board import BoardRow
from engine.services.proof import Verdict
from templates.pages import FileLink
from templates.words import Words

NEXT = (
    "project show {code}", "project options {code} --as R11", "notice list --rung oversee",
    "audit asof {code} --on {on}", "audit verify",
)  # fmt: skip
"""What a newcomer may try next, on a project that is worth a look."""

STATUSES = ("done", "open", "lapsed", "waived", "ended")


def report(say: Words, played: Played, verdict: Verdict) -> RenderableType:
    """Return the whole report, files apart."""
    queries = played.desk.queries
    rows = queries.board()
    return output.apart(
        [
            _head(say, played, rows), boards.board(say, rows, queries.waves()),
            _notices(say, played), _cadences(say, played),
            coverage.targets(say, queries.coverage()),
            Group(Text(say.say("demo.trail"), "bold"), verdicts.line(say, verdict)),
        ]
    )  # fmt: skip


def _head(say: Words, played: Played, rows: Sequence[BoardRow]) -> RenderableType:
    done = played.done
    facts = {"days": done.days, "steps": done.steps, "refused": done.refused}
    return Group(
        Text(played.plan.programme.name, "bold"),
        say.say("demo.as_of", on=say.day_full(played.on), **facts),
        say.say("demo.tally", n=len(rows), tally=boards.tally(say, rows)),
    )


def _notices(say: Words, played: Played) -> RenderableType:
    rows = [
        (say.name(played.workflow, "rung", key), counts["ready"], counts["merged"])
        for key, counts in board.rungs(played).items()
    ]
    heads = [say.say(f"head.{key}") for key in ("rung", "ready", "merged")]
    return output.titled(say.say("demo.notices"), output.table(heads, rows, right=(1, 2)))


def _cadences(say: Words, played: Played) -> RenderableType:
    found = board.cadences(played)
    used = [status for status in STATUSES if any(status in held for held in found.values())]
    rows = [
        (say.name(played.workflow, "task", key), *(held.get(status, 0) for status in used))
        for key, held in found.items()
    ]
    heads = [say.say("head.cadence"), *(say.say(f"status.{status}") for status in used)]
    if not rows:
        return Text(say.say("demo.no_cadences"))
    table = output.table(heads, rows, right=range(1, len(heads)))
    return output.titled(say.say("demo.cadences"), table)


def files(say: Words, folder: Path, links: Sequence[FileLink], played: Played) -> RenderableType:
    """Return the names of the files with what each is, where to begin, and what to try next."""
    pairs = [(str(folder / link.href), link.title) for link in links]
    listed = Group(Text(say.say("demo.files"), "bold"), output.facts(pairs))
    begin = Text(say.say("demo.begin", path=str(folder / links[0].href)))
    return Group("", output.apart([listed, begin, _next(say, folder, played)]))


def _next(say: Words, folder: Path, played: Played) -> RenderableType:
    rows = played.desk.queries.board()
    worst = max(rows, key=lambda row: row.lamp.late)
    facts = {"code": worst.project.code, "on": played.on.isoformat()}
    lines = [f"{program()} {words.format(**facts)} --db {folder / DATABASE}" for words in NEXT]
    return Group(Text(say.say("demo.next"), "bold"), *(Text(f"  {line}", "cyan") for line in lines))


def program() -> str:
    """Return how the program was called: as installed, or as a module in the repository."""
    if Path(sys.argv[0]).name != "__main__.py":
        return "shidian"
    python = Path(sys.executable)
    here = Path.cwd()
    return f"{python.relative_to(here) if python.is_relative_to(here) else python} -m cli"
