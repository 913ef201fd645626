"""The long forms of the torture: ``python -m tests.torture.all [--seed S]``.

500 kills on SQLite, and 500 on an embedded PostgreSQL.
"""

import argparse
import random
import sys

from tests.storage import servers
from tests.torture import kill9

KILLS = 500


def main() -> int:
    """Run everything and return 0 when nothing was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))  # noqa: S311  # no secret
    parser.add_argument("--kills", type=int, default=KILLS)
    given = parser.parse_args()
    common = ["--kills", str(given.kills), "--seed", str(given.seed)]
    print(f"seed {given.seed}\nSQLite", flush=True)
    failed = kill9.main(common)
    print("PostgreSQL", flush=True)
    with servers.embedded() as server:
        failed += kill9.main([*common, "--url", server.blank()])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
