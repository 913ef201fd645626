"""Many at once: exactly one wins, everybody else is told who, and nothing is lost."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest

from bootstrap import Desk
from engine.core.commands import Bind, Paper, Raise, Submit, Target
from engine.core.errors import RefusalError, ShidianError, StaleVersionError
from engine.services.lifecycle import Ask, Receipt
from tests.houses import a_running_project, actor, again, an_opening, state_of
from tests.torture.race import one_round

CLIENTS = 50

Outcome = Receipt | ShidianError


def at_once(deeds: list[Callable[[], Receipt]]) -> list[Outcome]:
    """Let every deed begin at the same moment; return what became of each, in their order."""
    start = threading.Barrier(len(deeds))
    found: dict[int, Outcome] = {}

    def run(number: int, deed: Callable[[], Receipt]) -> None:
        start.wait()
        try:
            found[number] = deed()
        except ShidianError as error:
            found[number] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(deeds), "a thread died of an error that is none of ours"
    return [found[number] for number in range(len(deeds))]


def issue(number: int) -> Raise:
    """Return the request to open an issue."""
    return Raise("issue", f"I{number}", "示例问题", days=5)


def test_one_of_fifty_wins_and_the_others_are_told_who(desk: Desk) -> None:
    a_running_project(desk)
    posts = ("R01", "R11", "R41", "R51")
    asks = [
        Ask(issue(n), actor(desk, posts[n % len(posts)]), expected_version=1)
        for n in range(CLIENTS)
    ]

    outcomes = at_once([lambda one=one: desk.lifecycle.act("P01", one) for one in asks])  # type: ignore[misc]  # bound now

    winners = [n for n, outcome in enumerate(outcomes) if isinstance(outcome, Receipt)]
    assert len(winners) == 1
    winner = asks[winners[0]].actor.post
    for number, outcome in enumerate(outcomes):
        if number != winners[0]:
            assert isinstance(outcome, StaleVersionError)
            assert (outcome.winner, outcome.deed) == (winner, "issue")
            assert (outcome.expected, outcome.actual) == (1, 2)
    kinds = Counter(entry.kind for entry in desk.audit.history("P01"))
    assert kinds == {"project.opened": 1, "task.raised": 1, "attempt.denied": CLIENTS - 1}
    assert desk.proof.verify().verdict == "sound"


def test_fifty_who_do_not_mind_each_other_all_succeed(desk: Desk) -> None:
    a_running_project(desk)
    asks = [Ask(issue(n), actor(desk, "R11")) for n in range(CLIENTS)]

    outcomes = at_once([lambda one=one: desk.lifecycle.act("P01", one) for one in asks])  # type: ignore[misc]  # bound now

    receipts = [outcome for outcome in outcomes if isinstance(outcome, Receipt)]
    assert sorted(receipt.version for receipt in receipts) == list(range(2, CLIENTS + 2))
    assert state_of(desk, "P01").version == CLIENTS + 1
    assert desk.proof.verify().verdict == "sound"


def test_one_request_sent_by_many_is_done_once(desk: Desk) -> None:
    a_running_project(desk)
    ask = Ask(Submit(Target("roadmap"), None, Paper("甲")), actor(desk, "R11"), key="k")

    outcomes = at_once([lambda: desk.lifecycle.act("P01", ask)] * 20)

    assert {type(outcome) for outcome in outcomes} == {Receipt}
    assert len({outcome for outcome in outcomes if isinstance(outcome, Receipt)}) == 1
    assert len(desk.audit.history("P01")) == 2


def test_one_key_used_for_two_projects_is_done_in_one(desk: Desk) -> None:
    codes = ("P01", "P02", "P03", "P04")
    for code in codes:
        a_running_project(desk, code=code)
    ask = Ask(Submit(Target("roadmap"), None, Paper("甲")), actor(desk, "R11"), key="k")

    outcomes = at_once([lambda c=code: desk.lifecycle.act(c, ask) for code in codes])  # type: ignore[misc]  # bound now

    assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 1
    refused = [outcome for outcome in outcomes if isinstance(outcome, RefusalError)]
    assert [error.reasons[0].code for error in refused] == ["key_reused"] * 3


def test_two_openings_of_one_project_open_it_once(desk: Desk) -> None:
    ask = Ask(an_opening(), actor(desk, "R01"))

    outcomes = at_once([lambda: desk.lifecycle.act("P01", ask)] * 8)

    assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 1
    refused = [outcome for outcome in outcomes if isinstance(outcome, RefusalError)]
    assert [error.reasons[0].code for error in refused] == ["already_open"] * 7
    assert desk.proof.verify().verdict == "sound"


def test_writers_of_different_projects_never_harm_each_other(desk: Desk) -> None:
    codes = [f"P{n:02d}" for n in range(1, 9)]
    for code in codes:
        a_running_project(desk, code=code)
    desks = [again(desk) for _ in range(2)]

    def many(one: Desk, code: str) -> Receipt:
        for number in range(5):
            receipt = one.lifecycle.act(code, Ask(issue(number), actor(one, "R11")))
        return receipt

    pairs = [(desks[n % 2], code) for n, code in enumerate(codes)]
    outcomes = at_once([lambda p=pair: many(*p) for pair in pairs])  # type: ignore[misc]  # bound now

    assert all(isinstance(outcome, Receipt) and outcome.version == 6 for outcome in outcomes)
    assert desk.proof.verify().verdict == "sound"
    for one in desks:
        one.close()


def test_a_change_of_the_register_and_acts_go_on_side_by_side(desk: Desk) -> None:
    a_running_project(desk)
    orgs = ["A01", "A02", "A03", None] * 4
    deeds: list[Callable[[], Receipt]] = [
        lambda o=org: desk.lifecycle.act("P01", Ask(Bind("agency", o), actor(desk, "R11")))  # type: ignore[misc]  # bound now
        for org in orgs
    ]

    outcomes = at_once(
        [*deeds, *[lambda: desk.lifecycle.act("P01", Ask(an_opening(), actor(desk, "R01")))] * 4]
    )

    assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == len(orgs)
    assert state_of(desk, "P01").version == 1 + len(orgs)
    assert desk.proof.verify().verdict == "sound"


@pytest.mark.slow
def test_processes_race_like_threads(desk: Desk) -> None:
    a_running_project(desk)

    found = one_round(desk.house.database.url, processes=3, threads=6, rounds=3)

    assert found.faults == []
    assert found.wins == 3
    assert found.losses == 3 * 17
    assert desk.proof.verify().verdict == "sound"
