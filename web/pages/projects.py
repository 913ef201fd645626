"""项目台账: every project the post may see, searched and filtered."""

from dataclasses import dataclass

from engine.core.lamps import Lamp, Light
from engine.core.rows import Project
from engine.services.board import BoardRow
from templates.facts import due_day
from templates.words import Words
from web.asked import Answer, Asked, Go, Page
from web.facing import MARKS
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One project of the register."""

    project: Project
    mark: str
    light: str
    reason: str
    region: str
    stage: str
    due: str
    holder: str


@ROUTES.get("/projects", Rule.SIGNED_IN)
def projects(asked: Asked) -> Answer:
    """Show the register; every filter stands in the address, so that a view can be kept."""
    rows = asked.site.desk.queries.board(org=asked.visitor.org)
    chosen = {name: asked.query.get(name, "") for name in ("q", "region", "stage", "lamp", "wave")}
    found = [row for row in rows if _fits(asked, row, chosen)]
    if _names_one(asked, found):
        return Go(f"/p/{found[0].project.code}")
    start = (
        max(0, int(asked.query.get("from", "0") or 0))
        if asked.query.get("from", "0").isdecimal()
        else 0
    )
    facts = {
        "lines": [_line(asked, row) for row in found[start : start + PAGE]], "n": len(found),
        "total": len(rows), "chosen": chosen, "start": start,
        "next": start + PAGE if start + PAGE < len(found) else None,
        "back": max(0, start - PAGE) if start else None, "choices": _choices(asked, rows),
        "query": "&".join(f"{name}={value}" for name, value in chosen.items() if value),
    }  # fmt: skip
    return Page("projects.html.j2", facts)


def _names_one(asked: Asked, found: list[BoardRow]) -> bool:
    """Return whether a search, without a filter beside it, leaves exactly one project."""
    named = [name for name, value in asked.query.items() if value]
    return named == ["q"] and len(found) == 1


def _fits(asked: Asked, row: BoardRow, chosen: dict[str, str]) -> bool:
    wanted = chosen["q"].casefold()
    text = f"{row.project.code} {row.project.name} {row.region}".casefold()
    pairs = (
        (chosen["region"], row.project.parent), (chosen["stage"], row.project.stage),
        (chosen["lamp"], row.lamp.light.value), (chosen["wave"], row.project.wave),
    )  # fmt: skip
    return wanted in text and all(not given or given == held for given, held in pairs)


def _line(asked: Asked, row: BoardRow) -> Line:
    say, lamp = asked.say, row.lamp
    holder = say.name(row.workflow, "role", lamp.holder) if lamp.holder else ""
    return Line(
        row.project, MARKS[lamp.light], say.light(lamp), say.lamp(lamp, row.workflow), row.region,
        say.name(row.workflow, "stage", row.project.stage), _due(say, lamp), holder,
    )  # fmt: skip


def _due(say: Words, lamp: Lamp) -> str:
    return due_day(say, lamp.due, provisional=lamp.provisional) if lamp.due else ""


def _choices(asked: Asked, rows: list[BoardRow]) -> dict[str, list[tuple[str, str]]]:
    say = asked.say
    regions = {row.project.parent or "": row.region for row in rows}
    stages = {
        key: stage.name.get(say.locale, key)
        for row in rows
        for key, stage in row.workflow.stages.items()
    }
    waves = {wave.code: wave.name for wave in asked.site.desk.queries.waves()}
    lights = {row.lamp.light for row in rows}
    lamps = [(light.value, say.light(Lamp(light))) for light in Light if light in lights]
    return {
        "region": sorted(regions.items()), "stage": list(stages.items()), "lamp": lamps,
        "wave": list(waves.items()),
    }  # fmt: skip
