"""Whether a house can serve, and how much goes on in it, for those who run it."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from engine.core.deadlines import local_day
from engine.services.house import House
from engine.storage import boards, desk_rows, ledger, schema, workers
from engine.storage.ledger import Search
from engine.storage.webhooks import Webhook

SILENT = timedelta(seconds=120)
"""A worker that has not been heard of for so long is taken for dead."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold; `detail` says what was found."""

    name: str
    is_well: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One number by its labels."""

    name: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


def checks(house: House) -> list[Check]:
    """Return database, migration level and worker's heartbeat; what cannot be asked is not well.

    Where time is simulated nobody needs a worker.
    """
    try:
        return [_database(house), _level(house), _worker(house)]
    except Exception as error:  # noqa: BLE001  # whatever the driver raises: it does not answer
        return [Check("database", is_well=False, detail=type(error).__name__)]


def _database(house: House) -> Check:
    with house.database.read() as cursor:
        house.database.clock(cursor)
    return Check("database", is_well=True, detail="answers")


def _level(house: House) -> Check:
    held, newest = schema.current(house.database), schema.newest()
    return Check("migration", held == newest, f"{held or '-'} of {newest}")


def _worker(house: House) -> Check:
    silent = silence(house)
    if house.ports.clock.kind != "real":
        return Check("worker", is_well=True, detail="simulated time")
    if silent is None:
        return Check("worker", is_well=False, detail="never seen")
    return Check("worker", silent <= SILENT, f"{int(silent.total_seconds())} s ago")


def silence(house: House) -> timedelta | None:
    """Return how long ago a worker was last heard of, None where there never was one."""
    with house.database.read() as cursor:
        beats = [beat for _, beat, _ in workers.all_of(house.database, cursor)]
        now = house.database.clock(cursor)
    return now - max(beats) if beats else None


def measures(house: House) -> list[Measure]:
    """Return how many projects, open and late tasks, notices, entries and webhooks there are."""
    database = house.database
    with database.read() as cursor:
        today = local_day(house.now(cursor), house.ports.timezone)
        stages = Counter((p.workflow, p.stage) for _, p in boards.projects(database, cursor))
        owed, late = boards.owed(database, cursor), boards.owed(database, cursor, today)
        notices = Counter[str]()
        for (_, status), count in boards.notice_counts(database, cursor).items():
            notices[status] += count
        entries = ledger.count(database, cursor, Search())
        held = desk_rows.rows(database, cursor, Webhook)
    hooks = Counter(one.state for one in held if one.revoked_at is None)
    silent = silence(house)
    return [
        *(
            Measure("projects", n, (("workflow", workflow), ("stage", stage)))
            for (workflow, stage), n in sorted(stages.items())
        ),
        Measure("tasks_open", len(owed)), Measure("tasks_late", len(late)),
        *(Measure("notices", n, (("status", status),)) for status, n in sorted(notices.items())),
        Measure("entries", entries),
        *(Measure("webhooks", n, (("state", state),)) for state, n in sorted(hooks.items())),
        *([Measure("worker_silence_seconds", silent.total_seconds())] if silent else []),
    ]  # fmt: skip
