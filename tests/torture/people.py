"""The processes that are killed: one acts and says so after each commit, others sweep.

What a process has done it writes into a file of its own, one line at a time: a line that was
written outlives the process. The broken variants are what the judge must catch.
"""

import itertools
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bootstrap import Desk
from engine.core.commands import Act, Bind, Command, Raise, Record, Target
from engine.core.errors import ClockError
from engine.services.lifecycle import Ask
from engine.storage.database import Database
from engine.storage.store import Store
from tests.houses import START, entered, go_to

BROKEN = ("early-ack", "new-key", "half-commit")
HOURS_AN_ACT = 2
STEPS = 6


def request(number: int, codes: tuple[str, ...]) -> tuple[str, str, Command]:
    """Return the project, the post and the command of the act of a number: always the same."""
    code, turn = codes[number % len(codes)], number // len(codes)
    ref = f"I{turn // STEPS}"
    target = Target("issue", ref=ref)
    steps: list[tuple[str, Command]] = [
        ("R11", Raise("issue", ref, "示例问题", days=number % 4)),
        ("R11", Record(target)),
        ("R11", Record(target)),
        ("R01", Bind("agency", f"A0{turn // STEPS % 5 + 1}")),
        ("R11", Act("suspend", "other")),
        ("R11", Act("resume", note="恢复")),
    ]
    post, command = steps[turn % STEPS]
    return code, post, command


def name_of(number: int) -> str:
    """Return the key under which an act is asked."""
    return f"a{number}"


class Diary:
    """A file to which lines are added; each is written whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, *words: object) -> None:
        """Add a line."""
        os.write(self._file, (" ".join(str(word) for word in words) + "\n").encode())


def act(url: str, diary: Path, codes: tuple[str, ...], first: int, broken: str | None) -> None:
    """Act for ever, from an act on; the clock goes on with it."""
    desk, written = _arrive(url, diary, broken)
    desk.lifecycle.options(codes[0], desk.actor("R11"))  # whatever is done once a life is done now
    written.write("READY", os.getpid())
    for number in itertools.count(first):
        _act_once(desk, written, codes, number, broken)


def _act_once(
    desk: Desk, written: Diary, codes: tuple[str, ...], number: int, broken: str | None
) -> None:
    code, post, command = request(number, codes)
    try:
        go_to(desk, START + timedelta(hours=HOURS_AN_ACT * number))
    except ClockError as error:
        written.write("CLOCK", error)
    if broken == "early-ack":
        written.write("ACK", number)
    key = f"{name_of(number)}.{os.getpid()}" if broken == "new-key" else name_of(number)
    desk.lifecycle.act(code, Ask(command, desk.actor(post), key=key))
    if broken != "early-ack":
        # The answer is on its way for a while: whoever dies now must ask again, and get the same.
        time.sleep(0.002 * (number % 3))
        written.write("ACK", number)


def sweep(url: str, diary: Path, broken: str | None) -> None:
    """Sweep for ever."""
    desk, written = _arrive(url, diary, broken)
    desk.sweep.preview()
    written.write("READY", os.getpid())
    while True:
        swept = desk.sweep.run()
        for stream, error in swept.failed:
            written.write("FAILED", stream, error)
        time.sleep(0.001)


def _arrive(url: str, diary: Path, broken: str | None) -> tuple[Desk, Diary]:
    if broken == "half-commit":
        _commit_halves()
    sys.stderr = diary.with_suffix(".err").open("a", encoding="utf-8")
    return entered(Database(url)), Diary(diary)


def _commit_halves() -> None:
    """Make the store commit an entry before the rows it changes: what it must never do."""
    write: Callable[..., None] = Store._write_row

    def halved(self: Store, *arguments: Any) -> None:
        self._cursor.connection.commit()
        time.sleep(0.002)
        write(self, *arguments)

    Store._write_row = halved  # type: ignore[method-assign,assignment]  # the sabotage
