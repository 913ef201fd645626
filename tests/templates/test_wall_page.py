"""The page around the wall chart: counts in words, reasons in full, a list for phones."""

import pytest

from engine.core.lamps import Light
from templates import Wall, wall_html
from templates.catalogue import LOCALES
from tests.templates.reading import OFFLINE, Balance, visible
from tests.templates.walls import HOSTILE_NAME, a_row, a_wall


def test_a_hostile_name_is_text_in_the_page() -> None:
    row = a_row(1, Light.OVERDUE, name=HOSTILE_NAME, group=HOSTILE_NAME, reason=HOSTILE_NAME)
    wall = a_wall(1, rows=(row,), title=HOSTILE_NAME, note=HOSTILE_NAME, trail=HOSTILE_NAME)

    page = wall_html(wall, "zh")

    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("count", [0, 1, 24, 65])
def test_the_page_needs_nothing_from_outside_and_closes_what_it_opens(
    count: int, locale: str
) -> None:
    page = wall_html(a_wall(count, locale), locale)
    checker = Balance()
    checker.feed(page)

    assert checker.open == []
    found = OFFLINE.findall(page.replace("http://www.w3.org/2000/svg", "").replace("url(#", ""))
    assert found == []


def test_the_page_counts_lamps_in_words_and_says_as_of_when() -> None:
    said = visible(wall_html(a_wall(24), "zh"))

    assert "共 24 项" in said
    assert "逾期3" in said
    assert "已批延期3" in said
    assert "截至2018年10月31日 星期三" in said
    assert "模拟时钟" in said
    assert "审计账 1,846 条" in said
    assert "演示数据" in said


def test_the_page_lists_what_needs_somebody_with_its_reason() -> None:
    page = wall_html(a_wall(24), "zh")
    needs = page.partition('id="needs"')[2].partition('class="list"')[0]

    late = [row for row in a_wall(24).rows if row.lamp.light is Light.OVERDUE]
    assert all(row.name in needs and row.reason in needs for row in late)
    assert "过了时限，尚未办结" in needs


def test_the_page_of_calm_projects_says_so() -> None:
    page = wall_html(a_wall(1, rows=(a_row(1),)), "zh")

    assert "没有逾期、临期或待答复的项目" in page


def test_the_page_lists_every_project_for_phones() -> None:
    page = wall_html(a_wall(24), "zh")
    listed = page.partition('class="list"')[2]

    assert all(row.name in listed for row in a_wall(24).rows)
    assert "共 7 个阶段，已完成 4 个" in listed


def test_milestones_outside_the_chart_are_named_below_it() -> None:
    assert "图外节点：2020年12月31日 全覆盖" in visible(wall_html(a_wall(3), "zh"))


def test_a_wall_without_projects_says_so() -> None:
    assert "本批次还没有项目" in wall_html(a_wall(0), "zh")


def test_nothing_ranks_the_projects() -> None:
    said = visible(wall_html(a_wall(24), "zh"))

    assert "不作排名" in said
    assert "第一" not in said
    assert "%" not in said


def test_a_wall_is_a_value() -> None:
    assert a_wall(2) == a_wall(2)
    assert isinstance(a_wall(2), Wall)
