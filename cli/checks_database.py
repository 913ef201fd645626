"""What `doctor` looks at in a database: reachable, revision, clock, server, calendar, workers."""

from collections.abc import Iterator

import bootstrap
from cli import checks, stores
from cli.checks import Check, State
from cli.output import clock_time
from engine.core.deadlines import local_day
from engine.core.errors import ShidianError
from engine.services.calendars import missing_years
from engine.services.clocks import SimulatedClock
from engine.services.house import CALENDARS
from engine.storage import schema, workers
from engine.storage.database import Database
from scheduler import STALE_SECONDS

OLDEST_SERVER = 15


def all_of(url: str) -> Iterator[Check]:
    """Yield every check of a database; nothing is made, and what cannot be asked is left out."""
    path = stores.file_of(url)
    if path is not None:
        yield checks.disk(path if path.exists() else path.parent)
    if not stores.exists(url):
        yield Check("database", State.WARN, {"url": stores.shown(url)})
        return
    with stores.connected(url) as database:
        yield from _asked(url, database)


def _asked(url: str, database: Database) -> Iterator[Check]:
    try:
        held = schema.current(database)
    except Exception as error:  # noqa: BLE001  # whatever a driver raises is the answer here
        yield Check("database", State.FAIL, {"url": stores.shown(url), "detail": _first(error)})
        return
    yield Check("database", State.OK, {"url": stores.shown(url)})
    if database.is_postgres:
        yield from _server(database)
    newest = schema.newest()
    state = State.OK if held == newest else State.FAIL
    yield Check("revision", state, {"held": held or "-", "newest": newest})
    if state is State.OK:
        yield from _inside(url, database)


def _first(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _server(database: Database) -> Iterator[Check]:
    version, fsync = stores.server(database)
    state = State.OK if version >= OLDEST_SERVER else State.FAIL
    yield Check("server", state, {"version": version, "oldest": OLDEST_SERVER})
    yield Check("fsync", State.OK if fsync == "on" else State.FAIL, {"value": fsync})


def _inside(url: str, database: Database) -> Iterator[Check]:
    kind = stores.setting(database, "clock") or "-"
    if stores.is_unset(database):
        yield Check("clock", State.WARN)
        return
    yield Check("clock", State.OK, {"kind": kind})
    try:
        with bootstrap.open(url, kind) as desk:
            yield calendar(desk)
            yield deadlines(desk)
            yield from clockwork(desk)
    except ShidianError as error:
        yield Check("calendar", State.FAIL, {"year": "-", "detail": _first(error)})
    yield heartbeat(database, is_simulated=kind == SimulatedClock.kind)


def calendar(desk: bootstrap.Desk) -> Check:
    """Judge whether the years that deadlines reach are published."""
    house = desk.house
    with house.database.read() as cursor:
        today = local_day(house.now(cursor), house.ports.timezone)
        if house.store(cursor).seq_of(CALENDARS) == 0:
            return Check("calendar", State.FAIL, {"year": today.year})
        known = house.calendar(cursor, today)
    missing = missing_years(known, today)
    if not missing:
        return Check("calendar", State.OK, {"year": today.year})
    state = State.FAIL if missing[0] == today.year else State.WARN
    return Check("calendar", state, {"year": missing[0]})


def deadlines(desk: bootstrap.Desk) -> Check:
    """Judge whether open deadlines rest on a year not published, or wait to be confirmed."""
    found = desk.calendars.outlook()
    facts = {"provisional": found.provisional, "unconfirmed": found.unconfirmed}
    return Check("deadlines", State.WARN if any(facts.values()) else State.OK, facts)


def clockwork(desk: bootstrap.Desk) -> Iterator[Check]:
    """Yield when the house was last swept, whether its clock is right, what reached nobody."""
    found, zone = desk.queries.pulse(), desk.house.ports.timezone
    if found.swept_at is not None:
        state = State.WARN if found.is_old else State.OK
        yield Check("swept", state, {"at": clock_time(found.swept_at, zone)})
    if found.alarm is not None:
        moments = {"at": found.alarm.found_at, "expected": found.alarm.expected_at}
        facts = {key: clock_time(moment, zone) for key, moment in moments.items()}
        yield Check(f"clock_{found.alarm.kind}", State.FAIL, facts)
    if found.undeliverable:
        yield Check("undeliverable", State.WARN, {"n": found.undeliverable})


def heartbeat(database: Database, *, is_simulated: bool) -> Check:
    """Judge when a worker last lived; a simulation needs none."""
    with database.read() as cursor:
        now = database.clock(cursor)
        beats = [beat for _, beat, _ in workers.all_of(database, cursor)]
    if not beats:
        return Check("never_worked", State.OK if is_simulated else State.WARN)
    seconds = int((now - max(beats)).total_seconds())
    stale = State.OK if is_simulated else State.FAIL
    return Check("worker", State.OK if seconds <= STALE_SECONDS else stale, {"seconds": seconds})
