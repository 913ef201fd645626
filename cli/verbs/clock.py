"""``shidian clock``: what time it is by the database, when it was swept, and what is wrong."""

from rich.console import RenderableType
from rich.text import Text

from cli import boards, output, publishing
from cli.session import Session
from cli.verb import Done, acts, branch, reads
from engine.services import clock_alarm
from engine.services.clock_alarm import Alarm

app = branch("clock")


@reads(app, "show")
def show(session: Session) -> Done:
    """Print the moment, the last sweep, and the alarm if there is one."""
    found, zone = session.desk.queries.pulse(), session.desk.house.ports.timezone
    now = session.now()
    data = {
        "now": now, "kind": session.desk.house.ports.clock.kind, "swept_at": found.swept_at,
        "old": found.is_old, "alarm": _data(found.alarm), "undeliverable": found.undeliverable,
    }  # fmt: skip
    foot = boards.foot(session.say, found, zone)
    head = Text(session.say.say("line.now", at=output.clock_time(now, zone)), "bold")
    parts: list[RenderableType] = [head, *([foot] if foot is not None else [])]
    session.answer(data, lambda: output.apart(parts))
    return None


def _data(alarm: Alarm | None) -> dict[str, object] | None:
    if alarm is None:
        return None
    return {
        "kind": alarm.kind, "found": alarm.found_at, "expected": alarm.expected_at,
        "by": alarm.by or None,
    }  # fmt: skip


@acts(app, "confirm")
def confirm(session: Session) -> Done:
    """Take the clock as it is after an alarm; sweeps go on by it. It is put on record."""
    house, say, zone = session.desk.house, session.say, session.desk.house.ports.timezone
    actor = publishing.publisher(session)
    with house.database.write() as cursor:
        if session.acting.dry_run:
            found = clock_alarm.standing(house, cursor, house.now(cursor))
        else:
            found = clock_alarm.confirm(house, cursor, actor)
    data = {"alarm": _data(found), "dry_run": session.acting.dry_run}
    if found is None:
        session.answer(data, lambda: say.say("line.clock_right"))
        return None
    at = output.clock_time(found.found_at, zone)
    key = "would_confirm_clock" if session.acting.dry_run else "clock_confirmed"
    session.answer(data, lambda: say.say(f"line.{key}", at=at))
    return None
