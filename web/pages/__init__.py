"""Every page of the desk, one module a subject."""

from web.pages import (
    audit,
    beside,
    checking,
    clock,
    display,
    entrance,
    exporting,
    flow,
    helping,
    importing,
    inbox,
    links,
    me,
    notices,
    opening,
    outward,
    papers,
    people,
    project,
    projects,
    reminding,
    tokens,
    wall,
    weekly,
)
from web.routes import Route

PAGES: tuple[Route, ...] = (
    *entrance.ROUTES, *inbox.ROUTES, *projects.ROUTES, *project.ROUTES, *wall.ROUTES,
    *me.ROUTES, *people.ROUTES, *tokens.ROUTES, *clock.ROUTES, *beside.ROUTES, *papers.ROUTES,
    *links.ROUTES, *notices.ROUTES, *audit.ROUTES, *helping.ROUTES,
    *weekly.ROUTES, *flow.ROUTES, *checking.ROUTES, *exporting.ROUTES, *display.ROUTES,
    *reminding.ROUTES, *outward.ROUTES,
    *opening.ROUTES, *importing.ROUTES,
)  # fmt: skip
