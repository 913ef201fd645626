"""The wall chart: one line a project, lamps in words, bars where the days are, nothing outside."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from engine.core.bars import Bar
from engine.core.errors import UsageError
from engine.core.lamps import Light
from templates import wall_html, wall_svg
from templates.catalogue import LOCALES
from templates.words import words
from tests.templates.drawing import beside_bars, lines, parsed, placed, texts
from tests.templates.walls import HOSTILE_NAME, ON, a_row, a_wall, some_bars


def titles(svg: str) -> list[str]:
    """Return the titles of everything in a drawing."""
    return [one.text or "" for one in parsed(svg).iter() if one.tag.endswith("}title")]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("count", [1, 8, 24, 32, 64])
def test_every_project_has_its_line(count: int, locale: str) -> None:
    wall = a_wall(count, locale)

    codes = [line.get("data-code") for line in lines(wall_svg(wall, locale))]

    assert sorted(str(code) for code in codes) == [row.code for row in wall.rows]


def test_groups_stand_together_in_the_order_of_their_first_project() -> None:
    wall = a_wall(9)

    codes = [line.get("data-code") for line in lines(wall_svg(wall, "zh"))]

    assert codes == [
        "SN-001", "SN-004", "SN-007", "SN-002", "SN-005", "SN-008", "SN-003", "SN-006", "SN-009"
    ]  # fmt: skip


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("light", Light)
def test_a_lamp_is_a_shape_and_a_word(light: Light, locale: str) -> None:
    row = a_row(1, light, locale)
    [line] = lines(wall_svg(a_wall(1, locale, rows=(row,)), locale))
    word = words(locale).say(f"lamp.{light}")

    assert word in texts(line)
    assert word in str(line.get("aria-label"))
    assert str(line.get("class")).split() == ["line", light.value]


def test_the_shapes_of_the_lamps_differ() -> None:
    drawn = {}
    for light in Light:
        [line] = lines(wall_svg(a_wall(1, rows=(a_row(1, light),)), "zh"))
        marks = next(one for one in line if one.get("transform"))
        drawn[light] = [(one.tag, one.get("d"), one.get("r")) for one in marks]

    shapes = [str(shape) for shape in drawn.values()]

    assert len(set(shapes)) == len(Light)


def test_a_line_says_its_stage_and_reason_and_names_the_stage_once() -> None:
    [line] = lines(wall_svg(a_wall(1, rows=(a_row(1, Light.OVERDUE),)), "zh"))

    assert "实施·逾期 3 个工作日" in texts(line)


def test_a_task_that_begins_like_its_stage_keeps_its_name() -> None:
    row = a_row(1, reason="实施方案还没有报送")
    [line] = lines(wall_svg(a_wall(1, rows=(row,)), "zh"))

    assert "实施·实施方案还没有报送" in texts(line)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("count", [1, 24, 64, 200])
def test_no_text_leaves_the_drawing(count: int, locale: str) -> None:
    svg = wall_svg(a_wall(count, locale), locale)
    wide, tall = (float(str(parsed(svg).get(side))) for side in ("width", "height"))

    outside = [text for text in placed(svg) if text.left < -0.5 or text.right > wide + 0.5]

    assert outside == []
    assert max(text.y for text in placed(svg)) < tall


@pytest.mark.parametrize("locale", LOCALES)
def test_no_two_texts_of_a_line_meet(locale: str) -> None:
    long = "一个名字特别长的示例社区居民委员会试点项目"
    rows = tuple(
        a_row(n, light, locale, name=long, group=long, reason=long * 4)
        for n, light in enumerate(Light)
    )

    for line in lines(wall_svg(a_wall(1, locale, rows=rows), locale)):
        ends = sorted((text.left, text.right) for text in placed(beside_bars(line)))
        assert all(right <= left + 0.5 for (_, right), (left, _) in pairwise(ends))


def test_what_was_cut_stands_whole_in_the_title() -> None:
    reason = "等待多个单位就职责边界出具意见并会商" * 3
    [line] = lines(wall_svg(a_wall(1, rows=(a_row(1, reason=reason),)), "zh"))

    assert any(text.endswith("…") for text in texts(line))
    assert reason in str(line.get("aria-label"))
    assert line[0].text == line.get("aria-label")


def test_bars_say_their_days() -> None:
    said = titles(wall_svg(a_wall(1, rows=(a_row(1, Light.OVERDUE),)), "zh"))

    assert "制定方案：2017年9月3日至2017年10月2日，计划2017年9月29日前" in said
    assert "实施：2017年12月18日进入，计划2018年10月26日前" in said
    assert "实施：时限2018年10月26日，此后为超过时限的部分" in said
    assert "成果转化：计划2018年11月30日至2018年12月28日" in said


def test_an_extension_is_dashed_and_not_late() -> None:
    bars = some_bars(extended_to=date(2018, 11, 23))
    svg = wall_svg(a_wall(1, rows=(a_row(1, Light.EXTENDED, bars=bars),)), "zh")

    assert "实施：原定2018年10月26日，已批延期至2018年11月23日" in titles(svg)
    [line] = lines(svg)
    assert [one for one in line if one.get("fill") == "url(#wall-late)"] == []
    assert len([one for one in line if one.get("stroke-dasharray")]) == 1


@pytest.mark.parametrize("light", [Light.WAITING, Light.PAUSED])
def test_time_that_is_not_counted_is_not_hatched(light: Light) -> None:
    [line] = lines(wall_svg(a_wall(1, rows=(a_row(1, light),)), "zh"))

    assert [one for one in line if one.get("fill") == "url(#wall-late)"] == []


def test_days_after_the_wall_are_not_drawn() -> None:
    early = wall_svg(a_wall(1, on=date(2017, 10, 15)), "zh")

    assert "制定方案：2017年9月3日至2017年10月2日，计划2017年9月29日前" in titles(early)
    assert "机构招募：2017年10月3日进入，计划2017年11月30日前" in titles(early)
    assert not any(title.startswith("实施：2017") for title in titles(early))


def test_a_project_that_ended_stops_at_its_end() -> None:
    row = a_row(1, Light.ENDED, closed_on=date(2018, 6, 20))

    said = titles(wall_svg(a_wall(1, rows=(row,)), "zh"))

    assert "实施：2017年12月18日至2018年6月20日，计划2018年10月26日前" in said


def test_the_axis_has_whole_months_and_every_year() -> None:
    drawn = texts(parsed(wall_svg(a_wall(3), "zh")))

    assert drawn.index("2017年") < drawn.index("2018年")
    assert [text for text in drawn if re.fullmatch(r"\d+月", text)] == [
        f"{month}月" for month in (*range(8, 13), *range(1, 13))
    ]


def test_the_day_and_the_milestones_are_written_above() -> None:
    drawn = texts(parsed(wall_svg(a_wall(3), "zh")))

    assert "截至10月31日" in drawn
    assert "11月30日 组建期限" in drawn
    assert not any("全覆盖" in text for text in drawn)


def test_labels_above_the_chart_do_not_meet() -> None:
    days = [date(2018, 10, day) for day in (1, 8, 15, 22, 29)]
    wall = a_wall(3, milestones=tuple((day, "一个相当长的节点名称") for day in days[:3]))
    heads = [
        text
        for text in placed(wall_svg(wall, "zh"))
        if "节点名称" in text.text or "截至" in text.text
    ]

    for one in heads:
        for other in heads:
            beside = one.right < other.left or other.right < one.left
            assert one is other or one.y != other.y or beside


def test_the_line_of_the_day_crosses_no_milestone() -> None:
    wall = a_wall(3, on=date(2018, 5, 31), milestones=((date(2018, 4, 2), "第二批启动"),))
    svg = wall_svg(wall, "zh")

    [label] = [text for text in placed(svg) if "第二批启动" in text.text]
    days = re.findall(r'<path d="M([\d.]+) [\d.]+V[\d.]+" stroke="#18212c"', svg)
    [x] = [float(day) for day in days]
    assert not label.left < x < label.right


def test_a_wall_without_a_single_date_is_still_drawn() -> None:
    bars = tuple(Bar(stage, None, None, None, ()) for stage in ("plan", "approval"))

    svg = wall_svg(a_wall(1, rows=(a_row(1, bars=bars, stage="plan"),), milestones=()), "zh")

    assert len(lines(svg)) == 1


def test_a_long_programme_has_fewer_marks_and_they_do_not_meet() -> None:
    bars = (Bar("plan", date(2005, 3, 1), date(2029, 6, 30), None, ()),)
    svg = wall_svg(a_wall(1, rows=(a_row(1, bars=bars, stage="plan"),)), "zh")

    marks = [text for text in placed(svg) if re.fullmatch(r"\d+月|\d{4}年", text.text)]

    assert marks
    for y in {text.y for text in marks}:
        row = sorted((text.left, text.right) for text in marks if text.y == y)
        assert all(right <= left for (_, right), (left, _) in pairwise(row))


def test_up_to_sixty_four_projects_are_all_drawn_and_more_are_folded() -> None:
    assert len(lines(wall_svg(a_wall(64), "zh"))) == 64
    folded = wall_svg(a_wall(65), "zh")

    drawn = {str(line.get("class")) for line in lines(folded)}
    assert drawn == {"line overdue", "line due_soon"}
    groups = [one for one in parsed(folded).iter() if one.get("class") == "line group"]
    assert len(groups) == 3
    assert texts(groups[0])[0] == "22 项"
    assert "逾期 3" in texts(groups[0])


def test_a_folded_group_counts_every_project_of_it() -> None:
    groups = [
        one
        for one in parsed(wall_svg(a_wall(200), "zh")).iter()
        if one.get("class") == "line group"
    ]

    tallies = [str(one.get("aria-label")).partition("：")[2] for one in groups]
    counted = [sum(map(int, re.findall(r" (\d+)(?:、|$)", tally))) for tally in tallies]

    assert counted == [67, 67, 66]


def test_a_thousand_projects_stay_readable_and_say_what_is_left_out() -> None:
    wall = a_wall(1_000)

    svg = wall_svg(wall, "zh")

    assert len(lines(svg)) <= 120
    assert "未画出" in svg
    assert len(svg) < 500_000


@pytest.mark.parametrize("locale", LOCALES)
def test_the_same_wall_gives_the_same_text(locale: str) -> None:
    assert wall_svg(a_wall(24, locale), locale) == wall_svg(a_wall(24, locale), locale)
    assert wall_html(a_wall(24, locale), locale) == wall_html(a_wall(24, locale), locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_drawing_stands_under_a_strict_policy(locale: str) -> None:
    svg = wall_svg(a_wall(24, locale), locale)

    assert " style=" not in svg
    assert "<script" not in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    assert "<image" not in svg
    assert "javascript:" not in svg


def test_a_line_with_a_link_is_a_link_and_one_without_is_a_picture() -> None:
    rows = (a_row(3, href="/p/SN-003"), a_row(6))

    first, second = lines(wall_svg(a_wall(2, rows=rows), "zh"))

    assert (first.tag.rpartition("}")[2], first.get("href")) == ("a", "/p/SN-003")
    assert (second.tag.rpartition("}")[2], second.get("role")) == ("g", "img")
    assert first.get("aria-label")
    assert second.get("aria-label")


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "https://example.org", "//example.org", "\\\\example.org", "data:x"],
)
def test_a_link_that_leaves_the_house_is_refused(href: str) -> None:
    with pytest.raises(UsageError, match="leaves the house"):
        a_row(1, href=href)


def test_a_hostile_name_is_text_in_the_drawing() -> None:
    row = a_row(1, name=HOSTILE_NAME, group=HOSTILE_NAME, reason=HOSTILE_NAME, code=HOSTILE_NAME)
    wall = a_wall(1, rows=(row,), title=HOSTILE_NAME, milestones=((ON, HOSTILE_NAME),))

    svg = wall_svg(wall, "zh")

    assert "<script" not in svg
    assert len(lines(svg)) == 1
    assert "alert(1)" in str(lines(svg)[0].get("aria-label"))


def test_a_plan_that_rests_on_an_unpublished_year_says_so_on_the_chart() -> None:
    row = a_row(bars=tuple(replace(bar, provisional=True) for bar in some_bars()))

    drawing = wall_svg(a_wall(rows=(row,)), "zh")

    assert "（暂定）" in drawing
    assert "（暂定）" not in wall_svg(a_wall(rows=(a_row(),)), "zh")
