"""Identifiers are cleaned, checked, and refused with the place and the reason."""

import pytest

from engine.core import identifiers
from engine.core.identifiers import Checked, clean, division, mobile, uscc

AGENCIES = (
    "52510904XXXX000193",
    "52510904XXXX00027X",
    "52510904XXXX00035Q",
    "52510904XXXX00043K",
    "52510904XXXX00051E",
    "52510904XXXX0006X6",
    "52510904XXXX000786",
    "52510904XXXX000861",
    "52510900XXXX000942",
    "52510903XXXX001073",
)


@pytest.mark.parametrize("code", AGENCIES)
def test_sample_agencies_have_right_codes(code: str) -> None:
    assert uscc(code) == Checked(code, facts={"kind": "52", "division": code[2:8]})


@pytest.mark.parametrize(
    "raw",
    ["52510904XXXX000193", " 52510904 xxxx000193 ", "５２５１０９０４ＸＸＸＸ000193"],
    ids=["as it is", "small letters and blanks", "full width"],
)
def test_a_code_is_read_however_it_is_typed(raw: str) -> None:
    assert uscc(raw).value == "52510904XXXX000193"


def test_a_changed_last_character_is_named_with_the_right_one() -> None:
    checked = uscc("52510904XXXX000190")

    assert (checked.value, checked.fault) == (None, "uscc_outer")
    assert checked.facts == {"expected": "3", "found": "0", "inner_fits": True}
    assert checked.message == "The last character of the code should be 3 and is 0."


def test_a_missing_character_is_counted() -> None:
    checked = uscc("52510904XXXX00019")

    assert checked.fault == "uscc_length"
    assert checked.message == "A credit code has 18 characters, this one has 17."


def test_a_letter_that_does_not_occur_is_named_with_its_place() -> None:
    checked = uscc("52510904OXXX000193")

    assert checked.fault == "uscc_letter"
    assert checked.facts == {"letters": "O", "positions": "9", "perhaps": None}
    assert "has O at position 9" in checked.message


def test_letters_typed_for_digits_are_answered_with_the_code_that_may_be_meant() -> None:
    checked = uscc("52S10904XXXXOOO193")

    assert checked.value is None
    assert checked.facts["letters"] == "S, O, O, O"
    assert checked.facts["positions"] == "3, 13, 14, 15"
    assert checked.facts["perhaps"] == "52510904XXXX000193"
    assert checked.message.endswith("Perhaps 52510904XXXX000193 is meant.")


def test_the_inner_digit_is_checked_although_the_outer_one_fits() -> None:
    checked = uscc("52510904XXXX000180")

    assert checked.fault == "uscc_inner"
    assert checked.facts == {"expected": "9", "found": "8"}


def test_a_mistake_in_the_organisation_code_is_placed_there() -> None:
    assert uscc("52510904XXXX010193").facts["inner_fits"] is False
    assert uscc("52510903XXXX000193").facts["inner_fits"] is True


@pytest.mark.parametrize(
    "code",
    [
        "N2510904XXXX00019H",
        "Y1510904XXXX00019C",
        "A1510904XXXX000191",
        "54510904XXXX00019W",
        "N2A1B2C3XXXX00019J",
    ],
)
def test_codes_of_every_registrar_are_accepted(code: str) -> None:
    assert uscc(code).value == code


@pytest.mark.parametrize("raw", ["5.25109E+17", "5.25109e+17", "5E+17"])
def test_a_code_that_a_spreadsheet_rounded_is_called_that(raw: str) -> None:
    assert uscc(raw).fault == "uscc_rounded"


@pytest.mark.parametrize(
    "raw",
    [
        "13800138000",
        "138-0013-8000",
        "+86 13800138000",
        "86 138 0013 8000",
        "0086-138-0013-8000",
        "(+86)138—0013—8000",
        "１３８００１３８０００",
        "\u202d13800138000\u202c",  # as telephones copy it
    ],
)
def test_a_mobile_number_is_read_however_it_is_typed(raw: str) -> None:
    assert mobile(raw) == Checked("13800138000", facts={"masked": "138****8000"})


@pytest.mark.parametrize("raw", ["1380013800", "+86 1380013800", "0086 1380013800"])
def test_a_mobile_number_with_a_digit_less_is_counted(raw: str) -> None:
    checked = mobile(raw)

    assert checked.fault == "mobile_length"
    assert checked.facts == {"expected": 11, "found": 10}


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("", "mobile_missing"),
        ("--", "mobile_missing"),
        ("1.38E+10", "mobile_rounded"),
        ("12800138000", "mobile_start"),
        ("0825-2321234", "mobile_start"),
        ("13800138000/13900139000", "mobile_sign"),
        ("1380013800O", "mobile_sign"),
        ("١٣٨٠٠١٣٨٠٠٠", "mobile_sign"),
    ],
)
def test_what_is_no_mobile_number_says_why(raw: str, fault: str) -> None:
    assert mobile(raw).fault == fault
    assert mobile(raw).value is None


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("510000", "province"),
        ("510900", "city"),
        ("511000", "city"),
        ("510904", "county"),
        ("510904001", "street"),
        ("510904001001", "community"),
        ("510904001010", "community"),
        ("510904000000", "county"),
        ("510904010000", "street"),
        ("５１０９０４ ", "county"),
    ],
)
def test_a_division_code_tells_its_level(code: str, level: str) -> None:
    assert division(code).value == clean(code)
    assert division(code).facts == {"level": level}


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", "division_missing"),
        ("51090", "division_length"),
        ("5109040", "division_length"),
        ("51O904", "division_sign"),
        ("5.10904E+11", "division_rounded"),
    ],
)
def test_what_has_not_the_shape_of_a_division_code_says_why(code: str, fault: str) -> None:
    assert division(code).fault == fault
    assert division(code).message


def test_cleaning_drops_blanks_that_are_seen_and_marks_that_are_not() -> None:
    assert clean(" Ａ\u3000b\u00a0\t１\u200b\ufeff\n") == "Ab1"
    assert clean("ａｂ", upper=True) == "AB"


def test_every_sentence_can_be_reached() -> None:
    raws = ("", "1E+9", "1", "x", "I" * 18, "1" * 18, "52510904XXXX000180", "0" * 11)
    found = {check(raw).fault for check in (uscc, mobile, division) for raw in raws} - {None}

    assert found == {fault for fault in identifiers._ENGLISH if "community" not in fault}
