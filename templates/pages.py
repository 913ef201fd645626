"""Pages that list files: the start page of a run, and its notices by rung."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from templates.environment import one_line, render
from templates.links import local
from templates.words import Words, words


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A file of a run: where it is, relative to the start page, what it is, what is in it."""

    href: str
    title: str
    note: str = ""

    def __post_init__(self) -> None:
        local(self.href)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLink:
    """A notice in the list.

    Attributes:
        rung: the name of its step of the ladder.
        subject: its subject.
        to: the unit and post it goes to.
        on: the day it was written.
        href: its page, relative to the list.
        text_href: its plain text, None where it has no file.
        number: its number, None where it has none.
        is_draft: whether it is a letter that a person has still to sign.
    """

    rung: str
    subject: str
    to: str
    on: date
    href: str
    text_href: str | None = None
    number: str | None = None
    is_draft: bool = False

    def __post_init__(self) -> None:
        local(self.href)
        local(self.text_href or "")


@dataclass(frozen=True, slots=True)
class Rung:
    """The notices of one step of the ladder, by date, and which columns they need."""

    name: str
    notices: tuple[NoticeLink, ...]
    has_numbers: bool
    has_texts: bool


def start_page(
    files: Iterable[FileLink], *, title: str, on: date, locale: str,
    lead: str = "", simulated: bool = False, note: str = "", trail: str = "",
) -> str:  # fmt: skip
    """Return the page from which the files of a run are opened, in the order given.

    Raises:
        MissingTextError: the product does not speak that language.
    """
    facts = _facts(words(locale), title, on, simulated=simulated, note=note, trail=trail)
    return render("documents/start.html.j2", {**facts, "files": list(files), "lead": lead})


def notice_index(
    notices: Iterable[NoticeLink], *, title: str, on: date, locale: str,
    home: str | None = None, simulated: bool = False, note: str = "", trail: str = "",
) -> str:  # fmt: skip
    """Return the list of notices by rung, rungs as they first appear, each by date.

    Raises:
        MissingTextError: the product does not speak that language.
        UsageError: `home`, the link back, leaves the house.
    """
    facts = _facts(words(locale), title, on, simulated=simulated, note=note, trail=trail)
    rungs: dict[str, list[NoticeLink]] = {}
    for notice in notices:
        rungs.setdefault(notice.rung, []).append(notice)
    groups = [_rung(name, held) for name, held in rungs.items()]
    facts |= {"groups": groups, "count": sum(len(group.notices) for group in groups)}
    return render("documents/notices.html.j2", {**facts, "home": local(home) if home else None})


def _rung(name: str, notices: Iterable[NoticeLink]) -> Rung:
    held = tuple(sorted(notices, key=lambda one: one.on))
    has_numbers = any(one.number or one.is_draft for one in held)
    return Rung(name, held, has_numbers, any(one.text_href for one in held))


def _facts(
    said: Words, title: str, on: date, *, simulated: bool, note: str, trail: str
) -> dict[str, object]:
    return {
        "say": said.say, "day": said.day, "count_of": said.count, "lang": said.say("lang"),
        "title": one_line(title), "date": said.day_full(on), "on": on, "simulated": simulated,
        "note": one_line(note), "trail": one_line(trail),
    }  # fmt: skip
