"""Date phrases are read without guessing, and what cannot be read says why."""

from datetime import date

import pytest

from engine.core.definition import Unit
from engine.core.phrases import PhraseReading, read_phrase, say

ISSUED = date(2017, 8, 31)


def _on(*words: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(word) for word in words)


@pytest.mark.parametrize(
    "raw",
    [
        "2017年8月31日",
        "2017.8.31",
        "2017/08/31",
        "20170831",
        "2017-08-31",
        "２０１７年８月３１日",
        "２０１７．８．３１",
        "2017 年 8 月 31 日。",
        "2017年08月31号",
        "二〇一七年八月三十一日",
        "二○一七年八月三十一日",
        "2017年8月31日（星期四）",
        "2017年8月31日 周四",
        "2017-08-31 00:00:00",
        "2017/8/31 17:30",
        "\u200e2017-08-31",
    ],
)
def test_a_day_is_read_however_it_is_written(raw: str) -> None:
    reading = read_phrase(raw)

    assert reading.kind == "day"
    assert reading.readings == (("exact", ISSUED),)
    assert (reading.first, reading.last, reading.ambiguous) == (ISSUED, ISSUED, False)


@pytest.mark.parametrize("raw", ["42978", "42978.0", "42978.75", "４２９７８"])
def test_a_serial_number_is_a_day_where_it_is_allowed(raw: str) -> None:
    assert read_phrase(raw, serials=True).readings == (("exact", ISSUED),)


def test_before_september_in_a_notice_of_its_eve_has_two_readings_and_none_is_chosen() -> None:
    reading = read_phrase("2017年9月前", ISSUED)

    assert reading.kind == "before"
    assert reading.readings == (("literal", ISSUED), ("customary", date(2017, 9, 30)))
    assert reading.ambiguous
    assert reading.on_issue == ("literal",)
    assert reading.past == ()
    assert (reading.first, reading.last) == (None, None)
    assert reading.words == "2017年9月前"


@pytest.mark.parametrize(
    ("raw", "literal", "customary"),
    [
        ("2017年9月以前", "2017-08-31", "2017-09-30"),
        ("2017年９月之前", "2017-08-31", "2017-09-30"),
        ("2018年前", "2017-12-31", "2018-12-31"),
        ("2017年8月31日前", "2017-08-30", "2017-08-31"),
        ("2018年3月1日前", "2018-02-28", "2018-03-01"),
        ("2018年第三季度前", "2018-06-30", "2018-09-30"),
        ("到2017年9月前", "2017-08-31", "2017-09-30"),
    ],
)
def test_before_is_literal_or_customary(raw: str, literal: str, customary: str) -> None:
    reading = read_phrase(raw)

    assert reading.kind == "before"
    assert [label for label, _ in reading.readings] == ["literal", "customary"]
    assert tuple(day for _, day in reading.readings) == _on(literal, customary)
    assert reading.ambiguous


def test_a_reading_before_the_day_of_issue_is_marked_as_past() -> None:
    reading = read_phrase("2017年8月前", ISSUED)

    assert reading.past == ("literal",)
    assert reading.on_issue == ("customary",)


@pytest.mark.parametrize(
    ("raw", "first", "last"),
    [
        ("2017年9-11月", "2017-09-01", "2017-11-30"),
        ("2017年9月-11月", "2017-09-01", "2017-11-30"),
        ("2017年9－11月", "2017-09-01", "2017-11-30"),
        ("2017年9至11月", "2017-09-01", "2017-11-30"),
        ("2017年九月至十一月", "2017-09-01", "2017-11-30"),
        ("2017年9月——2017年11月", "2017-09-01", "2017-11-30"),
        ("2017年12月-2018年10月", "2017-12-01", "2018-10-31"),
        ("从2017年12月到2018年10月底前", "2017-12-01", "2018-10-31"),
        ("2017年9月1日起至2018年2月28日止", "2017-09-01", "2018-02-28"),
        ("2017年9月1-15日", "2017-09-01", "2017-09-15"),
        ("2017年9月1日～10月15日", "2017-09-01", "2017-10-15"),
        ("2017.9.1-2017.11.30", "2017-09-01", "2017-11-30"),
        ("2017-09-01至2017-11-30", "2017-09-01", "2017-11-30"),
        ("2017.9-2017.11", "2017-09-01", "2017-11-30"),
        ("2017-2018年", "2017-01-01", "2018-12-31"),
        ("2018年上半年至下半年", "2018-01-01", "2018-12-31"),
        ("2017年", "2017-01-01", "2017-12-31"),
        ("2017年度", "2017-01-01", "2017-12-31"),
        ("2018年2月", "2018-02-01", "2018-02-28"),
        ("2018年2月份", "2018-02-01", "2018-02-28"),
        ("2018年上半年", "2018-01-01", "2018-06-30"),
        ("2018年下半年", "2018-07-01", "2018-12-31"),
        ("2018年第三季度", "2018-07-01", "2018-09-30"),
        ("2018年一季度", "2018-01-01", "2018-03-31"),
        ("2017年9月上旬", "2017-09-01", "2017-09-10"),
        ("2017年9月中旬", "2017-09-11", "2017-09-20"),
        ("2020年2月下旬", "2020-02-21", "2020-02-29"),
    ],
)
def test_a_range_has_its_first_and_its_last_day(raw: str, first: str, last: str) -> None:
    reading = read_phrase(raw)

    assert reading.kind == "range"
    assert (reading.first, reading.last) == _on(first, last)
    assert (reading.readings, reading.ambiguous) == ((), False)


