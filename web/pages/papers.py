"""Papers of a project, served so that a browser only ever keeps them."""

from web.asked import Answer, Asked, File
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()


@ROUTES.get("/file/{code}/{digest}", Rule.SIGNED_IN)
def paper(asked: Asked) -> Answer:
    """Return a paper that the project cites."""
    code, digest = str(asked.at["code"]), str(asked.at["digest"])
    held, content = asked.site.desk.papers.show(code, digest, asked.visitor.org)
    return File(content, held.media_type, held.name)
