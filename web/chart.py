"""The wall chart of a database, as the templates draw it."""

from collections.abc import Sequence
from datetime import date

from bootstrap import Desk
from engine.core.definition import Rung, Workflow
from engine.core.rows import Programme
from engine.services.board import BoardRow
from templates.wall import Step, Wall, WallRow
from templates.words import Words


def wall(
    desk: Desk, say: Words, on: date, rows: Sequence[BoardRow], *, simulated: bool,
    trail: str = "", links: str | None = None,
) -> Wall:  # fmt: skip
    """Return the wall chart of projects on a day; `links` stands before a code in its link."""
    programmes, reasons = desk.queries.programmes(), _Reasons(say)
    return Wall(
        title=title(say, programmes), on=on,
        rows=tuple(_row(say, row, links, reasons) for row in rows), stages=_stages(say, rows),
        milestones=_milestones(desk, say, programmes), simulated=simulated, trail=trail,
        steps=_steps(say, rows),
    )  # fmt: skip


def title(say: Words, programmes: Sequence[Programme]) -> str:
    """Return what the chart is called: the programmes by name."""
    return say.listing(each.name for each in programmes) or say.say("chart.no_programme")


class _Reasons:
    """The sentences of lamps, each said once: projects of one batch mostly wait for one thing."""

    def __init__(self, say: Words) -> None:
        self._say, self._said = say, dict[tuple[object, ...], str]()

    def of(self, row: BoardRow) -> str:
        """Return the sentence of a row; its key is every fact that a sentence can name."""
        lamp = row.lamp
        key = (lamp.light, lamp.label, lamp.title, lamp.due, lamp.provisional, lamp.late,
               lamp.left, lamp.holder, lamp.waited, row.workflow.digest)  # fmt: skip
        if key not in self._said:
            self._said[key] = self._say.lamp(lamp, row.workflow)
        return self._said[key]


def _row(say: Words, row: BoardRow, links: str | None, reasons: _Reasons) -> WallRow:
    project = row.project
    return WallRow(
        code=project.code, name=project.name, group=row.region, lamp=row.lamp,
        reason=reasons.of(row), stage=project.stage, bars=row.bars,
        href=f"{links}{project.code}" if links is not None else None,
        step=_step(say, row.lamp.rung),
    )  # fmt: skip


def _step(say: Words, rung: Rung | None) -> Step | None:
    """Return a rung as a coloured step; one without a colour is not marked."""
    if rung is None or rung.colour is None:
        return None
    return Step(rung.name[say.locale], rung.colour)


def _steps(say: Words, rows: Sequence[BoardRow]) -> tuple[Step, ...]:
    """Return the coloured steps of every ladder on the board, each once, in their order."""
    ladders = [ladder for held in _workflows(rows) for ladder in held.ladders.values()]
    found = [_step(say, rung) for ladder in ladders for rung in ladder.rungs]
    return tuple(dict.fromkeys(step for step in found if step is not None))


def _workflows(rows: Sequence[BoardRow]) -> Sequence[Workflow]:
    """Return the workflows on the board, each once, in the order of the rows."""
    return tuple({row.workflow.digest: row.workflow for row in rows}.values())


def _stages(say: Words, rows: Sequence[BoardRow]) -> tuple[tuple[str, str], ...]:
    """Return the stages of every workflow on the board, each once."""
    found = {
        key: stage.name[say.locale]
        for held in _workflows(rows)
        for key, stage in held.stages.items()
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
        (target.by, say.say("chart.target_by", code=target.code))
        for target in desk.queries.targets()
        if target.by
    ]
    return (*issued, *waves, *targets)
