"""Notices say the facts, whatever the case, in both languages, as text and as a page."""

import re
from datetime import date
from typing import Any

import pytest

from engine.core.errors import DefinitionError
from templates import Rendered, render_notice
from templates import notice as notices
from templates.catalogue import MissingFactError, MissingTextError
from templates.notice import LETTERS, NOTICES
from tests.templates.contexts import CASES, EVERY, a_context
from tests.templates.reading import OFFLINE, Balance, visible
from tests.templates.snapshots import same_as_reviewed


def rendered(template: str, locale: str, case: str) -> Rendered:
    """Return a sample notice."""
    return render_notice(template, locale, a_context(template, locale, **CASES[case]))


@pytest.mark.parametrize(("template", "locale", "case"), EVERY)
def test_a_notice_says_what_is_due_when_and_what_is_missing(
    template: str, locale: str, case: str
) -> None:
    context = a_context(template, locale, **CASES[case])
    found = rendered(template, locale, case)

    due = context["due"]
    day = f"{due.year}年{due.month}月{due.day}日" if locale == "zh" else f"{due.day} {due:%B %Y}"
    for said in (found.text, visible(found.html)):
        assert context["project"] in said
        assert context["to_org"] in said
        assert context["issuer"] in said
        assert day in said
        assert all(sentence in said for sentence in context["missing"])


@pytest.mark.parametrize(("template", "locale", "case"), EVERY)
def test_a_subject_is_one_line_and_names_the_project(template: str, locale: str, case: str) -> None:
    subject = rendered(template, locale, case).subject

    assert "\n" not in subject
    assert "示例·春和社区" in subject


@pytest.mark.parametrize(("template", "locale", "case"), EVERY)
def test_a_page_needs_nothing_from_outside(template: str, locale: str, case: str) -> None:
    page = rendered(template, locale, case).html

    assert OFFLINE.findall(page) == []
    assert 'style="' not in page


@pytest.mark.parametrize(("template", "locale", "case"), EVERY)
def test_a_page_closes_what_it_opens(template: str, locale: str, case: str) -> None:
    checker = Balance()
    checker.feed(rendered(template, locale, case).html)

    assert checker.open == []


@pytest.mark.parametrize("template", ["urge", "oversee", "coordinate"])
def test_a_late_notice_counts_working_days(template: str) -> None:
    late = {"urge": 1, "oversee": 5, "coordinate": 10}[template]

    assert f"{late}个工作日" in rendered(template, "zh", "plain").text.replace(" ", "")
    unit = "working day" if late == 1 else "working days"
    assert f"{late} {unit} past the due day" in rendered(template, "en", "plain").text


def test_a_reminder_counts_the_days_left() -> None:
    assert "还剩 2 个工作日" in rendered("reminder", "zh", "plain").text
    assert "2 working days" in rendered("reminder", "en", "plain").text


def test_a_reminder_on_the_last_day_does_not_count_to_nought() -> None:
    found = rendered("reminder", "zh", "due_today")

    assert "0 个" not in found.subject
    assert found.subject.endswith("于2017年11月30日到期")


@pytest.mark.parametrize("template", NOTICES)
def test_a_provisional_day_is_marked_wherever_it_stands(template: str) -> None:
    found = rendered(template, "zh", "provisional")

    for said in (found.text, visible(found.html), found.subject):
        days = [match.end() for match in re.finditer("2019年2月15日", said)]
        assert all("暂定" in said[end : end + 12] for end in days)
    assert "放假安排尚未公布" in found.text
    assert "provisional" in rendered(template, "en", "provisional").text


@pytest.mark.parametrize("template", NOTICES)
def test_steps_that_were_missed_are_told(template: str) -> None:
    found = rendered(template, "zh", "merged")

    sentence = "系统停用期间，提醒、催办未能按时发出，现随本通知一并告知。"
    assert sentence in found.text
    assert sentence in visible(found.html)


@pytest.mark.parametrize("template", NOTICES)
def test_a_post_that_nobody_holds_is_said(template: str) -> None:
    found = rendered(template, "zh", "nobody")

    assert "“督导”一岗目前无人担任，请示例·安居区民政局指定人员办理。" in found.text
    assert "nobody" not in found.text + found.html


