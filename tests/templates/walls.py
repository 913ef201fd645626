"""Sample walls: projects in several groups, with every lamp."""

from dataclasses import replace
from datetime import date, timedelta

from engine.core.bars import Bar
from engine.core.lamps import Lamp, Light
from templates.wall import Wall, WallRow
from templates.words import words
from tests.templates.pilot import pilot

ON = date(2018, 10, 31)
HOSTILE_NAME = "<script>alert(1)</script>&\"'\x0b\x00]]>"
PLANS = [
    (date(2017, 8, 31), date(2017, 9, 29)),
    (date(2017, 9, 29), date(2017, 9, 30)),
    (date(2017, 9, 30), date(2017, 11, 30)),
    (date(2017, 11, 30), date(2017, 12, 15)),
    (date(2017, 12, 15), date(2018, 10, 26)),
    (date(2018, 10, 26), date(2018, 11, 30)),
    (date(2018, 11, 30), date(2018, 12, 28)),
]
STAGES = [key for key, stage in pilot().stages.items() if not stage.final]


def some_bars(at: str = "implementation", extended_to: date | None = None) -> tuple[Bar, ...]:
    """Return bars of a project that entered the stage `at` and is in it still."""
    here = STAGES.index(at)
    found = []
    for n, (stage, (begun, ends)) in enumerate(zip(STAGES, PLANS, strict=True)):
        stays: tuple[tuple[date, date | None], ...] = ()
        if n <= here:
            left = PLANS[n + 1][0] + timedelta(3) if n < here else None
            stays = ((begun + timedelta(3), left),)
        found.append(Bar(stage, begun, ends, extended_to if n == here else None, stays))
    return tuple(found)


def a_lamp(light: Light) -> Lamp:
    """Return a lamp that a stage in implementation decides."""
    stage, due = "implementation", date(2018, 10, 26)
    if light is Light.OVERDUE:
        return Lamp(light, stage, stage, due=due, late=3, holder="agency")
    if light is Light.DUE_SOON:
        return Lamp(light, stage, stage, due=date(2018, 11, 2), left=2, holder="agency")
    if light is Light.EXTENDED:
        return Lamp(light, stage, stage, due=date(2018, 11, 23), left=17)
    if light is Light.WAITING:
        return Lamp(light, stage, stage, due=due, holder="city_lead")
    return Lamp(light)


def a_row(
    n: int = 1, light: Light = Light.NORMAL, locale: str = "zh", **changes: object
) -> WallRow:
    """Return a project of the wall, with changes."""
    lamp = a_lamp(light)
    row = WallRow(
        code=f"SN-{n:03}", name=f"示例·春和{n}社区", group=f"示例{'甲乙丙'[n % 3]}区", lamp=lamp,
        reason=words(locale).lamp(lamp, pilot()), stage="implementation", bars=some_bars(),
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]  # the names are those of the fields


def a_wall(count: int = 24, locale: str = "zh", **changes: object) -> Wall:
    """Return a wall with every lamp in turn, with changes."""
    lights = list(Light)
    wall = Wall(
        title="“一社区一社工”试点作战图", on=ON,
        rows=tuple(a_row(n, lights[n % len(lights)], locale) for n in range(1, count + 1)),
        stages=tuple((key, stage.name[locale]) for key, stage in pilot().stages.items()),
        milestones=((date(2017, 11, 30), "组建期限"), (date(2020, 12, 31), "全覆盖")),
        simulated=True, note="演示数据", trail="审计账 1,846 条",
    )  # fmt: skip
    return replace(wall, **changes)  # type: ignore[arg-type]  # the names are those of the fields
