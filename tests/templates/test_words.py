"""What the product says: days, lamps, names, kinds of entries, errors; and never a blank."""

from datetime import date

import pytest

from engine.core import errors
from engine.core.definition import FieldType, TaskKind
from engine.core.events import KINDS
from engine.core.gates import GUARDS
from engine.core.lamps import Lamp, Light
from templates.catalogue import LOCALES, catalogue
from templates.words import MissingFactError, MissingTextError, words
from tests.templates.pilot import pilot

DUE = date(2018, 4, 13)
LAMPS = [
    (Lamp(Light.CLOSED), "已办结", "Completed"),
    (Lamp(Light.ENDED), "已提前结束", "Ended early"),
    (Lamp(Light.PAUSED), "已暂停，时限不计", "Suspended, the clock rests"),
    (Lamp(Light.NORMAL), "没有在办事项", "Nothing is owed"),
    (
        Lamp(Light.NORMAL, "five_brand", "five_brand"),
        "一个品牌服务项目（社区服务专业化）在办，未定时限",
        "One branded service under way, no due day",
    ),
    (
        Lamp(Light.NORMAL, "plan", "plan", due=DUE, provisional=True),
        "制定方案时限2018年4月13日（暂定）",
        "Plan due 13 April 2018 (provisional)",
    ),
    (
        Lamp(Light.DUE_SOON, "plan", "plan", due=DUE, provisional=True, left=2),
        "制定方案于2018年4月13日（暂定）到期",
        "Plan due 13 April 2018 (provisional)",
    ),
    (
        Lamp(Light.OVERDUE, "plan", "plan", due=DUE, provisional=True, late=4),
        "制定方案逾期 4 个工作日，时限2018年4月13日（暂定）",
        "Plan: 4 working days overdue, due 13 April 2018 (provisional)",
    ),
    (
        Lamp(Light.NORMAL, "plan", "plan", due=DUE),
        "制定方案时限2018年4月13日",
        "Plan due 13 April 2018",
    ),
    (
        Lamp(Light.EXTENDED, "plan", "plan", due=DUE, left=9),
        "制定方案已批延期至2018年4月13日",
        "Plan extended to 13 April 2018",
    ),
    (
        Lamp(Light.DUE_SOON, "plan", "plan", due=DUE, left=1),
        "制定方案还剩 1 个工作日",
        "Plan: 1 working day left",
    ),
    (
        Lamp(Light.DUE_SOON, "plan", "plan", due=DUE),
        "制定方案于2018年4月13日到期",
        "Plan due 13 April 2018",
    ),
    (
        Lamp(Light.WAITING, "five_site", "five_site", due=DUE, holder="city_lead"),
        "一个现场呈现（阵地建设标准化）已报，待市局牵头科室办理",
        "One site on show handed in, now with City lead division",
    ),
    (
        Lamp(Light.WAITING, "plan", "plan", due=DUE, holder="extension"),
        "制定方案的延期申请待答复",
        "Plan: extension request awaits an answer",
    ),
    (
        Lamp(Light.OVERDUE, "supervision", "supervision/2018-03", due=DUE, late=4),
        "一月一督导（2018年3月）逾期 4 个工作日",
        "Monthly supervision (March 2018): 4 working days overdue",
    ),
    (
        Lamp(Light.OVERDUE, "issue", "issue/WT-03", "楼道扶手松动", DUE, late=1),
        "问题整改（WT-03）“楼道扶手松动”逾期 1 个工作日",
        "Issue (WT-03) “楼道扶手松动”: 1 working day overdue",
    ),
]


@pytest.mark.parametrize(("lamp", "zh", "en"), LAMPS, ids=lambda value: str(value)[:24])
def test_a_lamp_gives_its_reason(lamp: Lamp, zh: str, en: str) -> None:
    assert words("zh").lamp(lamp, pilot()) == zh
    assert words("en").lamp(lamp, pilot()) == en


def test_every_light_has_a_name_and_a_reason() -> None:
    names = {
        key.removeprefix("lamp.") for key in catalogue("zh").entries if key.startswith("lamp.")
    }

    assert names == set(Light)
    assert {lamp.light for lamp, _, _ in LAMPS} == set(Light)
    assert words("zh").light(Lamp(Light.OVERDUE)) == "逾期"


def test_days_are_written_in_full() -> None:
    day = date(2017, 8, 31)

    assert words("zh").day(day) == "2017年8月31日"
    assert words("zh").day_full(day) == "2017年8月31日 星期四"
    assert words("en").day(day) == "31 August 2017"
    assert words("en").day_full(day) == "Thursday, 31 August 2017"
    assert words("en").day_short(day) == "31 Aug"


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("2018-03", "2018年3月", "March 2018"),
        ("2018Q1", "2018年第1季度", "Q1 2018"),
        ("2018H2", "2018年下半年", "Second half of 2018"),
        ("2018", "2018年", "2018"),
        ("WT-03", "WT-03", "WT-03"),
    ],
)
def test_periods_are_said_in_words_and_references_stay(key: str, zh: str, en: str) -> None:
    assert words("zh").period(key) == zh
    assert words("en").period(key) == en


