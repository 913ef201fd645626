"""Builders: a house with everything published, and projects anywhere in their lifecycle."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import bootstrap
from bootstrap import SYSTEM, Desk
from engine.core.calendar import Calendar
from engine.core.commands import Command, Open, Phrase
from engine.core.deadlines import local_day
from engine.core.definition import ActionKind, Workflow
from engine.core.directory import Directory
from engine.core.events import Actor, NoticeRequest, NoticeText
from engine.core.needs import Places
from engine.core.plan import Plan
from engine.core.rows import Org, Post
from engine.core.state import State
from engine.services import house as houses
from engine.services import registers
from engine.services.clocks import SimulatedClock
from engine.services.lifecycle import Ask, Receipt, stream_of
from engine.services.ports import Clock, Ports, Renderer
from engine.services.registers import Publication
from engine.storage.database import Database
from tests.services.lifting import advance
from workflows import calendars_reader, reader
from workflows.book import read_book

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "examples" / "suining" / "book.yaml"
SECOND = ROOT / "tests" / "workflows" / "equipment_trial.yaml"
"""A workflow of another trade, which nothing in the product may be surprised by."""

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2017, 8, 31, 1, tzinfo=UTC)
"""The moment at which a house's clock stands when it is built: 09:00 of the notice's day."""

HOSPITAL: tuple[Org | Post, ...] = (
    Org(1, "H", "示例医院", "hospital"),
    Org(1, "HW", "示例三病区", "ward", "H"),
    Org(1, "HS", "示例器械公司", "supplier"),
    Org(1, "HI", "示例评估所", "institute"),
    Post(1, "HW1", "HW", "病区主任", "ward_manager"),
    *(Post(1, f"HW{n}", "HW", f"骨干使用者{n}", "key_user") for n in range(2, 8)),
    Post(1, "H1", "H", "医疗器械专员", "device_officer"),
    Post(1, "H2", "H", "信息安全员", "it_security"),
    Post(1, "H3", "H", "数据保护专员", "data_protection"),
    Post(1, "H4", "H", "感染控制护士", "hygiene"),
    Post(1, "H5", "H", "采购员", "purchasing"),
    Post(1, "H6", "H", "医疗院长", "medical_director"),
    Post(1, "H7", "H", "行政院长", "managing_director"),
    Post(1, "HS1", "HS", "供应商联系人", "supplier_contact"),
)


class PlainLetters:
    """A renderer whose notices say only what was asked, for tests that read no wording."""

    def notice(
        self, request: NoticeRequest, workflow: Workflow, directory: Directory, locale: str
    ) -> NoticeText:
        """Return the request itself as text."""
        said = f"{request.template} {request.post} {request.args.get('due')}"
        return NoticeText(f"{request.rung} {locale}", said, f"<p>{said}</p>")


class KeptReaders:
    """The readers of the product; what they have read once they keep."""

    def workflow(self, text: str) -> Workflow:
        """Return the workflow of a published text."""
        return _workflow(text)

    def calendar(self, texts: Iterable[str]) -> Calendar:
        """Return the calendar of published arrangements."""
        return _calendar(tuple(texts))

    def places(self, text: str) -> Places:
        """Return where the values of a published workflow stand."""
        return bootstrap.READERS.places(text)


@cache
def _workflow(text: str) -> Workflow:
    return bootstrap.READERS.workflow(text)


@cache
def _calendar(texts: tuple[str, ...]) -> Calendar:
    return bootstrap.READERS.calendar(texts)


READERS = KeptReaders()


@cache
def suining() -> Plan:
    """Return the plan of the shipped example."""
    return read_book(BOOK)


@cache
def publication(path: Path) -> Publication:
    """Return a workflow file as a publication."""
    return bootstrap.workflow_publication(path)


@cache
def calendars() -> tuple[Publication, ...]:
    """Return the shipped calendar files as publications."""
    files = calendars_reader.arrangement_files()
    return tuple(bootstrap.calendar_publication(path) for path in files)


def an_empty_house(
    database: Database, *, clock: Clock | None = None, renderer: Renderer | None = None
) -> Desk:
    """Return the services of a new house in which nothing was ever said."""
    ports = Ports(clock or SimulatedClock(), READERS, renderer or PlainLetters())
    return bootstrap._desk(houses.create(database, ports))


def a_house(
    database: Database, *, at: datetime = START, renderer: Renderer | None = None,
    workflows: tuple[Path, ...] = (),
) -> Desk:  # fmt: skip
    """Return a house with both workflows and the calendars published and the register filled.

    Args:
        database: an empty one.
        at: where the simulated clock stands.
        renderer: what writes the notices; plain ones when None.
        workflows: further workflow files to publish.
    """
    desk = an_empty_house(database, renderer=renderer)
    go_to(desk, at)
    with database.write() as cursor:
        for path in (*reader.shipped().values(), SECOND, *workflows):
            registers.publish_workflow(desk.house, cursor, publication(path), SYSTEM)
        for new in calendars():
            registers.publish_calendar(desk.house, cursor, new, SYSTEM)
        rows: list[Org | Post] = [*suining().orgs, *suining().posts, *HOSPITAL]
        registers.enter(desk.house, cursor, rows, SYSTEM)
    return desk


def entered(
    database: Database, *, clock: Clock | None = None, renderer: Renderer | None = None
) -> Desk:  # fmt: skip
    """Return the services of a house that exists."""
    ports = Ports(clock or SimulatedClock(), READERS, renderer or PlainLetters())
    return bootstrap._desk(houses.enter(database, ports))


def again(desk: Desk, *, clock: Clock | None = None, renderer: Renderer | None = None) -> Desk:
    """Return the services as another process would have them: other connections, nothing kept."""
    return entered(Database(desk.house.database.url), clock=clock, renderer=renderer)


def moment(text: str, zone: str = "Asia/Shanghai") -> datetime:
    """Return a moment given as ``2017-09-22 09:30`` by the office's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def go_to(desk: Desk, at: datetime | str) -> None:
    """Move the simulated clock forward to a moment; a day alone means nine in the morning."""
    if isinstance(at, str):
        at = moment(at if " " in at else f"{at} 09:00")
    clock = desk.house.ports.clock
    assert isinstance(clock, SimulatedClock)
    clock.move(desk.house.database, at)


