"""What is seen at a glance: the board, the wall chart, the coverage of the programme, the days."""

from dataclasses import dataclass
from datetime import date

from engine.core.calendar import CalendarError
from engine.core.lamps import Light
from templates.wall import wall_svg
from web import chart
from web.api.operation import Call, Operations, Reply
from web.api.shapes import Named, ProjectLine, named, row_shown

OPERATIONS = Operations()


@dataclass(frozen=True, slots=True)
class OfDay:
    """The day asked about; today where left out."""

    on: date | None = None


@dataclass(frozen=True, slots=True)
class StayShown:
    """An actual stay in a stage; `left_on` None while it lasts."""

    entered_on: date
    left_on: date | None


@dataclass(frozen=True, slots=True)
class BarShown:
    """A stage of a project: planned span, granted extension, actual stays.

    `provisional` marks planned days that rest on a year whose notice is not out yet.
    `window_from` is the first day of a window that the source names; `early` says that the stage
    began before it.
    """

    stage: Named
    planned_from: date | None
    planned_to: date | None
    extended_to: date | None
    provisional: bool
    window_from: date | None
    early: bool
    stays: list[StayShown]


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One project of the board with its bars."""

    project: ProjectLine
    bars: list[BarShown]


@dataclass(frozen=True, slots=True)
class BoardShown:
    """Every project that the post may see, as of a day; `lamps` counts them by light."""

    on: date
    lamps: dict[str, int]
    items: list[BoardLine]


@dataclass(frozen=True, slots=True)
class TargetShown:
    """A target of the programme: how far it is met; None where nobody has counted yet."""

    code: str
    words: str
    by: date | None
    have: int
    total: int | None
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class ProgrammeShown:
    """What a notice started."""

    code: str
    name: str
    issuer: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class CoverageShown:
    """The programmes and their targets."""

    programmes: list[ProgrammeShown]
    targets: list[TargetShown]


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day of the calendar. `provisional` marks a year whose notice is not out yet."""

    on: date
    working: bool
    name: str | None
    provisional: bool
    version: str


@OPERATIONS.get("board", "/board", BoardShown, OfDay)
def board(call: Call) -> Reply:
    """Return the board of a day."""
    rows, say = call.desk.queries.board(call.query.on, call.org), call.say
    lines = [
        BoardLine(
            row_shown(say, row),
            [
                BarShown(
                    named(say, row.workflow, "stage", bar.stage), bar.planned_from,
                    bar.planned_to, bar.extended_to, bar.provisional, bar.window_from,
                    bar.is_early,
                    [StayShown(*stay) for stay in bar.stays],
                )
                for bar in row.bars
            ],
        )
        for row in rows
    ]  # fmt: skip
    lights = [row.lamp.light for row in rows]
    counts = {light.value: lights.count(light) for light in Light if light in lights}
    return Reply(BoardShown(call.query.on or call.today, counts, lines))


@OPERATIONS.get("wall", "/wall.svg", None, OfDay)
def wall(call: Call) -> Reply:
    """Return the wall chart as a drawing."""
    rows = call.desk.queries.board(call.query.on, call.org)
    simulated, day = call.site.is_simulated, call.query.on or call.today
    drawn = chart.wall(call.desk, call.say, day, rows, simulated=simulated, links="/p/")
    return Reply(wall_svg(drawn, call.say.locale))


@OPERATIONS.get("coverage", "/coverage", CoverageShown, OfDay)
def coverage(call: Call) -> Reply:
    """Return how far the targets of the programme are met."""
    queries = call.desk.queries
    return Reply(
        CoverageShown(
            [ProgrammeShown(p.code, p.name, p.issuer, p.issued_on) for p in queries.programmes()],
            [
                TargetShown(
                    row.target.code, row.target.words, row.target.by, row.have, row.total,
                    row.is_met,
                )
                for row in queries.coverage(call.query.on)
            ],
        )
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NeedShown:
    """A local value that nobody has given: the words, where they stand, what would be right."""

    code: str
    where: str
    line: int | None
    place: str
    name: str
    words: str
    clauses: list[str]
    projects: list[str]
    right: str


@dataclass(frozen=True, slots=True)
class NeedsShown:
    """Everything that needs a local value, in the projects that the post may see."""

    items: list[NeedShown]


@OPERATIONS.get("needs", "/needs", NeedsShown)
def needs(call: Call) -> Reply:
    """Return what needs a local value."""
    codes = {state.project.code for state, _ in call.desk.inbox.seen_by(call.org)}
    say = call.say
    return Reply(
        NeedsShown(
            [
                NeedShown(
                    one.code, one.where, one.line, one.place, one.name[say.locale], one.words,
                    list(one.clauses), list(one.projects), say.need(one),
                )
                for one in call.desk.needs.listed(codes)
            ]
        )
    )  # fmt: skip


@OPERATIONS.get("calendar", "/calendar", DayShown, OfDay)
def calendar(call: Call) -> Reply:
    """Return whether a day is a working day, by the calendar as known today.

    Raises:
        UsageError: the calendar does not reach that far.
    """
    house, day = call.desk.house, call.query.on or call.today
    with house.database.read() as cursor:
        known = house.calendar(cursor, call.today)
    try:
        return Reply(
            DayShown(
                day, known.is_working(day), known.name_of(day), known.is_provisional(day),
                known.version,
            )
        )  # fmt: skip
    except CalendarError as error:
        raise error.told() from error
