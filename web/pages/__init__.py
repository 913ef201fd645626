"""Every page of the desk, one module a subject."""

from web.pages import clock, entrance, inbox, me, project, projects, tokens, wall
from web.routes import Route

PAGES: tuple[Route, ...] = (
    *entrance.ROUTES, *inbox.ROUTES, *projects.ROUTES, *project.ROUTES, *wall.ROUTES,
    *me.ROUTES, *clock.ROUTES, *tokens.ROUTES,
)  # fmt: skip