def sleep_days(desk: Desk, days: int) -> date:
    """Let days pass in which nobody does anything; return the day it then is."""
    with desk.house.database.read() as cursor:
        now = desk.house.now(cursor)
    go_to(desk, now + timedelta(days=days))
    return local_day(now + timedelta(days=days), "Asia/Shanghai")


def actor(desk: Desk, post: str, **more: str) -> Actor:
    """Return who acts for a post of the register."""
    return desk.actor(post, **more)


def do(
    desk: Desk, code: str, post: str, command: Command, on: date | str | None = None,
    **more: str | int,
) -> Receipt:  # fmt: skip
    """Ask something of a project as one post; `more` are further fields of the request."""
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return desk.lifecycle.act(code, Ask(command, actor(desk, post), day, **more))  # type: ignore[arg-type]  # by name


def state_of(desk: Desk, code: str) -> State:
    """Return a project's rows as the tables hold them."""
    with desk.house.database.read() as cursor:
        state = desk.house.store(cursor).find(stream_of(code))
    assert state is not None, f"no project {code}"
    return state


def an_opening(code: str = "P01", **changed: object) -> Open:
    """Return the request that opens a project of the example, with some fields changed."""
    planned = next(project for project in suining().projects if project.code == code)
    values = {
        "code": planned.code, "name": planned.name, "parties": planned.parties,
        "dates": planned.dates, "parent": planned.parent, "wave": planned.wave,
        "workflow": planned.workflow,
    }  # fmt: skip
    return Open(**{**values, **changed})  # type: ignore[arg-type]  # the fields of Open by name


def a_trial(code: str = "T1", dates: Mapping[str, Phrase] | None = None) -> Open:
    """Return the request that opens an equipment trial."""
    phrases = dates or {
        "delivery": Phrase("九月中旬", date(2017, 9, 15), "中间日"),
        "trial_end": Phrase("年底前", date(2017, 12, 29), "年末"),
        "budget_day": Phrase("一月预算会", date(2018, 1, 31), "月末"),
    }
    return Open(
        code, "超声仪试用", {"ward": "HW", "supplier": "HS"}, phrases, "H", None, "equipment_trial"
    )


def a_running_project(
    desk: Desk, stage: str | None = None, code: str = "P01", opening: Open | None = None
) -> str:
    """Open a project and carry it, gate by gate, to a stage; return its code.

    Every gate is met by acts of posts that may; where a gate waits for a day, the clock moves.
    """
    command = opening or an_opening(code)
    opener = "H1" if command.workflow == "equipment_trial" else "R01"
    do(desk, command.code, opener, command)
    while stage is not None and state_of(desk, command.code).project.stage != stage:
        advance(desk, command.code, _way_on(desk, command.code))
    return command.code


def _way_on(desk: Desk, code: str) -> str:
    with desk.house.database.read() as cursor:
        project = state_of(desk, code).project
        workflow = desk.house.workflow(cursor, project.digest)
    ways = workflow.actions_from(project.stage)
    return next(action.key for action in ways if action.kind is ActionKind.ADVANCE)
