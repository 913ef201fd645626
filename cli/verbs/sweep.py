"""``shidian sweep``: do now what the clock would do."""

from typing import Annotated, Any

import typer
from rich.console import Group

from cli import planned
from cli.errors import DONE, REFUSED
from cli.options import Reading
from cli.session import Session, opened
from cli.setting import Setting
from cli.verb import Done, asks, leaf
from cli.words import sentence
from engine.services.sweep import Swept

app = leaf("sweep")

DryRun = Annotated[bool, typer.Option("--dry-run")]


@asks(app, "sweep")
def sweep(setting: Setting, given: Reading, *, dry_run: DryRun = False) -> Done:
    """Find what has fallen due, climb the rungs, write the notices."""
    with opened(setting, given) as session:
        if dry_run:
            swept = session.desk.sweep.preview(given.at)
        else:
            swept = session.move() or session.desk.sweep.run()
        data = _data(session, swept) | {"dry_run": dry_run}
        told = planned.told(session, swept.planned)
        if dry_run:
            data["notices"] = planned.data(told)
        said = _said(session, swept, dry_run=dry_run)
        session.answer(data, lambda: Group(said, planned.table(session, told)) if told else said)
    return REFUSED if swept.failed else DONE


def _data(session: Session, swept: Swept) -> dict[str, Any]:
    failed = [
        {"stream": stream, "code": error.code, "sentence": sentence(session.say, error)}
        for stream, error in swept.failed
    ]
    return {
        "at": swept.at, "streams": swept.streams, "opened": swept.opened,
        "rungs": dict(sorted(swept.rungs.items())), "merged": swept.merged,
        "undeliverable": swept.undeliverable, "failed": failed,
    }  # fmt: skip


def _said(session: Session, swept: Swept, *, dry_run: bool) -> str:
    say = session.say
    key = "line.would_sweep" if dry_run else "line.swept"
    lines = [say.say(key, n=swept.notices, opened=swept.opened, merged=swept.merged)]
    if swept.undeliverable:
        lines.append(say.say("line.undeliverable", n=swept.undeliverable))
    lines += [f"{stream}: {sentence(say, error)}" for stream, error in swept.failed]
    return "\n".join(lines)
