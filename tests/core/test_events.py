"""The canonical text of an entry, its leaf and its chain."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.errors import TrailError
from engine.core.events import KINDS, SILENT, canonical, leaf_of, link, origin_of
from engine.core.state import moment

keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda key: key != "cells")
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
numbers = st.integers(-(2**53) + 1, 2**53 - 1)
leaves = st.none() | st.booleans() | numbers | texts


def bodies(depth: int = 4) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy of bodies that fit into an entry."""
    below: st.SearchStrategy[Any] = leaves
    for _ in range(depth):
        lists = st.lists(below, max_size=3)
        below = leaves | lists | st.dictionaries(keys, below, max_size=3)
    return st.dictionaries(keys, below, max_size=5)


@given(bodies())
def test_the_text_says_what_the_body_says(body: dict[str, Any]) -> None:
    assert json.loads(canonical(body)) == body


@given(bodies(), st.randoms(use_true_random=False))
def test_the_order_of_the_keys_makes_no_difference(body: dict[str, Any], random: Any) -> None:
    items = list(body.items())
    random.shuffle(items)

    assert canonical(dict(items)) == canonical(body)


@given(bodies())
def test_the_text_is_canonical_once_and_for_all(body: dict[str, Any]) -> None:
    text = canonical(body)

    assert canonical(json.loads(text)) == text
    assert text.encode().decode() == text


def test_keys_are_sorted_without_blanks_and_texts_are_not_escaped() -> None:
    assert canonical({"b": 1, "a": {"d": "试点", "c": [True, None]}}) == (
        '{"a":{"c":[true,null],"d":"试点"},"b":1}'
    )


@pytest.mark.parametrize("key", ["", "A", "1a", "a-b", "a.b", "試", "a b", "_a", "a\n"])
def test_a_key_is_of_small_letters_digits_and_underscores(key: str) -> None:
    with pytest.raises(TrailError, match="must match"):
        canonical({"facts": {key: 1}})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1.5, "float cannot stand"),
        (float("nan"), "float cannot stand"),
        (2**53, "too large"),
        (-(2**53), "too large"),
        (date(2017, 9, 1), "date cannot stand"),
        (b"x", "bytes cannot stand"),
        ({1, 2}, "set cannot stand"),
        ("a\x00b", r"U\+0000"),
        ("\ud800", "lone surrogate"),
        (object(), "object cannot stand"),
    ],
)
def test_what_cannot_be_written_the_same_everywhere_is_refused(value: object, said: str) -> None:
    with pytest.raises(TrailError, match=said):
        canonical({"facts": {"value": value}})


def test_the_place_of_the_fault_is_named() -> None:
    with pytest.raises(TrailError, match=r"entry\.facts\.values\[1\]\.n"):
        canonical({"facts": {"values": [{"n": 1}, {"n": 0.1}]}})


@pytest.mark.parametrize("value", [2**53 - 1, -(2**53) + 1, 0, True, None, "\\u0000"])
def test_what_every_reader_understands_is_taken(value: object) -> None:
    assert json.loads(canonical({"facts": {"value": value}})) == {"facts": {"value": value}}


def nested(levels: int) -> dict[str, Any]:
    """Return a body of so many objects, one inside the other."""
    body: dict[str, Any] = {"a": 1}
    for _ in range(levels - 1):
        body = {"a": body}
    return body


def test_a_body_is_nested_eight_levels_deep_at_most() -> None:
    canonical(nested(8))

    with pytest.raises(TrailError, match="nested deeper than 8"):
        canonical(nested(9))


def test_an_entry_holds_64_kibibytes_and_not_a_byte_more() -> None:
    frame = len(canonical({"a": ""}))
    assert len(canonical({"a": "x" * (65_536 - frame)})) == 65_536

    with pytest.raises(TrailError, match="65537 bytes"):
        canonical({"a": "x" * (65_537 - frame)})
    with pytest.raises(TrailError, match="at most 65536"):
        canonical({"a": "试" * 22_000})  # three bytes each


def test_the_text_of_a_cell_is_held_to_the_same_rules() -> None:
    for text in ("a\x00b", "\ud800"):
        with pytest.raises(TrailError):
            canonical({"cells": [{"t": "part", "n": 1, "add": {"note": text}}]})


def test_leaf_link_and_origin_are_sha_256_in_their_own_domains() -> None:
    origin = origin_of("house", "project:P1")
    leaf = leaf_of("{}")

    assert leaf == sha256(b"\x00{}").digest()
    assert link(origin, leaf) == sha256(b"\x02" + origin + leaf).digest()
    assert origin == sha256(b"\x03house\nsha256\nproject:P1").digest()


def test_two_houses_or_streams_begin_differently() -> None:
    assert len({origin_of(h, s) for h in ("a", "b") for s in ("x", "y")}) == 4


def chain(texts: list[str]) -> list[bytes]:
    """Return the chain values of entries, oldest first."""
    values = [origin_of("house", "project:P1")]
    for text in texts:
        values.append(link(values[-1], leaf_of(text)))
    return values[1:]


@given(st.lists(bodies(2), min_size=1, max_size=6), st.data())
def test_any_flipped_bit_breaks_the_chain_from_there_on(
    trail: list[dict[str, Any]], data: st.DataObject
) -> None:
    texts = [canonical(body) for body in trail]
    at = data.draw(st.integers(0, len(texts) - 1))
    raw = bytearray(texts[at].encode())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 6))
    changed = raw.decode(errors="surrogateescape")

    before = chain(texts)
    after = [*before[:at]]
    held = before[at - 1] if at else origin_of("house", "project:P1")
    for leaf in [sha256(b"\x00" + bytes(raw)).digest(), *map(leaf_of, texts[at + 1 :])]:
        held = link(held, leaf)
        after.append(held)

    assert changed != texts[at]
    assert all(a != b for a, b in zip(before[at:], after[at:], strict=True))


@given(st.lists(bodies(2), min_size=2, max_size=6), st.data())
def test_entries_cannot_change_places(trail: list[dict[str, Any]], data: st.DataObject) -> None:
    texts = [canonical(body) for body in trail]
    at = data.draw(st.integers(0, len(texts) - 2))
    swapped = [*texts]
    swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]

    assert (chain(swapped)[-1] == chain(texts)[-1]) is (texts == swapped)


def test_no_kind_of_entry_stands_twice_and_the_silent_ones_are_known() -> None:
    assert len(set(KINDS)) == len(KINDS)
    assert set(KINDS) >= SILENT


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda at: at.year >= 1000))
def test_a_moment_is_written_to_the_microsecond_and_read_back(at: datetime) -> None:
    assert datetime.fromisoformat(moment(at)) == at
    assert len(moment(at)) == 27
