"""Seals: who consents, in what number and order, on paper or in person; what a refusal does."""

from dataclasses import replace

import pytest

from engine.core.definition import SealMode, Workflow
from engine.core.errors import Reason
from engine.core.rows import Part
from tests.builders import Story, a_directory, a_post, a_project, a_trial, a_workflow
from tests.core.asks import act, correct, day, seal, submit
from tests.core.ways import plan_papers

EVERYBODY = ("city_bureau", "local_party", "local_government")


def lacks(story: Story, action: str = "approve", by: str = "lead") -> list[Reason]:
    """Return why an action is blocked, as far as seals are concerned."""
    found = story.options(by)[action].reasons
    return [reason for reason in found if reason.code.startswith("seal")]


def missing(story: Story, action: str = "approve", by: str = "lead") -> list[str]:
    """Return whose seals are missing."""
    return [str(reason.facts["seal"]) for reason in lacks(story, action, by)]


def under(mode: SealMode, count: int = 0, *, veto: bool = True) -> Workflow:
    """Return the shipped workflow with another mode of consent."""
    workflow = a_workflow()
    task = workflow.tasks["consent"]
    assert task.seal is not None
    rule = replace(task.seal, mode=mode, count=count, veto=veto)
    return replace(workflow, tasks={**workflow.tasks, "consent": replace(task, seal=rule)})


def test_every_party_must_consent_and_each_missing_one_is_named_with_who_can_give_it() -> None:
    reasons = lacks(a_project("approval"))

    assert [reason.code for reason in reasons] == ["seal_missing"] * 3
    assert [reason.facts["seal"] for reason in reasons] == [*EVERYBODY]
    assert [reason.holder for reason in reasons] == ["city_lead", "county", "county"]
    assert {reason.lift for reason in reasons} == {"task seal"}


@pytest.mark.parametrize("first", [("lead", "city_bureau"), ("county", "local_government")])
def test_consents_come_in_any_order(first: tuple[str, str]) -> None:
    story = a_project("approval")

    story.do(first[0], seal(first[1], doc="A-1"), "2017-09-20")

    assert missing(story) == [party for party in EVERYBODY if party != first[1]]


def test_the_last_consent_makes_the_task_done() -> None:
    story = a_project("approval")
    for party in EVERYBODY[1:]:
        story.do("county", seal(party, doc="A-1"), "2017-09-20")
    story.do("lead", seal("city_bureau"), "2017-09-21")

    row = story.row("consent")
    assert (row.status, row.outcome, row.done_on) == ("done", "consent", day("2017-09-21"))


def test_one_document_carries_the_seals_of_two_parties() -> None:
    story = a_project("approval")

    story.do("county", seal("local_party", "local_government", doc="A-7"), "2017-09-20")

    cited = [(part.key, part.doc_no, part.seq) for part in story.state.rows(Part)][-2:]
    assert cited == [("local_party", "A-7", 8), ("local_government", "A-7", 8)]
    assert missing(story) == ["city_bureau"]


def test_a_consent_on_paper_has_its_own_day_its_number_and_the_name_of_its_org() -> None:
    story = a_project("approval")

    story.do(
        "county", seal("local_party", doc="A-7"), "2017-09-14", known="2017-09-20",
        on_behalf="County committee",
    )  # fmt: skip

    given = [*story.state.rows(Part)][-1]
    assert (given.on, given.doc_no) == (day("2017-09-14"), "A-7")
    assert (given.post, given.org) == ("county", "County committee")


def test_without_a_name_the_party_itself_stands_beside_the_enterer() -> None:
    story = a_project("approval")
    story.do("county", seal("local_party", doc="A-7"), "2017-09-20")

    assert [*story.state.rows(Part)][-1].org == "当地党委"


def test_a_consent_on_paper_needs_its_document_number() -> None:
    (reason,) = a_project("approval").refusal("county", seal("local_party"))

    assert (reason.code, dict(reason.facts)) == ("document_missing", {"seal": "local_party"})


