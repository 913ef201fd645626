"""The wall chart of a database, as the templates draw it."""

from collections.abc import Sequence
from datetime import date

from bootstrap import Desk
from engine.core.state import Programme
from engine.services.queries import BoardRow
from templates.wall import Wall, WallRow
from templates.words import Words


def wall(
    desk: Desk, say: Words, on: date, rows: Sequence[BoardRow], *, simulated: bool,
    trail: str = "", links: str | None = None,
) -> Wall:  # fmt: skip
    """Return the wall chart of projects on a day; `links` stands before a code in its link."""
    programmes = desk.queries.programmes()
    return Wall(
        title=title(say, programmes), on=on,
        rows=tuple(_row(say, row, links) for row in rows), stages=_stages(say, rows),
        milestones=_milestones(desk, say, programmes), simulated=simulated, trail=trail,
    )  # fmt: skip


def title(say: Words, programmes: Sequence[Programme]) -> str:
    """Return what the chart is called: the programmes by name."""
    return say.listing(each.name for each in programmes) or say.say("chart.no_programme")


def _row(say: Words, row: BoardRow, links: str | None) -> WallRow:
    project = row.project
    return WallRow(
        code=project.code, name=project.name, group=row.region, lamp=row.lamp,
        reason=say.lamp(row.lamp, row.workflow), stage=project.stage, bars=row.bars,
        href=f"{links}{project.code}" if links is not None else None,
    )  # fmt: skip


def _stages(say: Words, rows: Sequence[BoardRow]) -> tuple[tuple[str, str], ...]:
    """Return the stages of every workflow on the board, each once."""
    found = {
        key: stage.name[say.locale] for row in rows for key, stage in row.workflow.stages.items()
    }
    return tuple(found.items())


def _milestones(
    desk: Desk, say: Words, programmes: Sequence[Programme]
) -> tuple[tuple[date, str], ...]:
    issued = [(p.issued_on, say.say("chart.issued")) for p in programmes if p.issued_on]
    waves = [
        (w.opens_on, say.say("chart.opens", name=w.name))
        for w in desk.queries.waves()
        if w.opens_on
    ]
    targets = [
        (row.target.by, say.say("chart.target_by", code=row.target.code))
        for row in desk.queries.coverage()
        if row.target.by
    ]
    return (*issued, *waves, *targets)
