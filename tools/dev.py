"""The door to the commands behind `make`: looks at the Python version, then hands over.

This file alone is kept to the grammar of Python 3.6, so that an old Python gets as far as the
sentence that says which one is needed.
"""

import platform
import runpy
import sys
from pathlib import Path

NEEDED = (3, 11)


def old_python_message(found: str, executable: str) -> str:
    """Return what to tell a person whose Python is too old."""
    needed = ".".join(map(str, NEEDED))
    return (
        f"Shidian needs Python {needed} or newer; {executable} is Python {found}.\n"
        f"Install a newer Python, or name one that is there: make test PYTHON=python{needed}"
    )


def main() -> None:
    """Run the command that the command line names."""
    if sys.version_info < NEEDED:
        sys.exit(old_python_message(platform.python_version(), sys.executable))
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    runpy.run_module("tools.commands", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
