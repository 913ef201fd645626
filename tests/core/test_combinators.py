"""Conditions joined by all, any and not: true, false, or not to be judged yet."""

from hypothesis import given
from hypothesis import strategies as st

from engine.core.definition import Condition
from engine.core.gates import condition_reasons
from engine.core.state import Draft
from tests.builders import a_project

STORY = a_project(dates={"tranche_mid": None})
ON = "2017-10-16"

HOLDS = Condition("date", args={"not_before": "plan_finish"})
FAILS = Condition("date", args={"not_before": "convert_finish"})
OPEN = Condition("date", args={"not_before": "tranche_mid"})
LEAVES = {True: HOLDS, False: FAILS, None: OPEN}


def joined(guard: str, *children: Condition) -> Condition:
    """Return conditions joined by a word."""
    return Condition(guard, children)


def codes(node: Condition) -> list[str]:
    """Return why a condition does not hold."""
    found = condition_reasons(Draft(STORY.state), STORY.frame("county", ON), node)
    return [reason.code for reason in found]


def test_all_lists_what_is_missing_of_every_child() -> None:
    assert codes(joined("all", FAILS, HOLDS, OPEN)) == ["too_early", "date_undecided"]


def test_any_is_content_with_one() -> None:
    assert codes(joined("any", FAILS, OPEN, HOLDS)) == []


def test_any_lists_every_way_to_meet_it_when_none_is_met() -> None:
    assert codes(joined("any", FAILS, OPEN)) == ["too_early", "date_undecided"]


def test_not_turns_around() -> None:
    assert codes(joined("not", FAILS)) == []
    assert codes(joined("not", HOLDS)) == ["must_not_hold"]


def test_not_of_what_cannot_be_judged_cannot_be_judged_either() -> None:
    assert codes(joined("not", OPEN)) == ["date_undecided"]
    assert codes(joined("not", joined("not", OPEN))) == ["date_undecided"]


def test_not_of_a_choice_that_is_still_open_does_not_let_anybody_pass() -> None:
    assert codes(joined("not", joined("any", FAILS, OPEN))) == ["date_undecided"]


def test_not_of_a_list_that_has_failed_already_passes() -> None:
    assert codes(joined("not", joined("all", FAILS, OPEN))) == []


def verdict(node: Condition) -> bool | None:
    """Return what three-valued logic (Kleene) says of a condition over these leaves."""
    if node.guard == "date":
        return next(value for value, leaf in LEAVES.items() if leaf is node)
    below = [verdict(child) for child in node.children]
    if node.guard == "not":
        return None if below[0] is None else not below[0]
    if node.guard == "all":
        return False if False in below else None if None in below else True
    return True if True in below else None if None in below else False


trees = st.recursive(
    st.sampled_from([*LEAVES.values()]),
    lambda below: st.one_of(
        st.builds(lambda child: joined("not", child), below),
        st.builds(
            lambda word, children: joined(word, *children),
            st.sampled_from(["all", "any"]),
            st.lists(below, min_size=1, max_size=3),
        ),
    ),
    max_leaves=12,
)


@given(trees)
def test_a_gate_opens_exactly_when_its_condition_is_known_to_hold(node: Condition) -> None:
    assert (codes(node) == []) is (verdict(node) is True)
