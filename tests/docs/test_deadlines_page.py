"""Every worked deadline of the page is what the product reckons on the shipped calendars."""

from dataclasses import replace
from datetime import date

import pytest

from engine.core.arrangements import Arrangement
from engine.core.cadences import first_owed, is_owed
from engine.core.cutoff import act_day
from engine.core.deadlines import local_moment, rung_day
from engine.core.definition import CutOff, DueRule, PauseRule, Roll, Unit
from engine.core.lamps import Light
from engine.core.periods import Period
from engine.core.phrases import PhraseReading, read_phrase
from engine.core.recurrence import Cadence, Every, FirstPeriod, Interval, SuspendedPeriod
from engine.core.rows import Dated, Grant, Pause
from engine.core.schedule import schedule
from engine.core.state import Draft, State
from engine.core.timing import lateness
from engine.core.windows import is_early, window_of
from templates.words import words
from tests.builders import Story
from tests.docs.pages import Row, checked
from workflows.calendars_reader import load_calendar
from workflows.reader import load_workflow, shipped

CALENDAR = load_calendar()


def worked(table: str) -> pytest.MarkDecorator:
    """Run a test once for each row of a checked table of the deadlines."""
    found = checked("docs/reference/deadlines.md", table)
    return pytest.mark.parametrize("row", found, ids=lambda row: " ".join(list(row.values())[:4]))


def reckoned(
    row: Row, pauses: tuple[Pause, ...] = (), grants: tuple[Grant, ...] = ()
) -> tuple[str, str]:
    """Return the original and the present due day of a row, as pages write them."""
    rule = DueRule(
        "opened", int(row.get("Count") or row.get("Working days", "0")),
        Unit(row.get("Unit", "working_day")), Roll(row.get("Roll", "none")),
        PauseRule(row.get("Pause", "working_days")),
    )  # fmt: skip
    start = date.fromisoformat(row["From"])
    found = schedule(rule, start, start, pauses, grants, CALENDAR)
    return str(found.original), str(found.due)


@worked("schedule")
def test_days_are_counted_as_the_page_says(row: Row) -> None:
    assert reckoned(row)[1] == row["Due"]


@worked("counts_start")
def test_days_are_counted_with_their_first_as_the_page_says(row: Row) -> None:
    rule = DueRule("opened", int(row["Count"]), Unit(row["Unit"]), counts_start=True)
    start = date.fromisoformat(row["From"])

    assert str(schedule(rule, start, start, (), (), CALENDAR).due) == row["Due"]


@worked("close")
def test_what_is_entered_after_close_counts_as_the_page_says(row: Row) -> None:
    workflow = replace(load_workflow(shipped()["pilot_project"]), closes_at="17:30")
    rule = DueRule("opened", until=CutOff.CLOSE)
    on, (known, hour) = date.fromisoformat(row["Happened on"]), row["Entered at"].split()
    at = local_moment(date.fromisoformat(known), hour, workflow.timezone)
    story = Story(workflow=workflow, calendar=CALENDAR)

    counted = act_day(replace(story.frame("county"), now=at, occurred_on=on), rule)

    assert str(counted) == row["Counts for"]
    assert lateness(date(2017, 12, 15), counted, CALENDAR) == int(row["Days late"])


@worked("suspended")
def test_suspended_periods_are_owed_as_the_page_says(row: Row) -> None:
    cadence = Cadence(Interval(Every.MONTH), suspended=SuspendedPeriod(row["Suspended"]))
    workflow = load_workflow(shipped()["pilot_project"])
    task = replace(workflow.tasks["supervision"], cadence=cadence)
    pause = Pause(1, "suspended", date(2018, 2, 20), date(2018, 4, 10))
    draft = Draft(State("p", tables={Pause.table: {1: pause}}))
    months = [Period(2018, "month", n) for n in range(1, 6)]

    owed = [month.key for month in months if is_owed(draft, task, month)]

    assert ", ".join(owed) == row["Owed"]


@worked("between")
def test_stretches_have_as_many_working_days_as_the_page_says(row: Row) -> None:
    first, last = date.fromisoformat(row["First day"]), date.fromisoformat(row["Last day"])
    eve = date.fromordinal(first.toordinal() - 1)

    assert CALENDAR.between(eve, last) == int(row["Working days"])


@worked("known")
def test_what_was_known_gives_the_day_the_page_says(row: Row) -> None:
    calendar = CALENDAR.known_on(date.fromisoformat(row["Known on"]))

    found = calendar.shift(date.fromisoformat(row["From"]), int(row["Working days"]))

    assert (str(found.day), found.provisional) == (row["Due"], row["Provisional"] == "yes")


