"""流程与规则: what was published, in words: stages, conditions, days, calendars, changes."""

from datetime import date
from typing import Any

from engine.core.arrangements import COUNTRY, HORIZON, Arrangement
from engine.core.differences import differences
from engine.core.errors import UnknownObjectError
from engine.services.publications import Version
from web.asked import Answer, Asked, Go, Page
from web.routes import Routes
from web.rules import Rule
from web.rules_in_words import due_in_words, ladders_in_words, parts_of, roles_in_words
from web.year import months

ROUTES = Routes()
EARLIEST = 1950
"""Years before this one are of no use to an office, and not offered."""


@ROUTES.get("/settings/flow", Rule.PERSONAL)
def flow(asked: Asked) -> Answer:
    """Show every version of every workflow, and the calendars by year."""
    desk = asked.site.desk
    held = desk.publications.arrangements()
    years = sorted({year for one in held for year in one.years}, reverse=True)
    today = desk.people.today()
    facts = {
        "versions": desk.publications.versions(), "years": years, "today": today,
        "outlook": desk.calendars.outlook(), "needs": _needs(asked),
    }  # fmt: skip
    return Page("flow.html.j2", facts)


def _needs(asked: Asked) -> list[dict[str, str]]:
    """Return what needs a local value, in words; an officer of the system sees no projects."""
    say, desk, org = asked.say, asked.site.desk, asked.visitor.org
    codes = set() if asked.visitor.office else {s.project.code for s, _ in desk.inbox.seen_by(org)}
    return [
        {
            "kind": say.say(f"needs.kind.{one.code}"), "words": one.words,
            "name": one.name[say.locale], "place": say.need_place(one),
            "clauses": " ".join(one.clauses), "right": say.need(one),
        }
        for one in desk.needs.listed(codes)
    ]  # fmt: skip


@ROUTES.get("/settings/flow/w/{digest}", Rule.PERSONAL)
def version(asked: Asked) -> Answer:
    """Show one version in words."""
    found = asked.site.desk.publications.version(str(asked.at["digest"]))
    return Page("flow_version.html.j2", _in_words(asked, found))


def _in_words(asked: Asked, found: Version) -> dict[str, Any]:
    say, workflow = asked.say, found.workflow
    others = asked.site.desk.publications.versions()
    extension, waiver = workflow.extension, workflow.waiver

    def roles(keys: tuple[str, ...]) -> str:
        return say.listing(say.name(workflow, "role", key) for key in keys)

    return {
        "found": found, "name": workflow.name[say.locale], "parts": parts_of(say, workflow),
        "ladders": ladders_in_words(say, workflow), "roles": roles_in_words(say, workflow),
        "openers": roles(workflow.openers),
        "extension": (roles(extension.askers), roles(extension.deciders)) if extension else None,
        "waiver": (roles(waiver.proposers), roles(waiver.confirmers)) if waiver else None,
        "others": [
            one for one in others
            if one.row.key == found.row.key and one.row.digest != found.row.digest
        ],
        "dates": [name[say.locale] for name in workflow.dates.values()],
        "due_soon": say.count("working_day", workflow.due_soon_days),
        "undated": due_in_words(say, workflow, None),
    }  # fmt: skip


@ROUTES.get("/settings/flow/diff", Rule.PERSONAL)
def diff(asked: Asked) -> Answer:
    """Show what two versions say differently, place by place; without them, where to choose."""
    if not asked.query:
        return Go("/settings/flow")
    service = asked.site.desk.publications
    first, second = (service.version(asked.query.get(name, "")) for name in ("a", "b"))
    found = differences(first.workflow, second.workflow)
    return Page("flow_diff.html.j2", {"first": first, "second": second, "found": found})


@ROUTES.get("/settings/flow/calendar/{year:int}", Rule.PERSONAL)
def calendar(asked: Asked) -> Answer:
    """Show a year's working days as they are known today, with the notices they come from."""
    year, desk = int(asked.at["year"]), asked.site.desk
    if not EARLIEST <= year <= HORIZON.year:
        raise UnknownObjectError("calendar", str(year))
    today = desk.people.today()
    org = None if asked.visitor.office else asked.visitor.org
    known = desk.calendars.known(today, org)
    facts = {
        "year": year, "months": months(known, year), "today": today, "version": known.version,
        "is_provisional": known.is_provisional(date(year, 7, 1)),
        "arrangements": [one for one in known.arrangements if year in one.years],
        "later": _later(desk.publications.arrangements(), year, today),
        "back": year - 1 if year > EARLIEST else None,
        "next": year + 1 if year < HORIZON.year else None,
        "working": sum(month.working for month in months(known, year)),
    }  # fmt: skip
    return Page("flow_calendar.html.j2", facts)


def _later(held: tuple[Arrangement, ...], year: int, today: date) -> list[Arrangement]:
    """Return the country's notices for a year that are on record and were not known yet today."""
    return [
        one for one in held
        if year in one.years and one.known_from > today and one.region == COUNTRY
    ]  # fmt: skip
