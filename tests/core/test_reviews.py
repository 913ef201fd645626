"""Panels: blind scores, independence, the unrounded mean, and another round."""

from dataclasses import replace
from decimal import Decimal

import pytest

from engine.core.commands import Bind
from engine.core.rows import Part
from tests.builders import Story, a_project, a_trial, a_workflow
from tests.core.asks import conclude, correct, day, score, submit, void
from tests.core.ways import JUDGES, USERS, panel


def scored(*values: str) -> Story:
    """Return a design review whose judges have given some scores."""
    story = a_project("design_review")
    for judge, value in zip(JUDGES, values, strict=False):
        story.do(judge, score(value), "2017-11-10")
    return story


def test_a_panel_that_lacks_scores_says_how_many() -> None:
    reasons = scored("80").options("county")["start"].reasons

    (short,) = [reason for reason in reasons if reason.code == "scores_missing"]
    assert dict(short.facts) == {"task": "review", "have": 1, "need": 3}
    assert (short.holder, short.lift) == ("evaluator", "task score")


def test_a_full_panel_waits_for_its_conclusion() -> None:
    reasons = scored("80", "85", "90").options("county")["start"].reasons

    (waiting,) = [reason for reason in reasons if reason.code == "not_concluded"]
    assert (waiting.holder, waiting.lift) == ("evaluator", "task conclude")


def test_a_panel_that_lacks_scores_cannot_be_concluded() -> None:
    (reason,) = scored("80", "85").refusal("judge1", conclude())

    assert (reason.code, reason.facts["have"]) == ("scores_missing", 2)


def test_only_judges_score_and_only_who_may_concludes() -> None:
    story = scored("80", "85", "90")

    assert story.codes("county", score("99")) == ["role_missing"]
    assert story.codes("county", conclude()) == ["role_missing"]
    assert story.ask("lead", conclude()).reasons == ()


@pytest.mark.parametrize("value", ["-1", "100.01", "many", "", "NaN", "1E+9", None])
def test_a_score_lies_between_0_and_100(value: str | None) -> None:
    assert scored().codes("judge1", score(value)) == ["score_malformed"]


@pytest.mark.parametrize("value", ["0", "100", "59.95"])
def test_both_ends_and_fractions_are_scores(value: str) -> None:
    assert scored().ask("judge1", score(value)).reasons == ()


def test_nobody_scores_twice_be_it_the_same_post_or_the_same_person() -> None:
    story = a_project("design_review")
    story.do("judge1", score("80"), "2017-11-10", person="Wang")

    assert story.codes("judge1", score("90")) == ["already_scored"]
    assert story.codes("judge2", score("90"), person="Wang") == ["already_scored"]


def test_a_recusal_is_recorded_and_does_not_count() -> None:
    story = scored("80", "85")
    story.do("judge3", score(None, recused=True), "2017-11-10")

    assert story.codes("judge1", conclude()) == ["scores_missing"]
    assert [part.verdict for part in story.state.rows(Part)][-1] == "recused"


def test_who_has_recused_themselves_does_not_score_after_all() -> None:
    story = scored()
    story.do("judge1", score(None, recused=True), "2017-11-10")

    assert story.codes("judge1", score("90")) == ["already_scored"]
    assert story.codes("county", correct(story.state.seq, value="90")) == ["not_correctable"]


@pytest.mark.parametrize("party", ["supervisor", "agency"])
def test_an_evaluator_who_also_supervises_or_implements_may_not_judge(party: str) -> None:
    story = a_project("design_review", parties={"evaluator": "team", "supervisor": "rival"})
    story.do("county", Bind(party, "team"), "2017-11-06")

    (reason,) = story.refusal("insider", score("100"))

    assert reason.code == "not_independent"
    facts = {"party": party, "other": "evaluator", "org": "The team"}
    assert dict(reason.facts) == facts


GRADES = [
    ("59.9", "revise"), ("60", "pass"), ("79.9", "pass"), ("80", "good"), ("89.5", "good"),
    ("89.999", "good"), ("90", "excellent"),
]  # fmt: skip


@pytest.mark.parametrize(("mean", "outcome"), GRADES)
def test_a_grade_follows_from_the_mean_as_it_is_never_rounded(mean: str, outcome: str) -> None:
    decision = scored(mean, mean, mean).do("judge1", conclude(), "2017-11-13")

    assert decision.facts["outcome"] == outcome


def test_a_mean_a_hair_below_a_grade_does_not_reach_it() -> None:
    decision = scored("60", "60", "59.9999998").do("judge1", conclude(), "2017-11-13")

    assert (decision.facts["mean"], decision.facts["outcome"]) == ("59.999999", "revise")


def test_scores_that_average_exactly_to_a_floor_reach_it() -> None:
    decision = scored("59.5", "60", "60.5").do("judge1", conclude(), "2017-11-13")

    assert (decision.facts["mean"], decision.facts["outcome"]) == ("60.000000", "pass")


