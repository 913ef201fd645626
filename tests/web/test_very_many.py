"""Lists over more projects than can be looked through: the most urgent ones, and none of others."""

import pytest

from engine.services import reach
from tests.web.sample_site import Served


def test_of_very_many_projects_the_most_urgent_are_looked_through(
    shared_sample: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = next(p for r, p in shared_sample.kinds().items() if r == "supervisor")
    whole = shared_sample.items(post)

    monkeypatch.setattr(reach, "MOST_LOOKED", 6)
    few = shared_sample.items(post)

    codes = {item.project.code for item in few}
    assert 0 < len(codes) <= 6
    assert few[0] == whole[0]
    assert few == [item for item in whole if item.project.code in codes]


def test_projects_of_others_take_no_room_in_a_list(
    shared_sample: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = next(p for r, p in shared_sample.kinds().items() if r == "agency")
    whole = shared_sample.items(post)
    codes = {item.project.code for item in whole}
    org = shared_sample.desk.people.directory().posts[post].org
    own = shared_sample.desk.queries.seen(org)
    assert len(own) < len(shared_sample.desk.queries.board_codes())

    monkeypatch.setattr(reach, "MOST_LOOKED", len(own))

    assert codes <= {project.code for project in own.values()}
    assert shared_sample.items(post) == whole


def test_what_an_org_sees_is_the_same_however_it_is_asked(shared_sample: Served) -> None:
    desk = shared_sample.desk
    for org in desk.people.directory().orgs:
        states = {state.stream for state, _ in desk.inbox.seen_by(org)}
        rows = {row.stream for row in desk.queries.board(org=org)}

        assert set(desk.queries.seen(org)) == states == rows


def test_the_board_is_made_ahead_until_it_is_told_to_stop(shared_sample: Served) -> None:
    asked: list[int] = []

    def is_over() -> bool:
        asked.append(1)
        return len(asked) == 3

    shared_sample.desk.queries.warm(is_over)
    assert len(asked) == 3

    shared_sample.desk.queries.warm(lambda: False)
    assert len(shared_sample.desk.queries.board()) > 3
