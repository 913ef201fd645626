"""The small forms that every part of a workflow file is put together from."""

from decimal import Decimal

from workflows.read_languages import Phrase
from workflows.read_lists import ListOf
from workflows.read_numbers import Flag, Number
from workflows.read_texts import KEY_PATTERN, Word

WORDS = Word(r"[\s\S]*\S[\s\S]*", "text", also=("number", "boolean"))
TEXT = Phrase(WORDS)

KEY = Word(KEY_PATTERN, "a key (a-z, then a-z, 0-9 and _)", also=("boolean",))
KEYS = ListOf(KEY, least=1, unique=True)
ANY_KEYS = ListOf(KEY, unique=True)

# A clause is cited as its source numbers it.
CLAUSES = ListOf(Word(r"\S+", "a clause number without blanks", also=("number", "boolean")))

DECIMAL = Word(
    r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?",
    'a decimal such as "60" or "82.5"',
    also=("number",),
    convert=Decimal,
    empty=Decimal(0),
    minimum=0,
)

CLOCK_TIME = Word("(?:[01][0-9]|2[0-3]):[0-5][0-9]", 'a time of day such as "09:00"')
TIMEZONE = Word("[A-Za-z][A-Za-z0-9_+/-]*", "a time zone such as Asia/Shanghai", also=("boolean",))

ANCHOR = Word(
    f"opened|entered|period_end|given|(?:date|task):{KEY_PATTERN}",
    "opened, entered, period_end, given, date:<name> or task:<key>",
)
OPENING = Word(
    f"start|stage|raised|(?:stage|task):{KEY_PATTERN}",
    "start, stage, raised, stage:<key> or task:<key>",
)
AFTER_TASK = Word(f"task:{KEY_PATTERN}", "task:<key>")

FLAG = Flag()
COUNT = Number(0, 1_000_000)
DAYS = Number(-2000, 2000)
