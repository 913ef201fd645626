"""Ladders are data: one of other names, days, colours and recipients goes through everything."""

from datetime import date
from pathlib import Path

import pytest

from bootstrap import SYSTEM, Desk
from cli.words import speech
from engine.core.commands import Act, Open, Paper, Phrase, Submit, Target
from engine.core.definition import Colour
from engine.core.lamps import Light
from engine.core.rows import Org, Post
from engine.services import registers
from templates.wall import wall_html, wall_svg
from tests.houses import a_running_project, do, go_to, publication, state_of
from tests.templates.drawing import lines, texts
from web.chart import wall

FILE = Path(__file__).parent.parent / "workflows" / "three_colours.yaml"
CARDS = ("蓝色预警", "橙色警示", "红色亮灯")
PEOPLE: tuple[Org | Post, ...] = (
    Org(1, "CB", "示例·县教育局", "county_bureau"),
    Org(1, "CG", "示例·县政府", "government"),
    Post(1, "CB1", "CB", "承办人", "handler"),
    Post(1, "CB2", "CB", "局长", "director"),
    Post(1, "CG1", "CG", "督查员甲", "supervision"),
    Post(1, "CG2", "CG", "督查员乙", "supervision"),
)


@pytest.fixture
def house(desk: Desk) -> Desk:
    """A house in which the county's own workflow is published and one matter runs."""
    with desk.house.database.write() as cursor:
        registers.publish_workflow(desk.house, cursor, publication(FILE), SYSTEM)
        registers.enter(desk.house, cursor, PEOPLE, SYSTEM)
    limit = {"limit": Phrase("九月底前", date(2017, 9, 29), "月末")}
    opening = Open("M1", "校舍维修", {"bureau": "CB"}, limit, "CG", None, "three_colours")
    do(desk, "M1", "CG1", opening)
    return desk


def told(desk: Desk) -> list[tuple[str, str, str]]:
    """Return rung, post and status of every notice."""
    return [(row["rung"], row["post"], row["status"]) for row in desk.queries.notices()]


def test_each_card_comes_on_its_day_at_the_opening_of_that_office(house: Desk) -> None:
    days = []
    for day in range(11, 31):
        for clock in ("08:29", "08:30"):
            go_to(house, f"2017-09-{day} {clock}")
            found = house.sweep.run().rungs
            days += [(f"{day} {clock}", rung, n) for rung, n in found.items()]

    assert days == [
        ("15 08:30", "blue_card", 1), ("27 08:30", "orange_card", 2), ("30 08:30", "red_card", 3),
    ]  # fmt: skip
    assert told(house) == [
        ("blue_card", "CB1", "ready"),
        ("orange_card", "CB1", "ready"), ("orange_card", "CB2", "ready"),
        ("red_card", "CB2", "ready"), ("red_card", "CG1", "ready"), ("red_card", "CG2", "ready"),
    ]  # fmt: skip


def test_a_long_sleep_tells_each_post_its_own_highest_card(house: Desk) -> None:
    go_to(house, "2017-10-20")

    house.sweep.run()

    assert [row for row in told(house) if row[2] == "ready"] == [
        ("orange_card", "CB1", "ready"), ("red_card", "CB2", "ready"),
        ("red_card", "CG1", "ready"), ("red_card", "CG2", "ready"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("on", "card", "light"),
    [
        ("2017-09-11", None, Light.NORMAL),
        ("2017-09-18", 0, Light.NORMAL),
        ("2017-09-28", 1, Light.DUE_SOON),
        ("2017-10-09", 2, Light.OVERDUE),
    ],
)
def test_the_wall_chart_shows_the_card_by_name_beside_its_colour(
    house: Desk, on: str, card: int | None, light: Light
) -> None:
    said, day = speech("zh"), date.fromisoformat(on)
    rows = house.queries.board(day)
    chart = wall(house, said, day, rows, simulated=True)

    (line,) = lines(wall_svg(chart, "zh"))
    shown = [name for name in CARDS if any(name in text for text in texts(line))]

    assert rows[0].lamp.light is light
    assert shown == ([CARDS[card]] if card is not None else [])
    assert all(name in wall_html(chart, "zh") for name in shown)


def test_the_legend_follows_the_ladders_on_the_wall(house: Desk) -> None:
    day = date(2017, 9, 11)
    chart = wall(house, speech("zh"), day, house.queries.board(day), simulated=True)

    assert [(step.name, step.colour) for step in chart.steps] == list(
        zip(CARDS, (Colour.BLUE, Colour.ORANGE, Colour.RED), strict=True)
    )
    drawn = wall_svg(chart, "zh")
    places = [drawn.index(f">{name}</text>") for name in CARDS]
    assert places == sorted(places)


def test_a_ladder_without_colours_leaves_the_legend_as_it_was(desk: Desk) -> None:
    a_running_project(desk)
    day = date(2017, 10, 9)
    rows = desk.queries.board(day)

    assert rows[0].lamp.rung is not None
    assert wall(desk, speech("zh"), day, rows, simulated=True).steps == ()


def test_the_matter_is_done_like_any_other(house: Desk) -> None:
    do(house, "M1", "CB1", Submit(Target("reply"), None, Paper("教函〔2017〕1号")))
    do(house, "M1", "CB1", Act("close"))

    assert state_of(house, "M1").project.stage == "closed"
    go_to(house, "2017-12-01")
    assert house.sweep.run().notices == 0
