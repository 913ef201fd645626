"""Notices: the four built-in texts, filled and laid out as plain text and as a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from jinja2 import Template

from engine.core.errors import DefinitionError
from templates.allowlist import check
from templates.catalogue import LOCALES, MissingFactError, MissingTextError
from templates.environment import FOLDER, environment, one_line, render
from templates.facts import called
from templates.words import Words, words

PLAIN: Final = "plain"
"""The neutral notice: what a rung says whose own template is not there or fails."""

MOVED: Final = "moved"
"""What owners are told when a calendar that became known has moved a due day."""

NOTICES: Final = ("reminder", "urge", "oversee", "coordinate", PLAIN, MOVED)
"""The notices that are built in; rungs name all but the last."""

LETTERS: Final = frozenset({"oversee"})
"""Notices that are letters for a person to sign; the others are short messages."""

LISTS: Final = frozenset({"missing", "merged"})
DECLARED: Final = LISTS | {
    "code", "due", "due_text", "issuer", "late", "late_days", "left", "left_days", "on",
    "project", "provisional", "rung", "stage", "to_org", "to_post", "was", "what", "why",
}  # fmt: skip
"""What the text of a notice may name; see `frame`."""

NOBODY = "nobody:"
STAND_INS: Final = {
    "deputy": "notice.remark_deputy",
    "lead": "notice.remark_lead",
    "above": "notice.remark_above",
}
"""What a notice adds, by the rule that found a recipient in place of the post that was meant."""

MOST_ITEMS = 50


@dataclass(frozen=True, slots=True)
class Rendered:
    """A notice in one language: its subject in one line, plain text, and an HTML page."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a notice, or a list of items; one of the two is empty."""

    text: str = ""
    items: tuple[str, ...] = ()


def render_notice(template: str, locale: str, context: Mapping[str, Any]) -> Rendered:
    """Return a notice, filled and laid out.

    Args:
        template: one of `NOTICES`.
        locale: one of `LOCALES`.
        context: ``project``, ``code``, ``stage_name``, ``task_name``, ``title``, ``period``,
            ``ref``, ``due``, ``original_due`` (days or None), ``provisional``, ``words``,
            ``late``, ``left`` (working days), ``rung_name``, ``merged`` (names of rungs told
            late), ``on``, ``missing`` (sentences), ``to_org``, ``to_post`` (a name, or
            ``nobody:`` and what nobody holds), ``issuer`` and ``notice_no``; where another
            template was asked for, its name as ``instead_of``; where a calendar moved the day,
            the day before as ``was`` and the paper that moved it as ``why``; where somebody else
            is told in place of the post that was meant, the rule as ``via`` and the post as
            ``meant``.

    Raises:
        MissingTextError: no such notice or language.
        MissingFactError: the context lacks a fact.
    """
    said = words(locale)
    facts = frame(said, context)
    lines = _text(template, locale).render(facts).strip("\n").split("\n")
    title, joint = lines[0].strip(), said.say("units.joint")
    page = _page(said, template, context, facts)
    page |= {"title": title, "blocks": _blocks(lines[1:], joint), "joint": joint}
    page["remarks"] = _remarks(said, context, facts)
    layout = "letter" if template in LETTERS else "card"
    subject = title if template in LETTERS else said.say("notice.subject", title=title, **facts)
    text = render(f"documents/{layout}.txt.j2", page).strip() + "\n"
    return Rendered(subject, text, render(f"documents/{layout}.html.j2", page))


