"""Finding projects by what people remember of them, and the views they keep."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bootstrap import Desk
from engine.core.commands import Open
from engine.core.errors import UnknownObjectError, UsageError
from engine.services.initials import Names, initials_of
from engine.services.projects import Wanted
from tests.houses import a_running_project, an_opening

CITY, COUNTY = "O01", "O03"


def opened(desk: Desk, **names: str) -> None:
    for code, name in names.items():
        a_running_project(desk, opening=_named(code, name))


def _named(code: str, name: str) -> Open:
    parties = {key: org for key, org in an_opening().parties.items() if key != "community"}
    return replace(an_opening(), code=code, name=name, parties=parties)


def codes(desk: Desk, q: str, org: str | None = None) -> list[str]:
    page = desk.projects.page(Wanted(q=q), org, 0, 50)
    return [row.project.code for row in page.rows]


def test_a_project_is_found_by_name_number_unit_and_initials(desk: Desk) -> None:
    opened(desk, X1="示例·育新路社区", X2="示例·重华社区")

    assert codes(desk, "yxl") == ["X1"]
    assert codes(desk, "YXL sq") == ["X1"]
    assert codes(desk, "育新") == ["X1"]
    assert codes(desk, "x2") == ["X2"]
    assert codes(desk, "安居区") == ["X1", "X2"]
    assert codes(desk, "ajq") == ["X1", "X2"]
    assert codes(desk, "zzz") == []


def test_a_polyphone_is_found_under_each_of_its_readings(desk: Desk) -> None:
    opened(desk, X1="示例·重华社区", X2="示例·单家沟社区", X3="示例·曾家坝社区")

    assert codes(desk, "chsq") == codes(desk, "zhsq") == ["X1"]
    assert codes(desk, "sjg") == codes(desk, "djg") == ["X2"]
    assert codes(desk, "zjb") == codes(desk, "cjb") == ["X3"]


def test_a_project_opened_later_is_found_too(desk: Desk) -> None:
    opened(desk, X1="示例·甲社区")
    assert codes(desk, "yxl") == []

    opened(desk, X2="示例·育新路社区")

    assert codes(desk, "yxl") == ["X2"]


def test_nobody_finds_what_they_may_not_see(desk: Desk) -> None:
    opened(desk, X1="示例·育新路社区")

    assert codes(desk, "yxl", CITY) == codes(desk, "yxl", COUNTY) == ["X1"]
    assert codes(desk, "yxl", "O02") == []
    assert desk.projects.page(Wanted(), "O02", 0, 50).total == 0


@given(st.lists(st.text(alphabet="育新路重华单家沟P01·", min_size=1, max_size=8), max_size=12))
def test_every_name_is_found_by_any_choice_of_its_readings(names: list[str]) -> None:
    index = Names((str(at), (name,)) for at, name in enumerate(names))

    for at, name in enumerate(names):
        read = "".join(max(initials_of(sign), default=sign.casefold()) for sign in name)
        assert str(at) in index.find(read)
        assert str(at) in index.find(name)


def test_a_view_is_kept_changed_shared_and_removed(desk: Desk) -> None:
    views = desk.views
    mine = views.keep("anna", "逾期的", {"lamp": "overdue", "q": ""}, None)
    assert [(one.name, one.asked, one.is_mine) for one in views.of("anna", CITY)] == [
        ("逾期的", {"lamp": "overdue"}, True)
    ]
    assert views.of("bert", CITY) == []

    views.change(mine, "anna", "晚了的", {"lamp": "overdue", "order": "late"}, CITY)
    (shared,) = views.of("bert", CITY)
    assert (shared.name, shared.is_mine) == ("晚了的", False)
    assert views.of("bert", COUNTY) == []

    views.open_with(mine, "bert", CITY)
    opening = views.opening("bert", CITY)
    assert opening is not None
    assert opening.id == mine

    views.remove(mine, "anna")
    assert views.of("anna", CITY) == []
    assert views.opening("bert", CITY) is None


def test_a_view_of_another_person_is_not_theirs_to_change(desk: Desk) -> None:
    view = desk.views.keep("anna", "甲", {}, CITY)

    with pytest.raises(UnknownObjectError):
        desk.views.change(view, "bert", "乙", None, None)
    with pytest.raises(UnknownObjectError):
        desk.views.remove(view, "bert")
    with pytest.raises(UnknownObjectError):
        desk.views.open_with(view, "carl", COUNTY)


@pytest.mark.parametrize("name", ["", " ", "x" * 41, "甲"])
def test_a_name_that_is_none_or_taken_is_refused(desk: Desk, name: str) -> None:
    desk.views.keep("anna", "甲", {}, None)

    with pytest.raises(UsageError):
        desk.views.keep("anna", name, {}, None)
