"""Starting, killing and starting again: the ground on which the torture stands."""

import multiprocessing
import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from engine.storage.database import Database
from tests.storage.servers import SQLite, embedded, given

CHILDREN = multiprocessing.get_context("forkserver")
"""Children are forked from a process that has everything imported, so that a life costs little."""

CHILDREN.set_forkserver_preload(["tests.torture.people", "tests.torture.clients"])
PATIENCE_SECONDS = 60


@dataclass
class Life:
    """A process that is killed and started again, with the file it writes its deeds into."""

    name: str
    diary: Path
    start: Callable[["Life"], BaseProcess]
    process: BaseProcess | None = None
    deaths: int = 0
    faults: list[str] = field(default_factory=list)

    def live(self) -> None:
        """Start the process unless it runs, and wait until it is ready."""
        if self.process is not None and self.process.is_alive():
            return
        if self.process is not None:
            self._bury()
        self.process = self.start(self)
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        assert self.process is not None
        wanted = f"READY {self.process.pid}"
        until = time.monotonic() + PATIENCE_SECONDS
        while wanted not in self.lines() and self.process.is_alive():
            if time.monotonic() > until:
                raise TimeoutError(f"{self.name} did not start: {self._last_words()}")
            time.sleep(0.002)

    def kill(self) -> None:
        """Kill the process where it stands."""
        assert self.process is not None
        if self.process.is_alive() and self.process.pid is not None:
            os.kill(self.process.pid, signal.SIGKILL)
        self._bury()
        self.deaths += 1

    def _bury(self) -> None:
        """Wait for the end of the process, and note when it ended in another way than by us."""
        assert self.process is not None
        self.process.join()
        if self.process.exitcode != -signal.SIGKILL:
            words = f"{self.name} ended by itself: {self._last_words()}"
            self.faults = list(dict.fromkeys([*self.faults, words]))

    def lines(self) -> list[str]:
        """Return the whole lines of the file, oldest first."""
        if not self.diary.exists():
            return []
        return self.diary.read_text("utf-8").splitlines()

    def acknowledged(self) -> list[int]:
        """Return the numbers of the acts that were acknowledged, in their order."""
        return [int(line.split()[1]) for line in self.lines() if line.startswith("ACK ")]

    def _last_words(self) -> str:
        errors = self.diary.with_suffix(".err")
        return errors.read_text("utf-8")[-2000:] if errors.exists() else "it said nothing"


def a_child(target: Callable[..., None], *arguments: Any) -> BaseProcess:
    """Start a function of ours in a process of its own."""
    process = CHILDREN.Process(target=target, args=arguments, daemon=True)
    process.start()
    return process


@contextmanager
def a_database(kind: str, make: Callable[[Database], object]) -> Iterator[str]:
    """Give a new database, filled, for as long as it is needed: ``sqlite`` or ``postgres``.

    For ``postgres`` the server is the one the environment names, else one started for this.
    """
    folder = Path(tempfile.mkdtemp(prefix="shidian-torture-"))
    try:
        if kind == "sqlite":
            yield SQLite(folder).copy(make, folder)
            return
        named = given()
        if named is not None:
            url = named.copy(make)
            yield url
            named.drop(url)
            named.close()
            return
        with embedded() as server:
            yield server.copy(make)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def nap(chance: random.Random, shortest: float, longest: float) -> None:
    """Sleep for a random while: a real one, for processes that really run."""
    time.sleep(chance.uniform(shortest, longest))


@dataclass
class Report:
    """What a torture found."""

    name: str
    seed: int
    kills: int = 0
    acts: int = 0
    notices: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        verdict = "ok" if not self.faults else f"{len(self.faults)} FAULTS"
        head = (
            f"{self.name}: {verdict}; seed {self.seed}, {self.kills} kills, {self.acts} acts,"
            f" {self.notices} notices, {self.seconds:.1f} s"
        )
        return "\n  ".join([head, *self.faults[:10]])
