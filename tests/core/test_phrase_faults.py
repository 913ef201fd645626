"""A phrase that cannot be read says why, and is never called undated."""

from datetime import date

import pytest

from engine.core import phrases
from engine.core.phrases import read_phrase

ISSUED = date(2017, 8, 31)


def test_a_serial_number_elsewhere_is_a_fault_with_a_proposal() -> None:
    reading = read_phrase("42978")

    assert (reading.kind, reading.fault) == ("fault", "date_serial")
    assert reading.facts == {"perhaps": "2017-08-31"}
    assert reading.message == "This is a bare number, not a date. Perhaps 2017-08-31 is meant."


def test_a_serial_number_of_another_age_is_refused() -> None:
    assert read_phrase("12345", serials=True).fault == "date_year"


@pytest.mark.parametrize(
    "raw",
    [
        "9月底前",
        "九月底前",
        "9-11月",
        "上半年",
        "第三季度",
        "三季度前",
        "年底前",
        "今年9月",
        "10日",
        "2017年至9月",
    ],
)
def test_a_phrase_without_its_year_is_a_fault_and_the_year_of_issue_a_proposal(raw: str) -> None:
    assert read_phrase(raw).fault == "date_needs_year"
    assert read_phrase(raw).message == "The phrase names no year."
    assert read_phrase(raw, ISSUED).facts == {"perhaps": 2017}
    assert read_phrase(raw, ISSUED).readings == ()


@pytest.mark.parametrize("raw", ["2018-02-29", "20180229", "2018年2月29日", "2018年2月1-29日"])
def test_a_day_that_does_not_exist_names_the_last_of_its_month(raw: str) -> None:
    reading = read_phrase(raw)

    assert reading.fault == "date_day"
    assert (reading.facts["day"], reading.facts["last_day"]) == (29, 28)
    assert reading.message == "Month 2 of 2018 has no day 29; its last day is 2018-02-28."


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("", "date_missing"),
        (" \u3000", "date_missing"),
        ("很" * 201, "date_long"),
        ("2018年13月", "date_month"),
        ("2018.0.1", "date_month"),
        ("2018年9月0日", "date_day"),
        ("2107年8月31日", "date_year"),
        ("1017.8.31", "date_year"),
        ("2017年8月31日（星期五）", "date_weekday"),
        ("2017年11-2月", "date_reversed"),
        ("2017年9月31日-10月2日", "date_day"),
        ("0日内", "date_count"),
    ],
)
def test_what_is_wrong_with_a_date_is_said(raw: str, fault: str) -> None:
    assert read_phrase(raw).fault == fault
    assert read_phrase(raw).message


@pytest.mark.parametrize(
    "raw",
    [
        "2017年1 2月",
        "2017.9-11",
        "2017年9月8",
        "2017年31日",
        "2017年9月30日底",
        "2017年9月上旬底",
        "2017年9月1日上旬",
        "2017年上旬",
        "2017年9月第三季度",
        "2017年9月周五",
        "周五前",
        "17.8.31",
        "201708",
        "2017831",
        "2018年以后",
        "2018年初",
        "2018年第5季度",
        "每月10日前",
        "每年十月前",
        "月底前",
        "明年",
        "提前5个工作日",
        "24小时内",
        "2017-08-31T16:00:00Z",
        "1234个工作日内",
        "9" * 150,
        "2017年9月前报市民政局同意后实施",
    ],
)
def test_what_looks_like_a_date_and_is_not_understood_is_never_called_undated(raw: str) -> None:
    assert read_phrase(raw, ISSUED, serials=True).fault == "date_unread"


def test_every_sentence_belongs_to_a_fault_of_these_tests() -> None:
    raws = ("", "很" * 201, "9", "9月", "1017年", "2018年13月", "2018-02-29", "42978", "0日内")
    more = ("2017年8月31日(周五)", "2017年11-2月")

    assert {read_phrase(raw).fault for raw in raws + more} == set(phrases._ENGLISH)
