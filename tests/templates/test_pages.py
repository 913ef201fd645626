"""The start page and the list of notices lead to every file, and to nowhere else."""

import re
from datetime import date

import pytest

from engine.core.errors import UsageError
from templates import FileLink, NoticeLink, notice_index, start_page
from templates.catalogue import LOCALES
from tests.templates.reading import Balance, visible

ON = date(2018, 12, 28)


def a_notice(rung: str = "提醒", day: int = 1, **changes: object) -> NoticeLink:
    """Return a notice of the list, with changes."""
    facts: dict[str, object] = {
        "rung": rung, "subject": f"{rung}：示例·春和社区{day}", "to": "示例·民政局",
        "on": date(2018, 3, day), "href": f"notices/{rung}-{day}.html",
    }  # fmt: skip
    return NoticeLink(**{**facts, **changes})  # type: ignore[arg-type]  # the names of the fields


def hrefs(page: str) -> list[str]:
    """Return where the links of a page lead."""
    return re.findall(r'<a[^>]* href="([^"]*)"', page)


def balanced(page: str) -> bool:
    """Return whether a page closes what it opens."""
    checker = Balance()
    checker.feed(page)
    return checker.open == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_start_page_leads_to_every_file_in_the_order_given(locale: str) -> None:
    files = [
        FileLink(href="wall.html", title="挂图", note="A3"),
        FileLink(href="a.txt", title="看板"),
    ]

    page = start_page(files, title="计划", on=ON, locale=locale, simulated=True, trail="1,846")

    assert hrefs(page) == ["wall.html", "a.txt"]
    assert balanced(page)
    assert "1,846" in visible(page)


@pytest.mark.parametrize("locale", LOCALES)
def test_notices_are_listed_by_rung_and_then_by_date(locale: str) -> None:
    notices = [a_notice(day=9), a_notice("催办", 3), a_notice(day=2)]

    page = notice_index(notices, title="计划", on=ON, locale=locale, home="index.html")

    listed = [href for href in hrefs(page) if href.startswith("notices/")]
    assert listed == ["notices/提醒-2.html", "notices/提醒-9.html", "notices/催办-3.html"]
    assert hrefs(page)[0] == "index.html"
    assert balanced(page)


def test_a_notice_shows_its_number_its_text_and_whether_it_is_a_draft() -> None:
    notices = [a_notice(number="SD-1", text_href="notices/1.txt"), a_notice("督办", is_draft=True)]

    page = notice_index(notices, title="计划", on=ON, locale="zh")

    assert "SD-1" in visible(page)
    assert "notices/1.txt" in hrefs(page)
    assert visible(page).count("拟稿") == 1


def test_a_step_without_numbers_has_no_column_for_them() -> None:
    notices = [a_notice(day=1), a_notice("督办", is_draft=True)]

    page = visible(notice_index(notices, title="计划", on=ON, locale="zh"))

    assert page.count("编号") == 1
    assert page.index("提醒：") < page.index("编号") < page.index("督办：")


def test_a_list_without_notices_says_so() -> None:
    page = notice_index([], title="计划", on=ON, locale="zh")

    assert "这段时间没有需要发出的通知" in visible(page)
    assert "共 0 份" in visible(page)


def test_names_are_text_and_never_markup() -> None:
    hostile = "<script>alert(1)</script>"

    page = notice_index([a_notice(subject=hostile, to=hostile)], title=hostile, on=ON, locale="zh")
    start = start_page(
        [FileLink(href="a.txt", title=hostile, note=hostile)], title=hostile, on=ON, locale="zh",
        lead=hostile, note=hostile, trail=hostile,
    )  # fmt: skip

    assert "<script" not in page + start


@pytest.mark.parametrize("href", ["javascript:alert(1)", "https://example.org/", "//example.org"])
def test_links_stay_in_the_house(href: str) -> None:
    with pytest.raises(UsageError):
        FileLink(href=href, title="x")
    with pytest.raises(UsageError):
        a_notice(href=href)
    with pytest.raises(UsageError):
        a_notice(text_href=href)
    with pytest.raises(UsageError):
        notice_index([], title="x", on=ON, locale="zh", home=href)
