"""The two tables of the architecture test, as a person reads them."""

from docs.parts.markdown import code, codes, table
from tests.test_architecture import ARROWS, OWNERS


def arrows() -> str:
    """Return which folder may import which."""
    rows = [
        (code(name), codes(sorted(below)) or "nothing of ours") for name, below in ARROWS.items()
    ]
    return table(("Folder or file", "may import, of ours"), rows)


def owners() -> str:
    """Return which outside package is imported where."""
    rows = [(code(name), codes(sorted(places))) for name, places in OWNERS.items()]
    return table(("Outside package", "imported only in"), rows)
