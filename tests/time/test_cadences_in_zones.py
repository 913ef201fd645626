"""Cadences that begin on the 28th to the 31st, over 24 months, by the clocks of twelve zones."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from engine.core.cadences import first_owed
from engine.core.cycles import occasion_at
from engine.core.deadlines import local_day, opening
from engine.core.recurrence import Every, FirstPeriod, Interval
from tests.time.test_zones import ZONES

MONTHS = 24


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", [28, 29, 30, 31])
@pytest.mark.parametrize("rule", list(FirstPeriod))
def test_each_month_opens_once_on_its_own_first_local_day(
    zone: str, day: int, rule: FirstPeriod
) -> None:
    begun = date(2018, 1, day)
    found = first_owed(occasion_at(Interval(Every.MONTH), begun), begun, rule)

    opened = []
    for _ in range(MONTHS):
        opened.append((local_day(opening(found.first, "09:00", zone), zone), found.last))
        found = found.next()

    first = 1 if rule is FirstPeriod.ALWAYS else 2
    months = [(2018 + (first - 1 + n) // 12, (first - 1 + n) % 12 + 1) for n in range(MONTHS)]
    assert [on for on, _ in opened] == [date(year, month, 1) for year, month in months]
    one = timedelta(days=1)
    assert all(
        last + one == following
        for (_, last), (following, _) in pairwise(opened)
    )  # fmt: skip
