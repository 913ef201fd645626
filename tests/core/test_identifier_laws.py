"""Laws of identifiers: what check digits find, and that no text makes a check raise."""

from hypothesis import given
from hypothesis import strategies as st

from engine.core.identifiers import clean, division, mobile, uscc, visible

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"

anything = st.text(st.characters(codec=None, exclude_categories=()))  # half characters as well
near_misses = st.text("0123456789０１２ABXIOS示例·社区居委会 -+.()\u200b\u3000", max_size=20)
digits = st.text("0123456789", min_size=9, max_size=9)


@st.composite
def codes(draw: st.DrawFn) -> str:
    """Build a code with both digits right, by sums written out otherwise than in the product."""
    head = draw(st.text(LETTERS, min_size=8, max_size=8))
    body = draw(st.text(LETTERS, min_size=8, max_size=8))
    return _closed(head + body + _inner_digit(body))


def _inner_digit(body: str) -> str:
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(int(letter, 36) * weights[n] for n, letter in enumerate(body)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def _closed(code: str) -> str:
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    rest = 31 - sum(LETTERS.index(letter) * weights[n] for n, letter in enumerate(code)) % 31
    return code + LETTERS[rest % 31]


@given(codes())
def test_a_code_with_both_digits_right_passes(code: str) -> None:
    assert uscc(code).value == code
    assert uscc(f" {code[:6].lower()}\u3000{code[6:]}\n").value == code


@given(codes(), st.integers(0, 17), st.sampled_from(LETTERS))
def test_the_outer_digit_finds_every_changed_character(code: str, at: int, letter: str) -> None:
    changed = code[:at] + letter + code[at + 1 :]

    assert uscc(changed).fault == (None if letter == code[at] else "uscc_outer")


@given(codes(), st.integers(0, 16))
def test_the_outer_digit_finds_every_swap_of_neighbours(code: str, at: int) -> None:
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]

    assert uscc(swapped).fault == (None if swapped == code else "uscc_outer")


@given(codes(), st.integers(0, 17), st.sampled_from("IOSVZ中*-_?Ä"))
def test_every_other_character_is_refused_with_its_place(code: str, at: int, sign: str) -> None:
    checked = uscc(code[:at] + sign + code[at + 1 :])

    assert checked.fault == "uscc_letter"
    assert checked.facts["letters"] == sign
    assert checked.facts["positions"] == str(at + 1)


@given(codes(), st.integers(0, 17))
def test_a_code_with_a_character_less_is_refused(code: str, at: int) -> None:
    assert uscc(code[:at] + code[at + 1 :]).fault == "uscc_length"


@given(digits)
def test_every_number_from_13_to_19_passes_and_is_masked(end: str) -> None:
    for start in "3456789":
        number = f"1{start}{end}"
        assert mobile(number).value == number
        assert mobile(number).facts["masked"] == f"{number[:3]}****{number[-4:]}"


@given(st.text("0123456789", min_size=8, max_size=16), st.sampled_from(["", "x", "/", "+"]))
def test_the_fault_of_a_mobile_number_never_repeats_it(number: str, sign: str) -> None:
    checked = mobile(number + sign)
    told = f"{checked.facts} {checked.message}"

    assert checked.value or number[:7] not in told


@given(anything)
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert visible(visible(text)) == visible(text)
    assert not any(sign.isspace() for sign in clean(text))


@given(anything | near_misses)
def test_no_text_makes_a_check_raise(text: str) -> None:
    for check in (uscc, mobile, division):
        checked = check(text)

        assert (checked.value is None) == (checked.fault is not None) == bool(checked.message)
