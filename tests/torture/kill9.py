"""Kill -9 at random moments: nothing acknowledged is lost, nothing is done twice.

``python -m tests.torture.kill9 [--kills N] [--seed S] [--url URL] [--careless]``

An acting and a sweeping process are killed again and again while they work on one database.
After each kill the whole trail is verified; at the end every request has had its effect exactly
once and every rung was written exactly once. With ``--careless`` the acting process sends no
idempotency keys: that variant must be caught, or this harness tests nothing.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import bootstrap
from engine.storage.ledger import Search
from tests.houses import BOOK, ROOT
from tests.torture.players import requests
from workflows.book import read_book

MIN_SECONDS, MAX_SECONDS = 0.02, 0.4
"""How long a process that has come up lives at least and at most."""

LIMIT_SECONDS = 3600


@dataclass
class Verdict:
    """What a run found: kills survived, and every fault."""

    seed: int
    kills: int = 0
    requests: int = 0
    rungs: int = 0
    faults: list[str] = field(default_factory=list)


class Acting:
    """The acting process, restarted from the first request without a receipt."""

    def __init__(self, url: str, projects: int, *, keyed: bool) -> None:
        self._url, self._projects, self._keyed = url, projects, keyed
        self.acknowledged = -1
        self._process: subprocess.Popen[str] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process after the last request acknowledged."""
        words = "keyed" if self._keyed else "careless"
        begin = str(self.acknowledged + 1)
        self._process = play("act", self._url, str(self._projects), begin, words)

    def kill(self) -> str:
        """Kill the process and read what it still said; return its complaint, if any."""
        process = self._process
        assert process is not None  # it was started
        process.send_signal(signal.SIGKILL)
        said, complaint = process.communicate()
        self._read(said)
        return "" if process.returncode == -signal.SIGKILL else complaint

    def died(self) -> str:
        """Return the complaint of a process that ended by itself and not well."""
        process, self._process = self._process, None
        if process is None or process.stdout is None or process.stdout.closed:
            return ""
        said, complaint = process.communicate()
        self._read(said)
        return complaint if process.returncode else ""

    def finish(self) -> str:
        """Let the process come to its end; return its complaint, if any."""
        process = self._process
        assert process is not None  # it was started
        said, complaint = process.communicate(timeout=LIMIT_SECONDS)
        self._read(said)
        return complaint if process.returncode else ""

    def _read(self, said: str) -> None:
        numbers = [int(line) for line in said.split("\n")[:-1]]
        self.acknowledged = max([self.acknowledged, *numbers])


def play(*words: str) -> subprocess.Popen[str]:
    """Start one of the players and wait until it works."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.players", *words],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None  # a pipe was asked for
    process.stdout.readline()
    return process


def prepare(url: str) -> None:
    """Make the database: definitions, calendars, and the register of the example."""
    with bootstrap.create(url) as desk:
        desk.programmes.enter(read_book(BOOK), bootstrap.SYSTEM)


def run(url: str, kills: int, seed: int, *, keyed: bool = True) -> Verdict:
    """Kill the two processes so many times on a prepared database; return what was found."""
    chance = random.Random(seed)  # noqa: S311  # a schedule of kills is no secret
    verdict = Verdict(seed)
    projects = 8 + 2 * kills
    acting = Acting(url, projects, keyed=keyed)
    sweeper = play("sweep", url)
    while verdict.kills < kills:
        if not acting.is_running:
            verdict.faults += _complaints(acting.died())
            acting.start()
        if sweeper.poll() is not None:
            sweeper = play("sweep", url)
        time.sleep(chance.uniform(MIN_SECONDS, MAX_SECONDS))
        victim = chance.choice(("act", "sweep", "both"))
        if victim != "sweep":
            verdict.faults += _complaints(acting.kill())
        if victim != "act":
            _slay(sweeper)
        verdict.kills += 1
        verdict.faults += _unsound(url, verdict.kills)
    _slay(sweeper)
    if not acting.is_running:
        acting.start()
    verdict.faults += _complaints(acting.finish())
    return _judged(url, projects, verdict)


def _complaints(text: str) -> list[str]:
    return [text.strip().splitlines()[-1]] if text.strip() else []


def _slay(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def _unsound(url: str, kill: int) -> list[str]:
    with bootstrap.open(url) as desk:
        found = desk.proof.verify()
    return [f"after kill {kill}: {one}" for one in found.breaks]


def _judged(url: str, projects: int, verdict: Verdict) -> Verdict:
    plan = read_book(BOOK)
    with bootstrap.open(url) as desk:
        desk.sweep.run()
        entries = desk.audit.log(Search(prefix="project:", outcome="ok")).entries
        asked = Counter(entry.body["batch"] for entry in entries if entry.body["batch"])
        denied = desk.audit.log(Search(prefix="project:", outcome="denied")).total
        notices = desk.queries.notices()
        verdict.faults += [f"{one}" for one in desk.proof.verify().breaks]
    verdict.requests = len(requests(plan, projects))
    for number in range(verdict.requests):
        times = asked.get(f"request-{number}", 0)
        if times != 1:
            verdict.faults.append(f"request {number} took effect {times} times")
    if denied:
        verdict.faults.append(f"{denied} repeated requests were refused instead of answered")
    told = Counter((row["stream"], row["cause"], row["post"]) for row in notices)
    verdict.rungs = len(told)
    verdict.faults += [f"{key} was told {n} times" for key, n in told.items() if n > 1]
    per_project = Counter(row["stream"] for row in notices)
    if len(set(per_project.values())) > 1 or len(per_project) != projects:
        verdict.faults.append(f"projects were told unequally: {Counter(per_project.values())}")
    return verdict


def main(argv: Sequence[str] | None = None) -> int:
    """Run the torture and print its verdict; 0 when nothing was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--url", default=None, help="an empty database; SQLite when left out")
    parser.add_argument("--careless", action="store_true")
    given = parser.parse_args(argv)
    seed = given.seed if given.seed is not None else random.randrange(2**32)  # noqa: S311  # as above
    with tempfile.TemporaryDirectory() as folder:
        url = given.url or f"sqlite:///{Path(folder) / 'torture.db'}"
        prepare(url)
        verdict = run(url, given.kills, seed, keyed=not given.careless)
    print(
        f"seed {seed}: {verdict.kills} kills, {verdict.requests} requests, {verdict.rungs} rungs,"
        f" {len(verdict.faults)} faults"
    )
    for fault in verdict.faults[:20]:
        print(f"  {fault}")
    return 1 if verdict.faults else 0


if __name__ == "__main__":
    sys.exit(main())
