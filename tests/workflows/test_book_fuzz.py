"""However a book or a scenario is damaged, it is read or refused, in time."""

import re
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.errors import DefinitionError, Fault
from tests.workflows.small_book import BOOK, SCENARIO, changed, faults_of
from workflows import book_effort
from workflows.book import read_book

WORD = re.compile(r"[^\s,{}\[\]:]+")
WORDS = {text: [found.span() for found in WORD.finditer(text)] for text in (BOOK, SCENARIO)}
NOISE = st.sampled_from(
    [
        *["null", "[]", "{}", "''", "true", "-1", "²", "9" * 30, "{x: 1}", "[a, [b]]", "42978"],
        *["2017年9月前", "{id}", "{a.b.c}", "{notice}", '"{community}"', '"{community.agency.x}"'],
        *["W1", "P01", "S01", "R01", "R31", "project:", "社区" * 30, "~", "1e5", "*a", "&a x"],
        *["\n", "- ", "  ", "：", "\t", '"', "{", "}", "[", "]", ",", ": ", "\x00", "\ud800"],
    ]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for every example; each writes both files anew."""
    return tmp_path_factory.mktemp("book")


@pytest.mark.parametrize("which", [BOOK, SCENARIO], ids=["book", "scenario"])
@settings(max_examples=150, deadline=2000)
@given(data=st.data())
def test_a_damaged_file_raises_nothing_but_a_definition_error(
    folder: Path, which: str, data: st.DataObject
) -> None:
    text = which
    for _ in range(data.draw(st.integers(1, 3))):
        start, end = data.draw(st.sampled_from(WORDS[which]))
        other = data.draw(st.sampled_from(WORDS[which]))
        word = data.draw(st.one_of(NOISE, st.just(which[slice(*other)])))
        text = text[:start] + word + text[end:]

    found: tuple[Fault, ...] = ()
    for name, held in (("book", BOOK), ("scenario", SCENARIO)):
        damaged = text if held is which else held
        (folder / f"{name}.yaml").write_bytes(damaged.encode("utf-8", "surrogatepass"))
    try:
        read_book(folder / "book.yaml")
    except DefinitionError as error:
        found = error.faults

    assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in found)


@given(st.binary(max_size=80), st.integers(0, len(BOOK)))
def test_no_bytes_in_a_book_break_the_reader(folder: Path, noise: bytes, place: int) -> None:
    data = BOOK.encode()
    (folder / "scenario.yaml").write_text(SCENARIO, "utf-8")
    (folder / "book.yaml").write_bytes(data[:place] + noise + data[place:])

    with suppress(DefinitionError):
        read_book(folder / "book.yaml")


GROUP = "- {section: events, wave: W1, by: R01, steps: [{do: act, action: submit}]}\n"
SAMPLE = "- {on: 2017-09-05, by: R01, wave: W1, steps: [{do: act, action: submit}]}\n"
EVENT = "- {{id: X{n}, occurred: 2017-09-05, recorded: 2017-09-05, by: R31, note: x}}\n"


@pytest.mark.parametrize(
    "book",
    [changed(BOOK, "plays:\n", "plays:\n" + GROUP * 200), BOOK + SAMPLE * 200],
    ids=["groups", "samples"],
)
def test_a_book_that_asks_for_far_too_much_is_refused(
    tmp_path: Path, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_effort, "MOST", 2_000)
    events = "".join(EVENT.format(n=n) for n in range(20))

    assert faults_of(tmp_path, book, SCENARIO + events) == [
        "book.yaml:1:1: file: asks for too many records and steps; split it in two"
    ]


@pytest.mark.slow
def test_the_most_that_a_book_may_ask_for_is_read_in_time(tmp_path: Path) -> None:
    events = "".join(EVENT.format(n=n) for n in range(20_000))
    began = time.process_time()

    found = faults_of(
        tmp_path, changed(BOOK, "plays:\n", "plays:\n" + GROUP * 2_000), SCENARIO + events
    )

    assert found == ["book.yaml:1:1: file: asks for too many records and steps; split it in two"]
    assert time.process_time() - began < 60
