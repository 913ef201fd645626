"""知会: what is new to whom, and that the trail does not tell of it."""

from bootstrap import Desk
from tests.services.forging import a_story


def test_a_notice_is_new_until_its_person_opens_it(desk: Desk) -> None:
    a_story(desk)
    held = desk.sights.of("li", "R11")
    first = (held[0].row["stream"], held[0].row["n"])

    assert all(one.is_new for one in held)
    assert desk.sights.see("li", "R11", first) == 1
    assert desk.sights.see("li", "R11", first) == 0
    assert desk.sights.unread("li", "R11") == len(held) - 1


def test_another_person_in_the_post_has_not_seen_it(desk: Desk) -> None:
    a_story(desk)
    before = desk.sights.unread("li", "R11")

    assert desk.sights.see("wang", "R11") == before
    assert desk.sights.unread("wang", "R11") == 0
    assert desk.sights.unread("li", "R11") == before


def test_a_notice_to_another_post_is_not_theirs_to_see(desk: Desk) -> None:
    a_story(desk)
    held = desk.sights.of("li", "R11")[0].row

    assert desk.sights.see("chen", "R12", (held["stream"], held["n"])) == 0


def test_seeing_leaves_no_entry(desk: Desk) -> None:
    a_story(desk)
    before = desk.proof.verify()

    desk.sights.see("li", "R11")

    after = desk.proof.verify()
    assert (after.entries, after.root, after.verdict) == (before.entries, before.root, "sound")
