"""Verification of a whole trail, and how much of its time is pure hashing.

``python -m bench.verify [--projects N]``
"""

import argparse
import hashlib
import tempfile
import time

import bootstrap
from bench.plans import lives, prepared, the_plan
from engine.storage.ledger import Search


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=40)
    given, _ = parser.parse_known_args()
    plan = the_plan()
    with (
        tempfile.TemporaryDirectory() as folder,
        bootstrap.create(f"sqlite:///{folder}/verify.db") as desk,
    ):
        prepared(desk, plan)
        for play in lives(plan, given.projects):
            desk.programmes.play(play)
        texts = [entry.canon.encode() for entry in desk.audit.log(Search()).entries]
        begun = time.perf_counter()
        verdict = desk.proof.verify()
        took = time.perf_counter() - begun
        begun = time.perf_counter()
        for text in texts:
            hashlib.sha256(text).digest()
        hashing = time.perf_counter() - begun
    print(
        f"{verdict.entries} entries: {verdict.verdict} in {took:.2f} s,"
        f" {verdict.entries / took:.0f}/s; pure hashing is {hashing / took:.3f} of it"
    )


if __name__ == "__main__":
    main()