CITY = Arrangement(
    id="city-2018.1", region="city", years=(2018,), published_on=date(2018, 1, 8),
    off=frozenset({date(2018, 1, 22), date(2018, 1, 23)}),
)  # fmt: skip
COUNTY = Arrangement(
    id="county-2018.1", region="county", years=(2018,), published_on=date(2018, 1, 9),
    work=frozenset({date(2018, 1, 27)}),
)  # fmt: skip
CHAINS = {"none": (), "city": ("city",), "county, below the city": ("county", "city")}


@worked("own_days")
def test_own_days_count_for_whom_the_page_says(row: Row) -> None:
    seen = CALENDAR.overlay(CITY).overlay(COUNTY).seen_by(CHAINS[row["Sponsor"]])

    assert str(seen.shift(date(2018, 1, 19), 5).day) == row["Due"]


@worked("moves")
def test_a_paper_moves_what_the_page_says(row: Row) -> None:
    start, count = date.fromisoformat(row["From"]), int(row["Working days"])
    stands, anew = (
        CALENDAR.known_on(date.fromisoformat(row[key])).shift(start, count)
        for key in ("Known on", "Paper of")
    )

    assert (str(stands.day), stands.provisional) == (row["Stands"], row["Provisional"] == "yes")
    assert (str(anew.day), anew.provisional) == (
        row["Counted anew"], row["Provisional then"] == "yes",
    )  # fmt: skip


@worked("pause")
def test_a_suspension_gives_back_what_the_page_says(row: Row) -> None:
    begun, over = (date.fromisoformat(row[key]) for key in ("Suspended from", "Resumed on"))

    assert reckoned(row, (Pause(1, "suspended", begun, over),)) == (row["Original due"], row["Due"])


@worked("grant")
def test_an_extension_counts_from_the_current_due_day(row: Row) -> None:
    asked, decided, due = (
        date.fromisoformat(row[key]) for key in ("Asked on", "Decided on", "Due")
    )
    grant = Grant(
        1, task=1, asked_on=asked, asked_by="R11", unit=row["Unit"], was_due=due,
        decided_on=decided, decision="granted", days=int(row["Granted days"]),
    )  # fmt: skip
    plain = {"From": row["Due"], "Count": "0"}

    assert reckoned(plain, (), (grant,)) == (row["Due"], row["New due"])


@worked("first")
def test_the_first_period_is_owed_as_the_page_says(row: Row) -> None:
    begun = date.fromisoformat(row["Begins on"])

    period = first_owed(Period.of(begun, row["Every"]), begun, FirstPeriod(row["First"]))

    assert period.key == row["First period"]


@worked("period")
def test_occurrences_fall_due_as_the_page_says(row: Row) -> None:
    rule = load_workflow(shipped()["pilot_project"]).tasks[row["Task"]].due
    last = Period.parse(row["Period"]).last

    assert rule is not None
    assert str(schedule(rule, last, last, (), (), CALENDAR).due) == row["Due"]


def test_rungs_lie_where_the_page_says() -> None:
    ladder = load_workflow(shipped()["pilot_project"]).ladder_of(None)
    due = date(2017, 11, 30)

    assert ladder is not None
    assert checked("docs/reference/deadlines.md", "rungs") == [
        {
            "Rung": rung.key,
            "Working days": str(rung.days),
            "Day": str(rung_day(due, rung, CALENDAR)),
        }
        for rung in ladder.rungs
    ]


def readings(found: PhraseReading) -> str:
    """Return what a phrase may mean, as the page writes it."""
    if found.count is not None and found.unit is not None:
        return f"{found.count} {found.unit.value}"
    if found.readings:
        return ", ".join(str(day) for _, day in found.readings)
    return f"{found.first} to {found.last}" if found.first else "–"


@worked("phrases")
def test_phrases_read_as_the_page_says(row: Row) -> None:
    found = read_phrase(row["Words"], date.fromisoformat(row["Issued on"]))

    assert (found.kind, readings(found)) == (row["Kind"], row["Readings"])
    assert found.ambiguous == (row["Needs a choice"] == "yes")


@worked("windows")
def test_windows_open_as_the_page_says(row: Row) -> None:
    held = Dated(1, name="date", words=row["Words"], on=date.fromisoformat(row["Chosen day"]))
    window = window_of(held)

    assert (str(window.first) if window else "–") == row["First day"]
    assert is_early(window, date.fromisoformat(row["Began on"])) == (row["Early"] == "yes")


def test_the_lamps_are_those_of_the_product() -> None:
    told = {
        row["Lamp"].strip("`"): row["界面"]
        for row in checked("docs/reference/deadlines.md", "lamps")
    }

    assert told == {light.value: words("zh").say(f"lamp.{light}") for light in Light}
