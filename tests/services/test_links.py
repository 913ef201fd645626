"""Links for one purpose: for one slot of one task, once, until a day, kept as a digest only."""

from datetime import timedelta

import pytest

from bootstrap import Desk
from engine.core.errors import UnknownObjectError, UsageError
from engine.services.links import LONGEST_DAYS, Links, Purpose
from tests.houses import actor

PURPOSE = Purpose("P01", 3, "paper", "R11")


def test_a_link_leads_to_what_it_was_made_for(desk: Desk) -> None:
    token, until = desk.links.issue(PURPOSE, actor(desk, "R01"), days=7)

    link = desk.links.find(token)

    assert (link.code, link.task, link.slot, link.post) == ("P01", 3, "paper", "R11")
    assert link.issued_by == "R01"
    assert link.expires_at == until == link.issued_at + timedelta(days=7)


def test_a_link_serves_once(desk: Desk) -> None:
    token, _ = desk.links.issue(PURPOSE, actor(desk, "R01"))

    desk.links.end(token)

    with pytest.raises(UnknownObjectError):
        desk.links.find(token)


def test_a_link_whose_time_is_over_leads_nowhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, until = desk.links.issue(PURPOSE, actor(desk, "R01"), days=1)
    monkeypatch.setattr(desk.house.database, "clock", lambda _: until)

    with pytest.raises(UnknownObjectError):
        desk.links.find(token)


@pytest.mark.parametrize("token", ["", "x", "å", "0" * 500])
def test_a_guess_leads_nowhere(desk: Desk, token: str) -> None:
    with pytest.raises(UnknownObjectError):
        desk.links.find(token)


@pytest.mark.parametrize("days", [0, -1, LONGEST_DAYS + 1])
def test_a_link_holds_for_a_month_at_most(desk: Desk, days: int) -> None:
    with pytest.raises(UsageError, match=str(LONGEST_DAYS)):
        desk.links.issue(PURPOSE, actor(desk, "R01"), days=days)


def test_whoever_acts_through_a_link_is_named_as_the_link(desk: Desk) -> None:
    token, _ = desk.links.issue(PURPOSE, actor(desk, "R01"))

    who = desk.links.actor(desk.links.find(token))

    assert who.person.startswith("link:")
    assert (who.post, who.org, who.channel) == ("R11", "O03", "link")
    assert token not in who.person


def test_two_links_have_nothing_in_common(desk: Desk) -> None:
    links: Links = desk.links

    assert len({links.issue(PURPOSE, actor(desk, "R01"))[0] for _ in range(20)}) == 20
