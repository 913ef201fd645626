"""The day that a moment counts for: it ends at midnight, or when the office closes.

Under a rule with ``until: close`` the office's day turns at close of business: what happens later
that day counts for the next working day (Civil Code, article 203). A day given without a moment,
as on a paper that is entered later, counts as it stands.
"""

from datetime import date, datetime

from engine.core.calendar import Calendar
from engine.core.context import Context
from engine.core.deadlines import local_moment
from engine.core.definition import CutOff, DueRule, Workflow


def counted_day(
    workflow: Workflow, rule: DueRule | None, on: date, at: datetime | None, calendar: Calendar
) -> date:
    """Return the day that a day counts for under a rule, as seen at a moment.

    A day that is over is seen after its close, one still to come before it.

    Args:
        workflow: whose office opens and closes.
        rule: the deadline's rule; None has no cut-off.
        on: the office's day.
        at: the UTC moment of looking; None takes the day as it stands.
        calendar: the working days.
    """
    if rule is None or rule.until is not CutOff.CLOSE or at is None or workflow.closes_at is None:
        return on
    if at < local_moment(on, workflow.closes_at, workflow.timezone):
        return on
    return calendar.shift(on, 1).day


def act_day(ctx: Context, rule: DueRule | None) -> date:
    """Return the day that what is done now counts for; an earlier day given counts as it stands."""
    if ctx.occurred_on != ctx.today:
        return ctx.occurred_on
    return counted_day(ctx.workflow, rule, ctx.occurred_on, ctx.now, ctx.calendar)


def beyond(day: date, counted: date | None) -> date | None:
    """Return the counted day where it lies beyond the day itself; rows hold None otherwise."""
    return counted if counted is not None and counted > day else None