def test_the_number_of_a_document_cannot_be_corrected_away() -> None:
    story = a_project("approval")
    story.do("county", seal("local_party", doc="A-7"), "2017-09-20")

    assert story.codes("county", correct(story.state.seq, doc_no=" ")) == ["document_missing"]


def test_a_consent_in_person_needs_no_document() -> None:
    story = a_project("approval")

    story.do("lead", seal("city_bureau"), "2017-09-20")

    assert missing(story) == ["local_party", "local_government"]


def test_who_may_neither_seal_nor_enter_is_told_the_roles() -> None:
    story = a_project("approval")

    (bureau,) = story.refusal("liaison", seal("city_bureau", doc="A-1"))
    (party,) = story.refusal("lead", seal("local_party", doc="A-1"))

    assert (bureau.code, bureau.holder) == ("role_missing", "city_lead")
    assert (party.code, party.holder) == ("role_missing", "county")


def test_who_brought_the_plan_forward_does_not_consent_to_it() -> None:
    speaks_for_both = a_post("county", "county_bureau", "county city_lead")
    story = a_project("approval", directory=a_directory(county=speaks_for_both))

    assert story.codes("county", seal("city_bureau")) == ["self_approval"]


def test_who_brought_the_plan_forward_does_not_consent_to_it_in_another_post() -> None:
    story = a_project().go(plan_papers("2017-09-11"))
    story.do("county", act("submit"), "2017-09-12", person="Zhang")

    assert story.ask("lead", seal("city_bureau"), person="Zhang").reasons != ()


def test_entering_another_orgs_consent_is_not_consenting_to_ones_own_plan() -> None:
    story = a_project("approval")
    assert story.actor("county").post == "county"  # the post that handed the plan in

    assert story.ask("county", seal("local_party", doc="A-7")).reasons == ()


@pytest.mark.parametrize(
    "command",
    [seal("nobody"), seal(), seal("city_bureau", verdict="perhaps")],
    ids=["party", "none", "verdict"],
)
def test_an_unknown_party_or_verdict_is_refused(command: object) -> None:
    (reason,) = a_project("approval").refusal("lead", command)  # type: ignore[arg-type]  # a Seal

    assert reason.code == "unknown_seal"
    assert reason.facts["near"] == ", ".join(EVERYBODY)


def test_a_refusal_is_a_veto_and_stands_alone_as_the_reason() -> None:
    story = a_project("approval")
    story.do("county", seal("local_party", "local_government", doc="A-7"), "2017-09-20")
    story.do("lead", seal("city_bureau", verdict="refuse", note="no money"), "2017-09-21")

    (reason,) = lacks(story)
    assert (reason.code, reason.facts["note"]) == ("seal_refused", "no money")


def test_without_veto_a_refusal_is_one_seal_among_others() -> None:
    story = a_project("approval", workflow=under(SealMode.ANY, veto=False))
    story.do("lead", seal("city_bureau", verdict="refuse", note="no money"), "2017-09-20")
    assert [reason.code for reason in lacks(story)] == [
        "seal_refused", "seal_missing", "seal_missing",
    ]  # fmt: skip

    story.do("county", seal("local_party", doc="A-1"), "2017-09-21")

    assert story.row("consent").status == "done"


def test_a_later_consent_takes_the_place_of_a_refusal() -> None:
    story = a_project("approval")
    story.do("lead", seal("city_bureau", verdict="refuse", note="no money"), "2017-09-20")

    story.do("lead", seal("city_bureau"), "2017-09-22")

    assert missing(story) == ["local_party", "local_government"]


def test_a_conditional_consent_blocks_with_its_condition_until_it_is_given_plain() -> None:
    story = a_project("approval")
    story.do("county", seal("local_party", "local_government", doc="A-7"), "2017-09-20")
    story.do("lead", seal("city_bureau", verdict="conditional", note="cut it"), "2017-09-20")
    (reason,) = lacks(story)
    assert (reason.code, reason.facts["note"]) == ("seal_conditional", "cut it")

    story.do("lead", seal("city_bureau"), "2017-09-22")

    assert lacks(story) == []


