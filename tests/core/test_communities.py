"""A community is found under any way of writing its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.communities import community_key, match_community

REGISTER = {
    "510904001001": "正东社区居委会",
    "510904001002": "琼江社区居委会",
    "510904001004": "三合碑社区居委会",
    "510904001006": "双林桥社区居民委员会",
    "510904002005": "凤凰社区居委会",
    "510904002007": "双河社区居委会",
    "510904002011": "石佛社区居民委员会",
}

anything = st.text(st.characters(codec=None, exclude_categories=()))
names = st.text("正东示例·社区居委会民员 \u3000", max_size=30)


@pytest.mark.parametrize(
    "raw", ["正东社区居委会", "正东社区居民委员会", "正东社区", " 正东 社区 ", "正东", "正东居委会"]
)
def test_every_way_of_writing_a_name_leads_to_its_code(raw: str) -> None:
    found = match_community(raw, REGISTER)

    assert community_key(raw) == "正东"
    assert (found.value, found.fault) == ("510904001001", None)
    assert found.facts == {"name": "正东社区居委会"}


@pytest.mark.parametrize(
    "raw", ["示例·春和社区", "示例•春和社区", "春和 社区", "示例 · 春和社区居委会"]
)
def test_the_mark_of_sample_data_is_dropped(raw: str) -> None:
    assert community_key(raw) == "春和"


@pytest.mark.parametrize("raw", ["社区", "居委会", "示例·社区"])
def test_a_name_that_is_only_a_suffix_is_kept(raw: str) -> None:
    assert community_key(raw) == raw.removeprefix("示例·")


def test_a_village_is_another_place_than_the_community_of_its_name() -> None:
    assert community_key("正东村") != community_key("正东社区")
    assert match_community("正东村", REGISTER).fault == "community_unknown"


def test_a_code_is_taken_as_such() -> None:
    assert match_community(" ５10904001001", REGISTER).value == "510904001001"


@pytest.mark.parametrize(
    ("raw", "nearest"),
    [
        ("正冬社区", "正东社区居委会"),
        ("三合社区", "三合碑社区居委会"),
        ("双林乔社区", "双林桥社区居民委员会"),
        ("安居区凤凰街道石佛社区居委会", "石佛社区居民委员会"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(raw: str, nearest: str) -> None:
    found = match_community(raw, REGISTER)

    assert (found.value, found.fault) == (None, "community_unknown")
    assert nearest in str(found.facts["near"]).split(", ")
    assert raw in found.message
    assert nearest in found.message


def test_a_name_like_no_other_has_no_nearest() -> None:
    assert match_community("XYZ", REGISTER).facts == {"name": "XYZ", "near": "-"}


def test_nothing_is_nearest_in_an_empty_register() -> None:
    assert match_community("正东社区", {}).facts["near"] == "-"


def test_a_missing_name_is_a_fault_of_its_own() -> None:
    assert match_community(" \u3000", REGISTER).fault == "community_missing"


def test_a_name_of_two_communities_is_not_guessed() -> None:
    twins = {**REGISTER, "510903001001": "正东社区"}
    found = match_community("正东社区居委会", twins)

    assert found.fault == "community_ambiguous"
    assert found.facts["codes"] == "510904001001, 510903001001"
    assert "510903001001" in found.message


@given(anything | names)
def test_the_key_of_a_key_is_the_key(name: str) -> None:
    assert community_key(community_key(name)) == community_key(name)


@given(anything | names, st.dictionaries(st.text(), anything | names, max_size=4))
def test_no_text_makes_matching_raise(name: str, register: dict[str, str]) -> None:
    found = match_community(name, register)

    assert found.value is None or found.value in register
    assert (found.value is None) == bool(found.message)
