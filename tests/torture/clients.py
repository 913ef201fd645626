"""The processes that race: so many threads each, all asking for the same project at once."""

import threading
from multiprocessing.synchronize import Barrier
from typing import Any

from engine.core.commands import Raise
from engine.core.errors import StaleVersionError
from engine.services.lifecycle import Ask
from engine.storage.database import Database
from tests.houses import entered

CODE = "P01"
POSTS = ("R01", "R11", "R41", "R51")


def compete(
    url: str, number: int, threads: int, rounds: int, version: int, start: Barrier, results: Any
) -> None:
    """Ask once a thread and round, all expecting the version that the round before left."""
    desk = entered(Database(url))

    def ask(turn: int, thread: int) -> None:
        post = POSTS[(number + thread) % len(POSTS)]
        command = Raise("issue", f"r{version + turn}-{number}-{thread}", "示例问题", days=5)
        try:
            wanted = Ask(command, desk.actor(post), expected_version=version + turn)
            desk.lifecycle.act(CODE, wanted)
            results.put((turn, "won", post))
        except StaleVersionError as stale:
            results.put((turn, "lost", stale.winner))
        except Exception as error:  # noqa: BLE001  # whatever it is, the judge must hear of it
            results.put((turn, "fault", repr(error)))

    for turn in range(rounds):
        start.wait()
        running = [threading.Thread(target=ask, args=(turn, n)) for n in range(threads)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
