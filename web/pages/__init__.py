"""Every page of the desk, one module a subject."""

from web.pages import (
    beside,
    clock,
    entrance,
    inbox,
    links,
    me,
    papers,
    people,
    project,
    projects,
    tokens,
    wall,
)
from web.routes import Route

PAGES: tuple[Route, ...] = (
    *entrance.ROUTES, *inbox.ROUTES, *projects.ROUTES, *project.ROUTES, *wall.ROUTES,
    *me.ROUTES, *people.ROUTES, *tokens.ROUTES, *clock.ROUTES, *beside.ROUTES, *papers.ROUTES,
    *links.ROUTES,
)  # fmt: skip