@pytest.mark.parametrize("template", NOTICES)
def test_the_words_of_the_source_and_the_first_day_are_kept(template: str) -> None:
    assert "时限原文是“2017年9-11月”。" in rendered(template, "zh", "words").text
    moved = "时限原定2017年9月30日，已调整为2017年11月30日。"
    assert moved in rendered(template, "zh", "moved").text
    assert "原定" not in rendered(template, "zh", "plain").text


@pytest.mark.parametrize("template", NOTICES)
def test_a_task_is_named_with_its_period_or_its_title(template: str) -> None:
    assert "一月一督导（2018年3月）" in rendered(template, "zh", "period").text
    assert "问题整改（WT-03）“楼道扶手松动”" in rendered(template, "zh", "titled").text


def test_a_letter_without_a_number_is_a_draft_and_leaves_the_day_to_the_signer() -> None:
    found = rendered("oversee", "zh", "plain")

    assert "拟稿，待签发" in found.text
    assert "拟稿，待签发" in visible(found.html)
    assert "请于　　　年　　月　　日前办结" in found.text


def test_a_letter_with_a_number_is_none() -> None:
    found = rendered("oversee", "zh", "numbered")

    assert "SD-2017-0012" in found.text
    assert "拟稿" not in found.text + found.html


def test_a_letter_addresses_a_unit_and_not_a_post() -> None:
    assert "县区协调员" not in rendered("oversee", "zh", "plain").text


def test_a_letter_brings_a_reply_slip_that_is_filled_in() -> None:
    page = visible(rendered("oversee", "zh", "plain").html)
    slip = page.rpartition("办理情况反馈单")[2]

    assert "示例·春和社区（SN-01） “机构招募”阶段" in slip
    assert "还缺“入围公示”的记录" in slip


@pytest.mark.parametrize("template", NOTICES)
def test_the_chinese_text_is_the_reviewed_one(template: str) -> None:
    found = render_notice(template, "zh", a_context(template, words="2017年9-11月"))

    assert same_as_reviewed(f"{template}.zh.txt", f"{found.subject}\n\n{found.text}")


@pytest.mark.parametrize("template", NOTICES)
def test_the_english_text_is_the_reviewed_one(template: str) -> None:
    found = render_notice(template, "en", a_context(template, "en"))

    assert same_as_reviewed(f"{template}.en.txt", f"{found.subject}\n\n{found.text}")


def test_everything_at_once_is_the_reviewed_text() -> None:
    changes: dict[str, Any] = {
        "provisional": True, "merged": ["提醒", "催办"], "to_post": "nobody:市局牵头科室",
        "original_due": date(2017, 9, 30), "notice_no": "SD-2017-0012",
    }  # fmt: skip
    found = render_notice("coordinate", "zh", a_context("coordinate", **changes))

    assert same_as_reviewed("everything.zh.txt", f"{found.subject}\n\n{found.text}")


def test_a_fact_never_breaks_a_line_of_ours() -> None:
    context = a_context(project="示例\n- 冒充\r\nBcc: all@example.org", to_org="甲\u202e乙")
    found = render_notice("reminder", "zh", context)

    assert "\n- 冒充" not in found.text
    assert "\n" not in found.subject
    assert "\r" not in found.subject
    assert "\u202e" not in found.text + found.html


def test_an_unknown_notice_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(MissingTextError, match="no notice 'poem' in 'zh'; there are: reminder"):
        render_notice("poem", "zh", a_context())
    with pytest.raises(MissingTextError, match=r"no notice '\.\./locale/zh'"):
        render_notice("../locale/zh", "zh", a_context())


def test_a_missing_fact_is_an_error_that_names_it() -> None:
    context = a_context()
    del context["issuer"]

    with pytest.raises(MissingFactError, match="a notice needs the fact 'issuer'"):
        render_notice("reminder", "zh", context)


def test_a_notice_file_that_the_list_refuses_is_never_rendered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(notices, "DECLARED", frozenset({"due"}))
    notices._text.cache_clear()

    with pytest.raises(DefinitionError, match='unknown name "project"'):
        render_notice("reminder", "zh", a_context())
    notices._text.cache_clear()


def test_letters_are_notices() -> None:
    assert set(NOTICES) >= LETTERS
