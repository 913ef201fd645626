"""How an obligation recurs, as the file of a workflow says it."""

from dataclasses import dataclass
from enum import StrEnum


class FirstPeriod(StrEnum):
    """Whether the period in which a cadence begins is owed.

    `HALF`: when at least half of its days remain. `FULL`: only when all of them do.
    """

    ALWAYS = "always"
    HALF = "half"
    FULL = "full"


class SuspendedPeriod(StrEnum):
    """Whether a period is owed that a suspension touches.

    `OWED`: in any case. `SKIPPED`: not when a single day of it was suspended.
    `SKIPPED_IF_WHOLLY`: not when all of them were.
    """

    OWED = "owed"
    SKIPPED = "skipped"
    SKIPPED_IF_WHOLLY = "skipped_if_wholly"


class Every(StrEnum):
    """How often a cadence recurs.

    `DAYS`: by runs of so many days from its start. `AD_HOC`: on days that people name. `UNSET`:
    the source leaves it open, and each project chooses.
    """

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    DAYS = "days"
    AD_HOC = "ad_hoc"
    UNSET = "unset"


@dataclass(frozen=True, slots=True)
class Interval:
    """How long one period of a cadence lasts. `days` is the length of a run of `Every.DAYS`."""

    every: Every
    days: int = 0


@dataclass(frozen=True, slots=True)
class Cadence:
    """An obligation that recurs: one occurrence a period, from the named date on."""

    interval: Interval
    starts: str | None = None
    first: FirstPeriod = FirstPeriod.HALF
    suspended: SuspendedPeriod = SuspendedPeriod.SKIPPED_IF_WHOLLY
