"""挂图作战 on a screen on the wall: under a secret address, nobody signed in, nothing to press.

The address shows what its owner's post may see of the wall, and nothing else; it ends with the
token, the post or the account.
"""

from zoneinfo import ZoneInfo

from engine.core.errors import UnknownObjectError
from engine.services.tokens import WALL
from templates.wall import wall_facts
from web import chart
from web.api.answering import bearer_with
from web.asked import Answer, Asked, Page
from web.routes import Routes
from web.rules import Rule
from web.words import speech

ROUTES = Routes()
EVERY_SECONDS = 60
"""How often the screen asks anew; the lamps turn once a day, and when somebody acts."""


@ROUTES.get("/display/{secret}", Rule.OPEN)
def display(asked: Asked) -> Answer:
    """Show the wall of a token's owner, in the owner's language, as of this minute.

    Raises:
        UnknownObjectError: the secret opens nothing, or no wall.
    """
    bearer = bearer_with(asked.site, str(asked.at["secret"]))
    if bearer is None or not bearer.token.has(WALL):
        raise UnknownObjectError("token", "display")
    desk, say, zone = asked.site.desk, speech(bearer.account.locale), asked.site.timezone
    with desk.house.database.read() as cursor:
        now = desk.house.now(cursor).astimezone(ZoneInfo(zone))
    rows = desk.queries.board(None, bearer.post.org)
    drawn = chart.wall(desk, say, now.date(), rows, simulated=asked.site.is_simulated)
    return Page(
        "display.html.j2",
        {**wall_facts(drawn, say), "every": EVERY_SECONDS, "time": f"{now:%H:%M}"},
    )
