"""挂图作战: the whole of what a post may see at a glance, as one drawing or as a list."""

from contextlib import suppress
from datetime import date

from engine.core.lamps import Light
from templates.wall import Wall, wall_facts, wall_svg
from web import chart
from web.asked import Answer, Asked, File, Page
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()


@ROUTES.get("/wall", Rule.SIGNED_IN)
def wall(asked: Asked) -> Answer:
    """Show the chart, as of today or of a day asked for; one lamp alone where it is named."""
    drawn = _wall(asked)
    lamp, display = asked.query.get("lamp", ""), asked.query.get("display", "")
    facts = {**wall_facts(drawn, asked.say), "lamp": lamp, "display": display}
    return Page(
        "wall.html.j2", {**facts, "asof": asked.query.get("asof", ""), "title": drawn.title}
    )


@ROUTES.get("/wall.svg", Rule.SIGNED_IN)
def drawing(asked: Asked) -> Answer:
    """Return the drawing alone, to be put into a document."""
    return File(wall_svg(_wall(asked), asked.say.locale), "image/svg+xml", "wall.svg")


def _wall(asked: Asked) -> Wall:
    desk, on = asked.site.desk, None
    with suppress(ValueError):
        on = date.fromisoformat(asked.query.get("asof", ""))
    rows = desk.queries.board(on, asked.visitor.org)
    if asked.query.get("lamp") in set(Light):
        rows = [row for row in rows if row.lamp.light == asked.query["lamp"]]
    day = on or desk.queries.today(asked.site.timezone)
    return chart.wall(desk, asked.say, day, rows, simulated=asked.site.is_simulated, links="/p/")
