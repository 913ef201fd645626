"""Working days from versioned arrangements; a year not yet published answers provisionally."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from engine.core.arrangements import (
    COUNTRY,
    HORIZON,
    SATURDAY,
    Arrangement,
    CalendarError,
    Statute,
    statutory_days,
)
from engine.core.periods import month_end
from engine.core.tally import Tally

__all__ = ["COUNTRY", "HORIZON", "Arrangement", "Calendar", "CalendarError", "Reckoned", "Statute"]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A day that was counted out, and what was met on the way.

    `provisional` is true when a day that took part lies in a year without its own notice.
    `crossed_off` are the Mondays to Fridays that did not count, `crossed_work` the make-up
    Saturdays and Sundays that did, the day itself included; both ascending, may be empty.
    """

    day: date
    provisional: bool
    crossed_off: tuple[date, ...] = ()
    crossed_work: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days that follow from a set of arrangements and the law behind them.

    Where arrangements name the same day, that of the nearest office wins, then the one that
    became known last, then the greater id. A day that none of them names is a working day from
    Monday to Friday. In a year without its own notice the statutory days are off as well, without
    补假 and without make-up days: where those fall is the notice's to say, and is never guessed.

    All days are local calendar days of the office, from 0001-01-01 to `HORIZON`; outside of
    them, and for a moment in place of a day, every method raises `CalendarError`.

    Attributes:
        arrangements: the country's in the order in which they became known, then those of each
            office of the `chain`, likewise; given in any order.
        statutes: versions of the law, in any order; none means weekends only.
        chain: the offices whose own days count, the farthest first; see `seen_by`.
        version: names the content, e.g. ``cn-2026.1+25-3f9a0c12``: the last arrangement, how
            many others, and 8 hex characters of SHA-256 over all of them and the statutes.

    Raises:
        CalendarError: two arrangements have the same id.

    Source: 全国年节及纪念日放假办法; 民法典 article 203; docs/reference/deadlines.md.
    """

    arrangements: tuple[Arrangement, ...]
    statutes: tuple[Statute, ...] = ()
    chain: tuple[str, ...] = ()
    version: str = field(init=False, compare=False)
    _settled: frozenset[int] = field(init=False, compare=False, repr=False)
    _names: dict[date, str] = field(init=False, compare=False, repr=False)
    _tally: Tally = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.arrangements, key=self._place))
        ids = [arrangement.id for arrangement in ordered]
        if repeated := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            message = "two arrangements have this id; give each its own"
            raise CalendarError(message, repeated[0], "arrangement_twice")
        laws = tuple(sorted(self.statutes, key=lambda law: law.from_year))
        settled = frozenset(year for each in ordered for year in each.settles)
        departures, names = _lay_out(ordered, laws, settled)
        for name, value in (
            ("arrangements", ordered),
            ("statutes", laws),
            ("version", _version(ordered, laws)),
            ("_settled", settled),
            ("_names", names),
            ("_tally", Tally.of(departures)),
        ):
            object.__setattr__(self, name, value)

    def _place(self, one: Arrangement) -> tuple[int, date, str]:
        nearness = self.chain.index(one.region) + 1 if one.region in self.chain else 0
        return nearness, one.known_from, one.id

    def is_working(self, day: date) -> bool:
        """Return whether a day is a working day; a make-up Saturday or Sunday is one.

        Holidays of half a day (03-08, 05-04, 06-01, 08-01) are working days.
        """
        ordinal = _ordinal(day)
        return self._tally.upto(ordinal) > self._tally.upto(ordinal - 1)

    def is_provisional(self, day: date) -> bool:
        """Return whether a day lies in a year whose own notice is not among the arrangements.

        This is the rule of the year only. The notice of the year after may still move a year's
        last days: that of 2018-12-06 for 2019 made 2018-12-29 a working day and 2018-12-31 a day
        off. They are not called provisional before, because nobody treats December as unknown;
        such a change is an amendment like any other.
        """
        return _checked(day).year not in self._settled

    def missing_years(self, from_day: date, to_day: date) -> tuple[int, ...]:
        """Return the years between two days, both included, that have no notice of their own.

        Ascending, empty when all are settled; the days may stand in either order.
        """
        first, last = sorted((_checked(from_day).year, _checked(to_day).year))
        return tuple(year for year in range(first, last + 1) if year not in self._settled)

    def shift(self, day: date, working_days: int) -> Reckoned:
        """Return the day a number of working days after, or before, a day.

        The day itself does not count (民法典 article 201). The result is a working day, save
        that zero working days give the day itself, even when it is off, and are never provisional.

        Args:
            day: where counting starts.
            working_days: how many to count; negative counts backwards.
        """
        start = _ordinal(day)
        if working_days == 0:
            return Reckoned(day, provisional=False)
        if working_days > 0:
            found = self._nth(self._tally.upto(start) + working_days, day)
            return self._reckoned(found, start + 1, found)
        found = self._nth(self._tally.upto(start - 1) + working_days + 1, day)
        return self._reckoned(found, found, start - 1)

    def day_of(self, day: date, working_days: int) -> date:
        """Return the day that `shift` comes to, without what lies on the way."""
        start = _ordinal(day)
        if working_days == 0:
            return day
        count = self._tally.upto(start if working_days > 0 else start - 1) + working_days
        return date.fromordinal(self._nth(count + (working_days < 0), day))

    def between(self, a: date, b: date) -> int:
        """Return the number of working days after `a` up to and including `b`.

        Negative when `b` is before `a`: then it is minus the number after `b` up to `a`.
        """
        return self._tally.upto(_ordinal(b)) - self._tally.upto(_ordinal(a))

    def roll(self, day: date, direction: str) -> date:
        """Return the nearest working day in a direction; a working day stays where it is.

        A last day that is off moves to the day after the holiday ends. A make-up Saturday or
        Sunday is a working day and does not move. The answer is provisional when
        `missing_years(day, answer)` is not empty.

        Args:
            day: usually the last day of a period.
            direction: "next", "previous", or "none", which returns the day as it is.

        Raises:
            CalendarError: the direction is another word.

        Source: 民法典 article 203.
        """
        ordinal = _ordinal(day)
        if direction == "none":
            return day
        if direction == "next":
            return date.fromordinal(self._nth(self._tally.upto(ordinal - 1) + 1, day))
        if direction == "previous":
            return date.fromordinal(self._nth(self._tally.upto(ordinal), day))
        raise CalendarError(
            "a day rolls to next, previous or none", repr(direction), "roll_unknown"
        )

    def last_working_day(self, year: int, month: int) -> date:
        """Return the last working day of a month.

        Provisional when its year is. Raises `CalendarError` when the month has no working day.
        """
        last = month_end(date(year, month, 1))
        found = self.roll(last, "previous")
        if found.month != month:
            place = f"{year:04}-{month:02}"
            raise CalendarError("no day of this month is a working day", place, "month_all_off")
        return found

    def name_of(self, day: date) -> str | None:
        """Return the holiday to which a day off or make-up day belongs, if one is named."""
        return self._names.get(_checked(day))

    def known_on(self, day: date) -> "Calendar":
        """Return the calendar as it was known at the end of a day.

        An arrangement whose publication day is not known counts from 1 January of its first
        year; `has_unknown_dates` of the answer says whether one does.
        """
        _checked(day)
        known = tuple(each for each in self.arrangements if each.known_from <= day)
        laws = tuple(law for law in self.statutes if law.issued_on <= day)
        if len(known) == len(self.arrangements) and len(laws) == len(self.statutes):
            return self
        return Calendar(known, laws, self.chain)

    def seen_by(self, offices: Iterable[str]) -> "Calendar":
        """Return the calendar that an office counts with: the country's, then its own days.

        Args:
            offices: the office and those above it, nearest first; none gives the country's alone.
                The nearest office that names a day decides it.
        """
        held = {each.region for each in self.arrangements} - {COUNTRY}
        chain = tuple(reversed([org for org in dict.fromkeys(offices) if org in held]))
        wanted = tuple(each for each in self.arrangements if each.region in {COUNTRY, *chain})
        if len(wanted) == len(self.arrangements) and chain == self.chain:
            return self
        return Calendar(wanted, self.statutes, chain)

    def decided_by(self, first: date, last: date) -> Arrangement | None:
        """Return what was said last about a stretch, both days included; None where nothing was.

        That is the last arrangement, in their order, which names one of its days or settles one
        of its years.
        """
        years = range(_checked(first).year, _checked(last).year + 1)
        for each in reversed(self.arrangements):
            named = each.off | each.work | each.plain
            if any(first <= day <= last for day in named) or set(each.settles) & set(years):
                return each
        return None

    def overlay(self, arrangement: Arrangement) -> "Calendar":
        """Return the calendar with one more arrangement: a new year, an amendment, a closure.

        Adding what is there already changes nothing. Another content under an id that is there
        raises `CalendarError`: what was published is never overwritten, it is amended.
        """
        if arrangement in self.arrangements:
            return self
        return Calendar((*self.arrangements, arrangement), self.statutes, self.chain)

    @property
    def has_unknown_dates(self) -> bool:
        """Whether an arrangement lacks its publication day, so that `known_on` rests on a guess."""
        return any(arrangement.published_on is None for arrangement in self.arrangements)

    def _nth(self, count: int, asked: date) -> int:
        found = self._tally.nth(count) if count > 0 else 0
        if not 0 < found <= HORIZON.toordinal():
            message = f"the answer lies before 0001-01-01 or after {HORIZON}"
            raise CalendarError(message, str(asked), "day_out_of_reach", last=str(HORIZON))
        return found

    def _reckoned(self, found: int, first: int, last: int) -> Reckoned:
        met = [date.fromordinal(ordinal) for ordinal in self._tally.within(first, last)]
        return Reckoned(
            date.fromordinal(found),
            bool(self.missing_years(date.fromordinal(first), date.fromordinal(last))),
            tuple(day for day in met if day.weekday() < SATURDAY),
            tuple(day for day in met if day.weekday() >= SATURDAY),
        )


def _checked(day: date) -> date:
    if isinstance(day, datetime):
        # A moment has no calendar day until an office's time zone gives it one.
        message = "this is a moment; give the office's local calendar day"
        raise CalendarError(message, str(day), "moment_for_day")
    if day > HORIZON:
        raise CalendarError(
            f"calendars end on {HORIZON}", str(day), "calendar_ends", last=str(HORIZON)
        )
    return day


def _ordinal(day: date) -> int:
    return _checked(day).toordinal()


def _lay_out(
    ordered: tuple[Arrangement, ...], laws: tuple[Statute, ...], settled: frozenset[int]
) -> tuple[dict[int, int], dict[date, str]]:
    """Return what departs from Monday to Friday, as ordinal to -1 or +1, and the named days."""
    works: dict[date, bool] = {}
    names: dict[date, str] = {}
    if laws:
        missing = set(range(laws[0].from_year, HORIZON.year + 1)) - settled
        names.update(statutory_days(laws, missing))
        works.update(dict.fromkeys(names, False))
    for each in ordered:
        named = dict.fromkeys(each.off, False) | dict.fromkeys(each.work, True)
        named |= {day: day.weekday() < SATURDAY for day in each.plain}
        works |= named
        for day in named:
            names.pop(day, None)
        names |= each.names
    departures = {
        day.toordinal(): 1 if working else -1
        for day, working in works.items()
        if working != (day.weekday() < SATURDAY)
    }
    return departures, names


def _version(ordered: tuple[Arrangement, ...], laws: tuple[Statute, ...]) -> str:
    parts = [each.digest for each in ordered] + [law.digest for law in laws]
    content = sha256("\n".join(parts).encode()).hexdigest()[:8]
    if not ordered:
        return f"empty-{content}"
    return f"{ordered[-1].id}+{len(ordered) - 1}-{content}"
