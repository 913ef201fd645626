"""The message catalogues: sentences by key and language, filled with facts and nothing else."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from engine.core.arrangements import CalendarError
from engine.core.cycles import Stretch, read_occasion

LOCALES: Final = ("zh", "en")
"""The languages of the product; every text exists in each of them."""

BESIDE: Final = ("faults", "needs", "windows")
"""The files beside a language's own one: what errors say of their case, what is left
open, when windows open."""

OTHER: Final = "other"
"""The variant of a sentence that is said when no named variant fits."""

SILENT: Final = frozenset({None, "", "-", 0})
"""Values by which a fact counts as not given when a variant is chosen."""

_FOLDER = Path(__file__).parent / "locale"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one written in C where it was built: every start of the program reads these files."""

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)(?::([a-z][a-z0-9_]*))?\}")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Entry = str | Mapping[str, str]


class MissingTextError(KeyError):
    """A catalogue has no text of that key, or no such language exists."""

    def __str__(self) -> str:
        return str(self.args[0])


class MissingFactError(MissingTextError):
    """A sentence names a fact that was not given."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language's texts.

    A sentence names facts in braces: ``{due}`` puts the value in as it is, ``{late:working_day}``
    counts it in that unit. A sentence with variants is a mapping with the key ``other``: the
    first variant is said whose name is a fact that was given.
    """

    locale: str
    entries: Mapping[str, Entry]

    def has(self, key: str) -> bool:
        """Return whether a text of this key exists."""
        return key in self.entries

    def say(self, key: str, /, **facts: object) -> str:
        """Return a sentence, filled with facts; facts that it does not name are ignored.

        Raises:
            MissingTextError: no text of this key.
            MissingFactError: the sentence names a fact that is absent or None.
        """
        entry = self.entries.get(key)
        if entry is None:
            raise MissingTextError(f"{self.locale}: no text {key!r}")
        text = entry if isinstance(entry, str) else _variant(entry, facts)
        return _PLACE.sub(lambda place: self._fact(key, place, facts), text)

    def _fact(self, key: str, place: re.Match[str], facts: Mapping[str, object]) -> str:
        name, unit = place.groups()
        value = facts.get(name)
        if value is None:
            raise MissingFactError(f"{self.locale}: text {key!r} needs the fact {name!r}")
        return self.count(unit, value) if unit else self.plain(value)

    def count(self, unit: str, n: object) -> str:
        """Return a number with its unit: ``4 个工作日``, ``1 working day``."""
        return self.say(f"units.{unit}", n=str(n), one=n == 1)

    def plain(self, value: object) -> str:
        """Return a value as text: days in words, several values as a list."""
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, list | tuple):
            return self.listing(value)
        return str(value)

    def listing(self, values: Iterable[object]) -> str:
        """Return several values in one line, in their order; may be empty."""
        return self.say("units.separator").join(self.plain(value) for value in values)

    def day(self, day: date) -> str:
        """Return a calendar day in words: ``2017年8月31日``, ``31 August 2017``."""
        month = self.say(f"month.{day.month}")
        return self.say("date.day", year=day.year, month=month, day=day.day)

    def day_full(self, day: date) -> str:
        """Return a calendar day with its weekday."""
        weekday = self.say(f"weekday.{_WEEKDAYS[day.weekday()]}")
        return self.say("date.full", date=self.day(day), weekday=weekday)

    def day_short(self, day: date) -> str:
        """Return a calendar day without its year, where the year stands nearby."""
        return self.say("date.short", month=self.say(f"month_short.{day.month}"), day=day.day)

    def period(self, key: str) -> str:
        """Return a period's key in words, or the text itself when it is no such key."""
        try:
            period = read_occasion(key)
        except CalendarError:
            return key
        if isinstance(period, Stretch):
            return self.stretch(period)
        n = str(period.number)
        if period.every in ("month", "half_year"):
            n = self.say(f"{'month' if period.every == 'month' else 'half'}.{n}")
        return self.say(f"period.{period.every}", year=period.year, n=n)

    def stretch(self, run: Stretch) -> str:
        """Return a run of days in words, a single day as a day."""
        if run.first == run.last:
            return self.day(run.first)
        return self.say("period.days", first=self.day(run.first), last=self.day(run.last))


def _variant(entry: Mapping[str, str], facts: Mapping[str, object]) -> str:
    for name, text in entry.items():
        if name != OTHER and is_said(facts.get(name)):
            return text
    return entry[OTHER]


def is_said(value: object) -> bool:
    """Return whether a fact was given; an empty text, a dash, nothing and no do not count."""
    return not (isinstance(value, str | int | None) and value in SILENT)


@cache
def catalogue(locale: str) -> Catalogue:
    """Return the texts of a language, read once.

    Raises:
        MissingTextError: the product does not speak that language.
    """
    if locale not in LOCALES:
        raise MissingTextError(f"no language {locale!r}; there are {', '.join(LOCALES)}")
    beside = {key: text for name in BESIDE for key, text in read(f"{name}.{locale}").items()}
    return Catalogue(locale, {**read(locale), **beside})


def read(name: str) -> Mapping[str, Entry]:
    """Return the texts of one file of the locale folder by dotted key."""
    text = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return dict(_flat("", yaml.load(text, Loader=_LOADER)))  # noqa: S506  # both are safe loaders


def _flat(prefix: str, node: Mapping[str, object]) -> Iterable[tuple[str, Entry]]:
    for name, value in node.items():
        if isinstance(name, bool):  # YAML reads a bare on or no as a truth value
            raise MissingTextError(f"a key below {prefix!r} is read as {name}; put it in quotes")
        key = f"{prefix}{name}"
        if value is None:  # what follows a comma between braces is a key of its own
            raise MissingTextError(f"{key!r} has no text; put a text with a comma in quotes")
        if not isinstance(value, Mapping):
            yield key, str(value)
        elif OTHER in value:
            yield key, {str(variant): str(text) for variant, text in value.items()}
        else:
            yield from _flat(f"{key}.", value)


def placeholders(entry: Entry) -> Mapping[str, frozenset[str]]:
    """Return the facts that a text names, by variant; a plain text has the one variant."""
    variants = {OTHER: entry} if isinstance(entry, str) else entry
    return {
        name: frozenset(place.group(0) for place in _PLACE.finditer(text))
        for name, text in variants.items()
    }
