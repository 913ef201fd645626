"""Renders the notices that the clock asks for: keys of the workflow become words here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from jinja2 import TemplateError

from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.errors import DefinitionError, Reason
from engine.core.events import NoticeRequest, NoticeText
from templates.notice import NOBODY, NOTICES, PLAIN, Rendered, render_notice
from templates.words import Words, words


class Letters:
    """The renderer of the house: built-in wording in zh and en.

    A template that is not there or fails never holds up the clock: the notice goes out in the
    neutral wording and says so.
    """

    def notice(
        self, request: NoticeRequest, workflow: Workflow, directory: Directory, locale: str
    ) -> NoticeText:
        """Return a notice in a language: subject, text and printable page."""
        context = _context(request, workflow, directory, words(locale), locale)
        rendered = _rendered(request.template, locale, context)
        return NoticeText(rendered.subject, rendered.text, rendered.html)


def _rendered(template: str, locale: str, context: dict[str, Any]) -> Rendered:
    if template in NOTICES:
        try:
            return render_notice(template, locale, context)
        except (TemplateError, DefinitionError, KeyError):
            # The trail keeps what was sent, so the reader sees that the wording was replaced.
            pass
    return render_notice(PLAIN, locale, {**context, "instead_of": template})


def _context(
    request: NoticeRequest, workflow: Workflow, directory: Directory, said: Words, locale: str
) -> dict[str, Any]:
    args = request.args
    is_stage = args["kind"] == "stage"
    named = workflow.stages[args["task"]].name if is_stage else workflow.tasks[args["task"]].name
    return {
        "notice_no": None,
        "project": args["project"], "code": args["code"],
        "stage_name": workflow.stages[args["stage"]].name[locale],
        "task_name": named[locale], "title": args["title"], "period": args["period"],
        "ref": args["ref"], "due": date.fromisoformat(args["due"]),
        "original_due": _day(args["original_due"]), "provisional": args["provisional"],
        "words": args["words"], "late": args["late"], "left": args["left"],
        "on": date.fromisoformat(args["on"]),
        "rung_name": _rung(workflow, args["rung"] or "", locale) or said.say("notice.moved"),
        "was": _day(args.get("was")), "why": _paper(said, args.get("paper")),
        "merged": [_rung(workflow, key, locale) for key in args["merged"]],
        "missing": [said.reason(_reason(one), workflow) for one in args["missing"]],
        "to_org": directory.org_name(request.org),
        "to_post": _post(request.post, workflow, directory, said),
        "via": request.via, "meant": _meant(request, workflow, directory, said),
        "issuer": args["issuer"],
    }  # fmt: skip


def _post(code: str, workflow: Workflow, directory: Directory, said: Words) -> str:
    if code.startswith(NOBODY):
        return NOBODY + said.name(workflow, "role", code.removeprefix(NOBODY))
    post = directory.posts.get(code)
    return post.name if post else code


def _paper(said: Words, paper: Mapping[str, Any] | None) -> str | None:
    if paper is None:
        return None
    return said.say("notice.why", **{**paper, "published": _day(paper["published"])})


def _meant(request: NoticeRequest, workflow: Workflow, directory: Directory, said: Words) -> str:
    """Return whose notice this was to be: the post that is empty, else the role."""
    post = directory.posts.get(request.absent or "")
    return post.name if post else said.name(workflow, "role", request.role)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _reason(plain: Mapping[str, Any]) -> Reason:
    return Reason(plain["code"], plain["facts"], plain["holder"])


def _rung(workflow: Workflow, key: str, locale: str) -> str:
    for ladder in workflow.ladders.values():
        for rung in ladder.rungs:
            if rung.key == key:
                return rung.name[locale]
    return key
