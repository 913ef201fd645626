"""What is published about working days, as checked values: yearly arrangements and the law."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from types import MappingProxyType

from engine.core.errors import Fact, Facts, Reason, UsageError

COUNTRY = "cn"
"""The region whose arrangements settle a year; every other region only lays days over it."""

HORIZON = date(2100, 12, 31)
"""The last day any calendar answers for. Statutory days are laid out up to here."""

SATURDAY = 5


class CalendarError(ValueError):
    """A calendar value or a question to one that cannot be right.

    `what` says what is wrong and what would be right; `where` names the arrangement, the
    argument or the day. `key` names the sentence ``fault.<key>``, which `given` and `where` fill.
    """

    def __init__(self, what: str, where: str, key: str, /, **given: Fact) -> None:
        super().__init__(f"{where}: {what}")
        self.what, self.where, self.key = what, where, key
        self.given: Facts = {**given, "where": where}

    def told(self) -> UsageError:
        """Return it as the request that asked for the impossible."""
        return UsageError(str(self), self.key, **self.given)

    def reason(self) -> Reason:
        """Return it as what stands in the way of an act: the asker's to mend."""
        return Reason("beyond_calendar", {"detail": str(self), "fault": self.key, **self.given})


def lies_near(day: date, years: Iterable[int]) -> bool:
    """Return whether a day lies in one of the years, the December before or the January after.

    An arrangement reaches that far: the notice for 2019 moves days of December 2018.
    """
    return any(
        day.year == year or (day.year, day.month) in {(year - 1, 12), (year + 1, 1)}
        for year in years
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """One published notice on days off and make-up days, or an amendment or overlay to it.

    Attributes:
        id: unique name, ``{region}-{year}.{number}``: ``cn-2018.1``, its amendment ``cn-2018.2``.
        region: ``cn`` for the State Council, else the org whose office observes it.
        years: the calendar years it arranges, at least one.
        off: days on which nobody works; weekends among them are allowed.
        work: make-up days (调休上班), each a Saturday or Sunday.
        plain: days that an earlier arrangement had moved and that are ordinary again: Monday to
            Friday worked, Saturday and Sunday free.
        document: 文号 as printed, None where it is not known.
        published_on: the day it became known, None where that is not known.
        amends: id of the arrangement it changes, None for a year's own notice.
        source: where the text can be read.
        names: the holiday to which a day of `off` or `work` belongs.
        digest: SHA-256 in hex, 64 characters, over what decides days; a document number found
            later changes no version.

    Raises:
        CalendarError: a day stands in two sets, a make-up day is no weekend day, a day lies
            outside the years, a name has no day, or there is no year.

    Source: 全国年节及纪念日放假办法; the yearly notices of the State Council's general office.
    """

    id: str
    region: str
    years: tuple[int, ...]
    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    plain: frozenset[date] = frozenset()
    document: str | None = None
    published_on: date | None = None
    amends: str | None = None
    source: str | None = None
    names: Mapping[date, str] = field(default_factory=dict, hash=False)
    digest: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        faults = list(self._faults())
        if faults:
            named = self.id or "arrangement without an id"
            raise CalendarError("; ".join(faults), named, "arrangement", n=len(faults))
        object.__setattr__(self, "names", MappingProxyType(dict(self.names)))
        object.__setattr__(self, "digest", self._digest())

    def _faults(self) -> Iterator[str]:
        named = self.off | self.work | self.plain
        if any(isinstance(day, datetime) for day in (*named, self.published_on)):
            yield "a moment stands among the days; give calendar days of the office"
            return  # moments and days do not compare, so nothing below could be asked
        if not (self.id and self.region and self.years):
            yield "id, region and at least one year are needed"
        for left, right in (("off", "work"), ("off", "plain"), ("work", "plain")):
            for day in sorted(getattr(self, left) & getattr(self, right)):
                yield f"{day} stands under {left} and {right}; name it once"
        for day in sorted(self.work):
            if day.weekday() < SATURDAY:
                yield f"make-up day {day} is a {day:%A}; a make-up day is a Saturday or Sunday"
        for day in sorted(named):
            if not lies_near(day, self.years):
                yield f"{day} lies outside {self.years} and the neighbouring December and January"
        if stray := set(self.names) - named:
            yield f"{min(stray)} has a name but is not arranged; list it or drop the name"

    def _digest(self) -> str:
        days = (sorted(part) for part in (self.off, self.work, self.plain))
        facts = [self.id, self.region, self.years, self.published_on, self.amends]
        lines = [str(fact) for fact in facts]
        lines += [" ".join(day.isoformat() for day in part) for part in days]
        return sha256("\n".join(lines).encode()).hexdigest()

    @property
    def known_from(self) -> date:
        """The day from which it counts: its publication, else 1 January of its first year."""
        return self.published_on or date(min(self.years), 1, 1)

    @property
    def settles(self) -> tuple[int, ...]:
        """The years whose own notice it is; amendments and overlays settle none."""
        return self.years if self.region == COUNTRY and self.amends is None else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """One version of the law that grants the statutory days, before any notice arranges them.

    Attributes:
        document: number of the State Council decree.
        issued_on: the decree's date, from which it counts as known.
        from_year: first calendar year it governs, until the next version does.
        solar: days with a fixed date, as (month, day, holiday).
        movable: days set by the lunar year or a solar term, as far as they have been worked out.

    Source: 全国年节及纪念日放假办法, article 2.
    """

    document: str
    issued_on: date
    from_year: int
    solar: tuple[tuple[int, int, str], ...]
    movable: Mapping[date, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "movable", MappingProxyType(dict(self.movable)))

    @property
    def digest(self) -> str:
        """SHA-256 in hex over the days it grants."""
        facts = [self.document, str(self.from_year), *(f"{m}-{d}" for m, d, _ in self.solar)]
        facts += [day.isoformat() for day in sorted(self.movable)]
        return sha256("\n".join(facts).encode()).hexdigest()


def statutory_days(statutes: Iterable[Statute], years: Iterable[int]) -> dict[date, str]:
    """Return the statutory days of some years with their holidays; no day off is moved (补假).

    A year is governed by the latest statute that has begun by then; a year before the first one
    has no day. Movable days that have not been worked out are absent.
    """
    laws = sorted(statutes, key=lambda law: law.from_year)
    governing = {
        year: law for year in years for law in laws if law.from_year <= year
    }  # later laws overwrite earlier ones
    found = {
        date(year, month, day): name
        for year, law in governing.items()
        for month, day, name in law.solar
    }
    for law in laws:
        for day, name in law.movable.items():
            if governing.get(day.year) is law:
                found[day] = f"{found[day]}、{name}" if day in found else name
    return found
