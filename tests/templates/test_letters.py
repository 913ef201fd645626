"""Notices as the house renders them: a wording that is not there or fails holds up nothing."""

import pytest

from engine.core.directory import Directory
from engine.core.events import NoticeRequest, NoticeText
from engine.core.rows import Org, Post
from templates import letters, notice
from templates.catalogue import MissingFactError
from workflows.reader import load_workflow, shipped

ARGS = {
    "project": "示例·春和社区", "code": "P01", "stage": "plan", "task": "work_plan",
    "kind": "deliverable", "period": None, "ref": None, "title": None, "due": "2017-09-30",
    "words": "2017年9月前", "provisional": False, "original_due": "2017-09-30", "late": 5,
    "left": 0, "rung": "oversee", "merged": ["urge"], "on": "2017-10-13", "issuer": "示例·市局",
    "missing": [
        {
            "code": "paper_missing", "holder": "county",
            "facts": {"task": "work_plan", "slot": "paper"},
        }
    ],
}  # fmt: skip


def a_request(absent: str | None = None, **changes: str) -> NoticeRequest:
    given = {
        "template": "oversee", "post": "R11", "org": "O03", "via": "role", "role": "county",
        **changes,
    }  # fmt: skip
    return NoticeRequest(
        absent=absent,
        cause="rung:1:0:oversee",
        task=1,
        rung="oversee",
        merged=False,
        args=ARGS,
        **given,
    )


def rendered(request: NoticeRequest, locale: str = "zh") -> NoticeText:
    workflow = load_workflow(shipped()["pilot_project"])
    directory = Directory(
        {"O03": Org(1, "O03", "安居区民政局", "county_bureau")},
        {"R11": Post(1, "R11", "O03", "安居区民政局协调员", "county")},
    )
    return letters.Letters().notice(request, workflow, directory, locale)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_notice_names_the_task_the_day_and_the_recipient_in_words(locale: str) -> None:
    text = rendered(a_request(template="urge"), locale)

    assert "安居区民政局协调员" in text.body
    assert {"zh": "工作方案", "en": "Work plan"}[locale] in text.body
    assert {"zh": "2017年9月30日", "en": "30 September 2017"}[locale] in text.body


def test_a_template_that_nobody_made_gives_the_neutral_wording_and_says_so() -> None:
    text = rendered(a_request(template="own_wording"))

    assert "工作方案" in text.body
    assert "own_wording" in text.body
    assert "通用文字" in text.body


def test_a_template_that_fails_gives_the_neutral_wording_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(template: str, *rest: object) -> notice.Rendered:
        if template == "urge":
            raise MissingFactError("a notice needs the fact 'late'")
        return notice.render_notice(template, *rest)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(letters, "render_notice", failing)

    text = rendered(a_request(template="urge"))

    assert "通用文字" in text.body


def test_a_post_that_nobody_holds_is_named_by_its_role() -> None:
    text = rendered(a_request(template="urge", post="nobody:supervisor"))

    assert "督导" in text.body
    assert "nobody" not in text.body


def test_missed_rungs_are_told_in_the_later_one() -> None:
    text = rendered(a_request())

    assert "催办" in text.body


@pytest.mark.parametrize(
    ("via", "said"),
    [
        ("deputy", "“安居区民政局协调员”一岗目前无人在岗，本通知送代理岗位。"),
        ("lead", "本通知送安居区民政局负责人"),
        ("above", "本通知送上级单位安居区民政局负责人"),
    ],
)
def test_whoever_is_told_in_the_place_of_another_reads_why(via: str, said: str) -> None:
    assert said in rendered(a_request(via=via, absent="R11", post="R12")).body
    assert said not in rendered(a_request()).body


def test_a_role_that_no_post_has_is_named_where_its_unit_s_lead_is_told() -> None:
    assert "“督导”一岗" in rendered(a_request(via="lead", role="supervisor")).body
