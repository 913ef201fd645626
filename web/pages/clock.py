"""The banner of a simulated clock: a day forward, or to the next thing that happens."""

from web.asked import Answer, Asked, Go
from web.pages.entrance import local
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()


@ROUTES.post("/clock", Rule.SIMULATED)
def forward(asked: Asked) -> Answer:
    """Move the simulated clock and sweep, as the worker does."""
    story = asked.site.story
    assert story is not None  # the rule lets nobody in where time is real
    if asked.typed("to") == "event":
        story.to_next_event()
    else:
        story.forward_a_day()
    return Go(local(asked.typed("next")))