@pytest.mark.parametrize(("highest", "alarm"), [("80", False), ("80.01", True)])
def test_scores_far_apart_raise_the_alarm(highest: str, alarm: bool) -> None:
    decision = scored("60", "70", highest).do("judge1", conclude(), "2017-11-13")

    assert decision.facts["alarm"] is alarm


def test_a_failed_design_is_owed_again_with_its_review_and_the_first_round_stays() -> None:
    story = scored("40", "50", "60")
    story.do("agency", submit("design", "proposal"), "2017-11-06", known="2017-11-10")
    story.do("agency", submit("design", "budget"), "2017-11-06", known="2017-11-10")

    story.do("judge1", conclude(), "2017-11-13")

    assert [(row.round, row.status, row.outcome) for row in story.rows("review")] == [
        (1, "done", "revise"), (2, "open", None),
    ]  # fmt: skip
    assert [(row.round, row.status) for row in story.rows("design")] == [(1, "done"), (2, "open")]


def test_a_design_still_open_is_not_owed_twice_for_a_failed_review() -> None:
    story = scored("40", "50", "60")

    story.do("judge1", conclude(), "2017-11-13")

    assert [row.status for row in story.rows("design")] == ["open"]


def test_a_second_round_judges_anew() -> None:
    story = scored("40", "50", "60")
    story.do("judge1", conclude(), "2017-11-13")

    story.go(panel("2017-11-17", "70", "80", "90"))

    assert story.row("review").outcome == "good"


def test_a_passed_design_may_still_be_sent_for_revision_with_words() -> None:
    story = scored("80", "85", "90")
    assert story.codes("judge1", conclude(verdict="revise")) == ["reason_missing"]

    decision = story.do("judge1", conclude(verdict="revise", note="budget"), "2017-11-13")

    assert decision.facts["outcome"] == "revise"


def test_a_failed_design_cannot_be_called_passed() -> None:
    (reason,) = scored("40", "50", "60").refusal("judge1", conclude(verdict="pass"))

    assert (reason.code, reason.facts["mean"]) == ("below_pass", "50.000000")


def test_a_panel_without_a_second_round_fails_for_good() -> None:
    story = a_project("evaluation")
    for judge in JUDGES:
        story.do(judge, score("59.9", "special_evaluation"), "2018-08-20")
    revise = conclude("special_evaluation", "revise", "more")
    assert story.codes("judge1", revise) == ["no_revision"]

    story.do("judge1", conclude("special_evaluation"), "2018-08-21")

    assert (story.row("special_evaluation").outcome, len(story.rows("special_evaluation"))) == (
        "fail", 1,
    )  # fmt: skip


def test_an_unknown_verdict_is_refused() -> None:
    assert scored("80", "85", "90").codes("judge1", conclude(verdict="fine")) == ["unknown_verdict"]


def test_a_conclusion_is_not_earlier_than_the_scores() -> None:
    story = scored("80", "85", "90")

    assert story.codes("judge1", conclude(), "2017-11-09", known="2017-11-13") == ["before_step"]


def test_after_the_conclusion_no_score_is_given_or_changed() -> None:
    story = scored("80", "85", "90")
    story.do("judge1", conclude(), "2017-11-13")
    first = next(part.seq for part in story.state.rows(Part) if part.kind == "score")

    assert story.codes("judge4", score("10")) == ["task_closed"]
    assert story.codes("county", correct(first, value="10")) == ["successors"]


def test_voiding_the_conclusion_asks_for_one_again() -> None:
    story = scored("80", "85", "90")
    story.do("judge1", conclude(), "2017-11-13")

    story.do("county", void(story.state.seq), "2017-11-14")

    assert (story.row("review").status, story.row("review").outcome) == ("open", None)
    story.do("judge1", conclude(), "2017-11-15")


def test_voiding_the_verdict_of_a_round_that_was_followed_by_another_reopens_nothing() -> None:
    story = scored("40", "50", "60")
    story.do("judge1", conclude(), "2017-11-13")

    story.do("county", void(story.state.seq), "2017-11-14")

    assert [row.status for row in story.rows("review")] == ["done", "open"]


def test_a_panel_of_users_judges_the_ward_they_belong_to() -> None:
    story = a_trial("verdict")
    for user in USERS:
        story.do(user, score("55", "assessment"), "2018-03-14")

    story.do("officer", conclude("assessment"), "2018-03-15")

    row = story.row("assessment")
    assert (row.outcome, row.done_on) == ("acceptable", day("2018-03-15"))


def test_a_mean_below_every_grade_that_still_passes_is_called_a_pass() -> None:
    story = a_project("design_review", workflow=replace(a_workflow(), grades=()))
    story.go(panel("2017-11-10", "60", "60", "60"))

    assert story.row("review").outcome == "pass"
    assert story.workflow.grade_of(Decimal(60)) is None