@pytest.mark.parametrize("verdict", ["conditional", "refuse"])
def test_a_condition_or_refusal_needs_words(verdict: str) -> None:
    codes = a_project("approval").codes("lead", seal("city_bureau", verdict=verdict))

    assert codes == ["reason_missing"]


def test_an_abstention_is_no_consent() -> None:
    story = a_project("approval")
    story.do("lead", seal("city_bureau", verdict="abstain"), "2017-09-20")

    assert missing(story) == [*EVERYBODY]


def test_any_one_consent_is_enough_where_the_rule_says_so() -> None:
    story = a_project("approval", workflow=under(SealMode.ANY))
    assert missing(story) == [*EVERYBODY]

    story.do("county", seal("local_party", doc="A-1"), "2017-09-20")

    assert lacks(story) == []


def test_of_several_as_many_as_the_rule_counts_must_consent() -> None:
    story = a_trial()
    story.do("it", seal("security", task="positions"), "2018-01-22")
    assert story.row("positions").status == "open"

    story.do("hygiene", seal("infection", task="positions"), "2018-01-23")

    assert story.row("positions").status == "done"


def test_each_group_needs_one_of_its_own() -> None:
    story = a_trial()
    both = seal("council_deputy", "council_chair", task="staff_side", doc="B-1")
    story.do("manager", both, "2018-01-22")
    assert missing(story, "begin", "officer")[:3] == ["night_shift", "day_shift", "insurer"]

    story.do("user2", seal("day_shift", task="staff_side"), "2018-01-23")

    assert missing(story, "begin", "officer")[:1] == ["insurer"]
    assert "night_shift" not in missing(story, "begin", "officer")


def test_in_order_the_later_waits_for_the_earlier() -> None:
    story = a_trial("verdict")

    (reason,) = story.refusal("managing", seal("managing", task="signatures", doc="C-2"))

    assert (reason.code, reason.holder) == ("seal_out_of_order", "medical_director")
    assert dict(reason.facts) == {"seal": "managing", "first": "medical"}


def test_one_document_may_carry_consents_that_follow_one_another() -> None:
    story = a_trial("verdict")
    story.do("medical", seal("medical", task="signatures", doc="C-1"), "2018-03-14")

    story.do("buyer", seal("managing", "authority", task="signatures", doc="C-2"), "2018-03-15")

    assert story.row("signatures").status == "done"


def test_an_earlier_consent_withdrawn_holds_up_the_later_ones_again() -> None:
    story = a_trial("verdict")
    story.do("medical", seal("medical", task="signatures", doc="C-1"), "2018-03-14")
    withdrawn = seal("medical", task="signatures", verdict="abstain", doc="C-1")
    story.do("medical", withdrawn, "2018-03-15")

    codes = story.codes("managing", seal("managing", task="signatures", doc="C-2"))

    assert codes == ["seal_out_of_order"]


def test_the_day_of_consent_is_that_of_the_latest_document_not_of_the_last_entry() -> None:
    story = a_project("approval")
    story.do("lead", seal("city_bureau"), "2017-09-25")

    joint = seal("local_party", "local_government", doc="A-7")
    story.do("county", joint, "2017-09-18", known="2017-09-26")

    assert story.row("consent").done_on == day("2017-09-25")
    assert story.codes("lead", act("approve"), "2017-09-22") == ["before_evidence"]


def test_a_task_of_papers_takes_no_seal_and_a_seal_no_paper() -> None:
    story = a_project("approval")

    assert story.codes("lead", seal("city_bureau", task="hub")) == ["wrong_kind"]
    assert story.codes("county", submit("consent")) == ["wrong_kind"]
