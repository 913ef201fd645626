"""The commands behind `make`: each sets up what it needs by itself, then does its work.

The first line of a command's docstring is what bare `make` says about it.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tools.environment import (
    BOOT,
    CORE,
    ENVIRONMENT,
    LINT,
    ROOT,
    TEST,
    SetupError,
    attempt,
    call,
    make_environment,
    pip,
    ready,
    say,
)

UV = "uv==0.13.9"  # the version that wrote the locks, so that a new lock shows only new packages
FAST = "not torture and not slow and not postgres"
WORKERS = min(os.cpu_count() or 1, 4)  # more would only wait for the disk
SPREAD = ("-n", str(WORKERS), "--dist", "loadfile")  # a file's fixtures are made once
CACHES = ("build", "dist", "htmlcov", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache")


def run(arguments: list[str]) -> int:
    """Play the example programme, then serve its desk on this machine."""
    return call(ready(CORE), "-m", "cli", "demo", "--serve", *arguments)


def test(arguments: list[str]) -> int:
    """Run all tests; further words go to pytest."""
    return call(ready(TEST), "-m", "pytest", *SPREAD, *arguments)


def check(arguments: list[str]) -> int:
    """Check format, lint, types and the fast tests."""
    python = ready(TEST, LINT)
    steps: dict[str, tuple[str, ...]] = {
        "format": ("ruff", "format", "--check", "."),
        "lint": ("ruff", "check", "."),
        "types": ("mypy",),
        "fast tests": ("pytest", "-q", *SPREAD, "-m", FAST, *arguments),
    }
    failed = []
    for name, command in steps.items():
        say(name)
        if call(python, "-m", *command) != 0:
            failed.append(name)
    say(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def tidy(arguments: list[str]) -> int:
    """Mend what lint can mend, and format."""
    python = ready(LINT)
    left = call(python, "-m", "ruff", "check", "--fix", ".", *arguments)
    return call(python, "-m", "ruff", "format", ".") or left


def bench(arguments: list[str]) -> int:
    """Measure speed and print the figures."""
    return call(ready(TEST), "-m", "bench.all", *arguments)


def torture(arguments: list[str]) -> int:
    """Kill, flood and race the product on purpose (long)."""
    return call(ready(TEST), "-m", "tests.torture.all", *arguments)


def lock(arguments: list[str]) -> int:
    """Write the locks from pyproject.toml anew (maintainers; ARGS=--upgrade for new versions)."""
    wanted = {
        CORE: ("pyproject.toml",),
        TEST: ("pyproject.toml", "--extra", "postgres", "--group", "test", "-c", CORE),
        LINT: ("--group", "lint", "-c", TEST),
    }
    options = ("--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet")
    with tempfile.TemporaryDirectory() as folder:
        python = make_environment(Path(folder) / "lock")
        pip(python, "--only-binary=:all:", UV, what=UV)
        uv = (python, "-m", "uv", "pip", "compile", "--python-version", "3.11", *options)
        for name, sources in wanted.items():
            say(f"writing {name}")
            worked, printed = attempt(*uv, *sources, "-o", name, *arguments)
            if not worked:
                raise SetupError(f"uv could not write {name}:\n{printed}")
    return 0


def clean(_: list[str]) -> int:
    """Remove the environment and every cache; never data."""
    for folder in (ENVIRONMENT, BOOT, *(ROOT / name for name in CACHES)):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in list(ROOT.rglob("__pycache__")):
        shutil.rmtree(folder, ignore_errors=True)
    for report in (ROOT / ".coverage", *ROOT.glob(".coverage.*")):
        report.unlink(missing_ok=True)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "format": tidy,
    "bench": bench,
    "torture": torture,
    "lock": lock,
    "clean": clean,
}


def overview() -> str:
    """Return the list of commands, one line each."""
    summaries = {name: (work.__doc__ or "").splitlines()[0] for name, work in COMMANDS.items()}
    return "\n".join(
        [
            *(f"make {name:8}{summary}" for name, summary in summaries.items()),
            "",
            "Further words: make test ARGS='-k calendar'. Another Python: PYTHON=python3.12.",
            "Without make: python3 tools/dev.py COMMAND.",
        ]
    )


def main(argv: list[str]) -> int:
    """Carry out the command of a command line; without one, list them all.

    Returns:
        The exit code: the command's own, 2 for an unknown command or a set-up that failed.
    """
    if not argv or argv[0] in {"help", "-h", "--help"}:
        print(overview())
        return 0
    name, *arguments = argv
    if name not in COMMANDS:
        print(f"no command {name!r}\n\n{overview()}", file=sys.stderr)
        return 2
    try:
        return COMMANDS[name](arguments)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130  # what a shell reports for a program that Ctrl-C ended


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
