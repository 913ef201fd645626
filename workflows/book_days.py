"""Days as people write them: one day is read in any form, what may mean two is never guessed."""

from datetime import date

from engine.core.phrases import PhraseReading, read_phrase
from workflows.book_spot import as_text
from workflows.read_hints import clip
from workflows.read_nodes import Plain

EXAMPLE = "Write one day, such as 2017-08-31."


def as_day(value: Plain, *, serials: bool = False) -> date | str:
    """Return the day that a value names, or the sentence of why it names none.

    Args:
        value: a text in any form that `engine.core.phrases` reads as one day.
        serials: whether a bare number such as 42978 is a day, as spreadsheets store it.
    """
    if value is None or isinstance(value, bool | list | dict):
        return f"must be a day. {EXAMPLE}"
    text = as_text(value)
    reading = read_phrase(text, serials=serials)
    if reading.kind == "day" and reading.first:
        return reading.first
    return f'"{clip(text)}" {_why(reading)}'


def _why(reading: PhraseReading) -> str:
    if reading.kind == "fault":
        told = {"last_on", "perhaps"} & reading.facts.keys()
        return f"is not a day: {reading.message}{'' if told else f' {EXAMPLE}'}"
    if reading.kind == "before":
        days = " or ".join(f"{day} ({label})" for label, day in reading.readings)
        return f"may mean {days}; choose a reading and write its day"
    if reading.kind in ("by", "from"):
        day = reading.last or reading.first
        side = "before" if reading.kind == "by" else "after"
        return f"is any day {side} or on {day}; write {day} if that day is meant"
    if reading.kind == "range":
        return f"covers {reading.first} to {reading.last}; write the one day that is meant"
    if reading.kind == "relative":
        return "counts from something else; write the day that it comes to"
    return f"is not a day. {EXAMPLE}"