@pytest.mark.parametrize(
    ("kind", "key", "name"),
    [
        ("task", "work_plan", "工作方案"),
        ("task", "plan", "制定方案"),
        ("stage", "design_review", "设计评审"),
        ("slot", "budget", "预算"),
        ("step", "closed", "销号"),
        ("field", "applicants", "报名机构数"),
        ("field", "doc_no", "文号"),
        ("party", "agency", "承接机构"),
        ("role", "city_lead", "市局牵头科室"),
        ("action", "return_plan", "退回补正"),
        ("action", "suspend", "暂停"),
        ("action", "correct", "更正"),
        ("grade", "pass", "合格"),
        ("date", "cadence_from", "督导评估总结起算日"),
        ("seal", "local_party", "当地党委"),
        ("part", "local_party", "当地党委"),
        ("part", "agency", "承接机构"),
        ("reason", "other", "其他"),
        ("rung", "oversee", "督办"),
        ("standing", "suspended", "已暂停"),
        ("status", "waived", "已豁免"),
        ("deed", "award", "招募完成"),
        ("deed", "planned_end", "计划结束日"),
        ("deed", "askextension", "申请延期"),
        ("workflow", "pilot_project", "试点项目"),
        ("stage", "elsewhere", "elsewhere"),
        ("poem", "unknown", "unknown"),
    ],
)
def test_keys_become_names(kind: str, key: str, name: str) -> None:
    assert words("zh").name(pilot(), kind, key) == name


def test_a_step_is_named_by_its_own_task_first() -> None:
    assert words("zh").name(pilot(), "step", "score", task="quarterly_evaluation") == "评分"
    assert words("zh").name(pilot(), "field", "score", task="quarterly_evaluation") == "得分"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_of_entry_has_a_name_and_every_name_a_kind(locale: str) -> None:
    keys = catalogue(locale).entries
    named = {key.removeprefix("kind.") for key in keys if key.startswith("kind.")}

    assert named == set(KINDS)
    assert all(words(locale).event(kind) for kind in KINDS)


@pytest.mark.parametrize(
    ("section", "keys"),
    [("guard", set(GUARDS)), ("task_kind", set(TaskKind)), ("field_type", set(FieldType))],
)
def test_closed_lists_of_the_core_are_named_whole(section: str, keys: set[str]) -> None:
    held = catalogue("zh").entries
    named = {key.partition(".")[2] for key in held if key.startswith(f"{section}.")}

    assert named == keys


def all_errors() -> list[errors.ShidianError]:
    """Return one error of every kind."""
    fault = errors.Fault("a.yaml", 1, 2, "key", "is not known")
    return [
        errors.ShidianError("x"),
        errors.DefinitionError([fault]),
        errors.RefusalError((errors.Reason("unknown_entry", {"seq": 1}),)),
        errors.StaleVersionError("project:SN-01", 3, 4, "县区协调员", "报批"),
        errors.UnknownObjectError("project", "SN-99", ("SN-09",)),
        errors.TrailError("x"),
        errors.ClockError("x"),
        errors.StorageError("x"),
        errors.UsageError("x"),
    ]


def test_every_error_of_the_product_has_a_sentence() -> None:
    found = all_errors()
    keys = {
        key.removeprefix("error.") for key in catalogue("zh").entries if key.startswith("error.")
    }

    assert keys == {error.code for error in found} == _codes(errors.ShidianError)
    assert all(words(locale).error(error) for locale in LOCALES for error in found)


def _codes(base: type[errors.ShidianError]) -> set[str]:
    return {base.code}.union(*(_codes(kind) for kind in base.__subclasses__() if _ours(kind)))


def _ours(kind: type) -> bool:
    return kind.__module__ == errors.__name__


def test_an_error_names_kinds_of_things_in_words() -> None:
    error = errors.UnknownObjectError("project", "SN-99")

    assert words("zh").error(error) == "没有找到项目“SN-99”，相近的有：-"


def test_a_missing_text_is_an_error_that_names_it() -> None:
    with pytest.raises(MissingTextError, match=r"no text 'nowhere\.to_be_found'") as caught:
        words("zh").say("nowhere.to_be_found")
    assert isinstance(caught.value, KeyError)


def test_a_missing_fact_is_an_error_that_names_it() -> None:
    with pytest.raises(MissingFactError, match=r"'page\.as_of' needs the fact 'date'"):
        words("zh").say("page.as_of")
    with pytest.raises(MissingFactError):
        words("zh").say("page.as_of", date=None)


def test_a_language_that_is_not_spoken_is_an_error() -> None:
    with pytest.raises(MissingTextError, match="no language 'fr'"):
        words("fr")


def test_a_fact_is_put_in_as_it_is() -> None:
    said = words("zh").say("page.as_of", date="{0.__class__}{date}")

    assert said == "截至{0.__class__}{date}"


def test_several_values_are_listed() -> None:
    assert (
        words("zh")
        .say("notice.remark_merged", merged=["提醒", "催办"])
        .startswith("系统停用期间，提醒、催办未能")
    )
    assert words("en").listing(["a", date(2018, 1, 2)]) == "a, 2 January 2018"