@pytest.mark.parametrize(
    ("raw", "end"),
    [
        ("2018年底前", "2018-12-31"),
        ("2018年底", "2018-12-31"),
        ("2018年末", "2018-12-31"),
        ("到2020年", "2020-12-31"),
        ("到2020年底", "2020-12-31"),
        ("2018年内", "2018-12-31"),
        ("2017年9月底前", "2017-09-30"),
        ("2018年2月底以前", "2018-02-28"),
        ("2018年上半年底前", "2018-06-30"),
        ("2018年三季度末", "2018-09-30"),
        ("截至2017年8月31日", "2017-08-31"),
        ("2017年8月31日止", "2017-08-31"),
    ],
)
def test_by_has_one_last_day(raw: str, end: str) -> None:
    reading = read_phrase(raw)

    assert reading.kind == "by"
    assert reading.readings == (("end", date.fromisoformat(end)),)
    assert (reading.first, reading.last) == (None, date.fromisoformat(end))
    assert not reading.ambiguous


@pytest.mark.parametrize(
    ("raw", "start"),
    [
        ("从2018年起", "2018-01-01"),
        ("2018年起", "2018-01-01"),
        ("自2018年7月开始", "2018-07-01"),
        ("2018年3月19日起", "2018-03-19"),
        ("从2018年", "2018-01-01"),
    ],
)
def test_from_has_a_first_day_and_no_end(raw: str, start: str) -> None:
    reading = read_phrase(raw)

    assert reading.kind == "from"
    assert reading.readings == (("start", date.fromisoformat(start)),)
    assert (reading.first, reading.last) == (date.fromisoformat(start), None)


@pytest.mark.parametrize(
    ("raw", "count", "unit", "start"),
    [
        ("10个工作日内", 10, Unit.WORKING_DAY, None),
        ("十五个工作日以内", 15, Unit.WORKING_DAY, None),
        ("5 个工作日", 5, Unit.WORKING_DAY, None),
        ("收到通知后3个工作日内", 3, Unit.WORKING_DAY, "收到通知"),
        ("自收到本通知之日起，10个工作日内", 10, Unit.WORKING_DAY, "收到本通知"),
        ("30个自然日内", 30, Unit.CALENDAR_DAY, None),
        ("两周内", 14, Unit.CALENDAR_DAY, None),
        ("三个月内", 3, Unit.MONTH, None),
        ("一年之内", 12, Unit.MONTH, None),
    ],
)
def test_a_relative_phrase_has_count_unit_and_event(
    raw: str, count: int, unit: Unit, start: str | None
) -> None:
    reading = read_phrase(raw, ISSUED)

    assert reading.kind == "relative"
    assert (reading.count, reading.unit, reading.start) == (count, unit, start)
    assert not reading.ambiguous


@pytest.mark.parametrize("raw", ["15日内", "15天内", "十五日内", "项目确定之日起15日内"])
def test_days_that_do_not_say_whether_they_are_working_days_need_a_person(raw: str) -> None:
    reading = read_phrase(raw)

    assert (reading.kind, reading.count, reading.unit) == ("relative", 15, Unit.CALENDAR_DAY)
    assert reading.ambiguous


@pytest.mark.parametrize(
    "raw", ["定期", "在项目实施中", "尽快", "一月一督导", "一季一评估", "半年一总结", "每一个社区"]
)
def test_words_without_a_date_are_undated(raw: str) -> None:
    assert read_phrase(raw, ISSUED) == PhraseReading(words=raw, kind="undated")


def test_the_words_are_kept_as_they_were_given() -> None:
    assert read_phrase(" ２０１７年９月前 ").words == " ２０１７年９月前 "


def test_say_writes_no_noughts_in_front() -> None:
    assert say(date(2018, 1, 2)) == "2018年1月2日"