def frame(said: Words, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that a notice's text may name: text, whole numbers and lists of text.

    Raises:
        MissingFactError: the context lacks one.
    """
    try:
        return _frame(said, context)
    except KeyError as error:
        raise MissingFactError(f"a notice needs the fact {error}") from error


def _frame(said: Words, context: Mapping[str, Any]) -> dict[str, Any]:
    due, provisional = said.day(context["due"]), bool(context["provisional"])
    post = context["to_post"].removeprefix(NOBODY)
    given = {
        "project": context["project"], "code": context["code"], "stage": context["stage_name"],
        "what": _what(said, context), "rung": context["rung_name"], "issuer": context["issuer"],
        "to_org": context["to_org"], "to_post": post, "why": context.get("why") or "",
    }  # fmt: skip
    late, left = int(context["late"]), int(context["left"])
    return {
        **{key: one_line(value) for key, value in given.items()},
        "due": said.say("notice.due_short", due=due) if provisional else due,
        "due_text": said.say(f"notice.due_{'provisional' if provisional else 'text'}", due=due),
        "was": said.day(context["was"]) if context.get("was") else "",
        "provisional": provisional, "on": said.day(context["on"]), "late": late, "left": left,
        "late_days": said.count("working_day", late), "left_days": said.count("working_day", left),
        "missing": [one_line(sentence) for sentence in context["missing"][:MOST_ITEMS]],
        "merged": [one_line(name) for name in context["merged"][:MOST_ITEMS]],
    }  # fmt: skip


def _what(said: Words, context: Mapping[str, Any]) -> str:
    name = context["task_name"]
    if name == context["stage_name"]:
        return said.say("what.stage", name=name)
    return called(said, name, context["period"] or context["ref"], context["title"])


def _remarks(said: Words, context: Mapping[str, Any], facts: Mapping[str, Any]) -> list[str]:
    """Return what every notice adds of itself, so that no wording of an office can drop it."""
    found = []
    if context["words"]:
        found.append(said.say("notice.remark_words", words=one_line(context["words"])))
    original: date | None = context["original_due"]
    if original is not None and original != context["due"]:
        found.append(said.say("notice.remark_was", original=original, due=facts["due"]))
    if facts["provisional"]:
        found.append(said.say("notice.remark_provisional"))
    if facts["merged"]:
        found.append(said.say("notice.remark_merged", merged=facts["merged"]))
    if context.get("instead_of"):
        found.append(said.say("notice.remark_plain", template=context["instead_of"]))
    via = STAND_INS.get(context.get("via", ""))
    if via is not None:
        meant = one_line(context["meant"])
        found.append(said.say(via, meant=meant, org=facts["to_org"]))
    if _is_nobody(context):
        org, post = facts["to_org"], facts["to_post"]
        found.append(said.say("notice.remark_nobody", org=org, post=post))
    return found


def _is_nobody(context: Mapping[str, Any]) -> bool:
    return bool(context["to_post"].startswith(NOBODY))


def _page(
    said: Words, template: str, context: Mapping[str, Any], facts: Mapping[str, Any]
) -> dict[str, Any]:
    org, post = facts["to_org"], facts["to_post"]
    key = "nobody" if _is_nobody(context) else "to_post"
    number = context["notice_no"]
    if template in LETTERS:
        key = "to_org"  # a letter addresses a unit, never a person's post
    return {
        **facts, "say": said.say, "lang": said.say("lang"), "state": _state(said, facts),
        "to": said.say(f"notice.{key}", org=org, post=post),
        "number": one_line(number) if number else "",
        "light": "overdue" if facts["late"] else "due_soon",
    }  # fmt: skip


def _state(said: Words, facts: Mapping[str, Any]) -> str:
    if facts["late"]:
        return said.say("notice.state_late", late=facts["late"])
    if facts["left"]:
        return said.say("notice.state_left", left=facts["left"])
    return said.say("notice.state_today", due=facts["due"])


def _blocks(lines: list[str], joint: str) -> list[Block]:
    """Return the paragraphs and lists of a text: blank lines part them, ``- `` begins an item."""
    found: list[Block] = []
    open_paragraph = False
    for line in (raw.strip(" ") for raw in lines):
        if line.startswith("- "):
            before = found.pop().items if found and found[-1].items else ()
            found.append(Block(items=(*before, line[2:])))
            open_paragraph = False
        elif line and open_paragraph:
            found.append(Block(joint.join((found.pop().text, line))))
        elif line:
            found.append(Block(line))
        open_paragraph = bool(line) and not line.startswith("- ")
    return found


@cache
def _text(template: str, locale: str) -> Template:
    if template not in NOTICES or locale not in LOCALES:
        known = ", ".join(NOTICES)
        raise MissingTextError(f"no notice {template!r} in {locale!r}; there are: {known}")
    name = f"notices/{template}.{locale}.txt.j2"
    source = (FOLDER / name).read_text(encoding="utf-8")
    if faults := check(source, DECLARED, LISTS, name):
        raise DefinitionError(faults)
    return environment().from_string(source)
