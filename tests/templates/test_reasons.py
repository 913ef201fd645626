"""Every reason that the core gives is one sentence, in every language and every shape."""

import pytest

from engine.core.errors import Reason
from templates.catalogue import LOCALES, catalogue
from templates.words import MissingTextError, words
from tests.templates.core_codes import acts, codes
from tests.templates.pilot import pilot
from tests.templates.reasons import REASONS, SHAPES
from tests.templates.snapshots import same_as_reviewed


def in_section(name: str) -> set[str]:
    """Return the keys of a section of the catalogues, without the section's name."""
    prefix = f"{name}."
    return {key.removeprefix(prefix) for key in catalogue("zh").entries if key.startswith(prefix)}


def test_every_code_of_the_core_has_a_sentence_and_every_sentence_a_code() -> None:
    assert in_section("reason") == set(codes())


def test_every_act_that_lifts_a_reason_has_a_sentence_and_every_sentence_an_act() -> None:
    assert in_section("lift") - {"ask"} == acts()


def test_every_code_and_every_fact_of_the_core_has_a_sample() -> None:
    assert set(SHAPES) == set(codes())
    for code, facts in codes().items():
        assert facts <= {name for shape in SHAPES[code] for name in shape}, code


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.code)
def test_a_reason_is_one_sentence_without_gaps(reason: Reason, locale: str) -> None:
    said = words(locale).reason(reason, pilot())

    assert said.strip() == said
    assert "\n" not in said
    assert "None" not in said
    assert "{" not in said
    assert "“”" not in said


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.code)
def test_the_chinese_sentence_says_names_and_not_keys(reason: Reason) -> None:
    said = words("zh").reason(reason, pilot())
    known = {*pilot().tasks, *pilot().stages, *pilot().roles, *pilot().parties}

    shown = {str(value) for value in reason.facts.values()} & known
    offered = str(reason.facts.get("choices"))  # what a person types is shown beside its name

    assert [key for key in shown if key in said and key not in offered] == []


def test_the_sentences_are_the_reviewed_ones() -> None:
    said = words("zh")
    lines = []
    for reason in REASONS:
        lift = said.lift(reason, pilot())
        lines.append(
            f"{reason.code}: {said.reason(reason, pilot())}{f'。{lift}' if lift else ''}。"
        )

    assert same_as_reviewed("reasons.zh.txt", "\n".join(lines) + "\n")


def test_a_reason_is_lifted_by_whoever_holds_the_task() -> None:
    reason = Reason("paper_missing", {"task": "design", "slot": "budget"}, "agency", "task submit")

    assert words("zh").reason(reason, pilot()) == "“项目设计”还缺预算"
    assert words("zh").lift(reason, pilot()) == "由机构项目主管提交材料"
    assert words("en").lift(reason, pilot()) == "Agency project lead hands in the papers"


def test_an_act_without_a_holder_is_said_without_one() -> None:
    reason = Reason("party_unbound", {"party": "agency"}, lift="project bind")

    assert words("zh").lift(reason, pilot()) == "确定相应的单位"


def test_a_reason_that_nobody_can_lift_has_no_such_sentence() -> None:
    assert words("zh").lift(Reason("unknown_entry", {"seq": 9}), pilot()) is None


def test_an_act_may_name_the_task_it_means() -> None:
    reason = Reason("issue_open", {"task": "issue"}, "county", "task record issue/WT-03")

    assert words("zh").lift(reason, pilot()) == "由县区协调员补上记录"


def test_a_code_that_no_catalogue_knows_is_refused_by_name() -> None:
    with pytest.raises(MissingTextError, match=r"reason\.made_up"):
        words("zh").reason(Reason("made_up"), pilot())
