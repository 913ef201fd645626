"""Where definitions are found: a file, the database of the call, or those that are shipped."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path

from cli import stores
from cli.forms import OFFICE
from cli.options import Reading
from cli.session import Session, opened
from cli.setting import Setting
from engine.core.calendar import Calendar
from engine.core.deadlines import local_day
from engine.core.definition import Workflow
from engine.core.errors import UnknownObjectError
from engine.core.rows import Published
from engine.services.house import CALENDARS, WORKFLOWS
from workflows import calendars_reader, reader


@dataclass(frozen=True, slots=True)
class Found:
    """A workflow and where it was found: ``file``, ``published`` or ``shipped``."""

    workflow: Workflow
    source: str


def published(session: Session, stream: str) -> list[Published]:
    """Return what is published in a register, oldest first; may be empty."""
    with session.desk.house.database.read() as cursor:
        state = session.desk.house.store(cursor).find(stream)
    return list(state.rows(Published)) if state else []


def has_database(given: Reading) -> bool:
    """Return whether the call has a database to ask; a file that is not there is not made."""
    return stores.exists(stores.address(given.db))


def workflows(setting: Setting, given: Reading) -> list[Found]:
    """Return every workflow that can be named, the published ones first, oldest first."""
    found: list[Found] = []
    if has_database(given):
        with opened(setting, given) as session:
            rows = published(session, WORKFLOWS)
        found += [Found(reader.read_workflow(row.text, row.key), "published") for row in rows]
    held = {each.workflow.digest for each in found}
    shipped = [Found(reader.load_workflow(path), "shipped") for path in reader.shipped().values()]
    return [*found, *(each for each in shipped if each.workflow.digest not in held)]


def workflow(setting: Setting, given: Reading, name: str) -> Found:
    """Return a workflow by its file, its key (the newest version) or ``key@version``.

    Raises:
        DefinitionError: the file is at fault.
        UnknownObjectError: there is neither a file nor a workflow of that name.
    """
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        return Found(reader.load_workflow(path), "file")
    key, _, version = name.partition("@")
    known = workflows(setting, given)
    wanted = [
        each
        for each in known
        if each.workflow.key == key and version in ("", str(each.workflow.version))
    ]
    if not wanted:
        names = sorted({f"{each.workflow.key}@{each.workflow.version}" for each in known})
        near = get_close_matches(name, names, cutoff=0.3) or names
        raise UnknownObjectError("workflow", name, tuple(near))
    return max(wanted, key=lambda each: each.workflow.version)


def calendar(
    setting: Setting, given: Reading, known_on: date | None = None, org: str | None = None
) -> Calendar:
    """Return the working days: those of the database, or of the files that are shipped.

    Args:
        setting: the call's.
        given: which database, and which moment it is.
        known_on: as they were known on this day; today, or all that is shipped, when None.
        org: with the own days of this org and of those above it.

    Raises:
        UnknownObjectError: the register has no such org; without a database there is none.
    """
    if has_database(given):
        with opened(setting, given) as session:
            session.pretend()
            if published(session, CALENDARS):
                orgs = registered(session)
                if org is not None and org not in orgs:
                    raise UnknownObjectError("org", org, tuple(get_close_matches(org, orgs)))
                return session.desk.calendars.known(known_on or session.today(), org)
    if org is not None:
        raise UnknownObjectError("org", org)
    shipped = calendars_reader.load_calendar()
    return shipped.known_on(known_on) if known_on else shipped


def this_year(setting: Setting, given: Reading) -> int:
    """Return the present year: by the clock of the database, else that of this machine."""
    if not has_database(given):
        at = given.at or datetime.now(UTC)
        return local_day(at, OFFICE).year
    with opened(setting, given) as session:
        session.pretend()
        return session.today().year


def registered(session: Session) -> tuple[str, ...]:
    """Return the codes of the orgs in the register, in order; may be empty."""
    with session.desk.house.database.read() as cursor:
        return tuple(sorted(session.desk.house.directory(cursor).orgs))
