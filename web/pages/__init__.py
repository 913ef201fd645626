"""Every page of the desk, one module a subject."""

from web.pages import (
    audit,
    beside,
    checking,
    clock,
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
    papers,
    people,
    project,
    projects,
    tokens,
    wall,
    weekly,
)
from web.routes import Route

PAGES: tuple[Route, ...] = (
    *entrance.ROUTES, *inbox.ROUTES, *projects.ROUTES, *project.ROUTES, *wall.ROUTES,
    *me.ROUTES, *people.ROUTES, *tokens.ROUTES, *clock.ROUTES, *beside.ROUTES, *papers.ROUTES,
    *links.ROUTES, *notices.ROUTES, *audit.ROUTES, *helping.ROUTES,
    *weekly.ROUTES, *flow.ROUTES, *checking.ROUTES, *exporting.ROUTES,
    *opening.ROUTES, *importing.ROUTES,
)  # fmt: skip
