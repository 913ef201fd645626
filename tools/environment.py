"""The virtual environment that every command works in: made, filled from the locks, remembered.

Standard library only, because it runs before anything is installed.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
BOOT = ROOT / ".boot"
CORE, TEST, LINT = "requirements.lock", "requirements-test.lock", "requirements-lint.lock"
HOLDS = {TEST: (CORE,)}  # a lock that holds another one whole: it installs both
STARTED = time.monotonic()


class SetupError(Exception):
    """Setting up failed; the text says what failed and what to do."""


def say(text: str) -> None:
    """Tell the person what happens; on stderr, so that stdout stays the command's own."""
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", file=sys.stderr, flush=True)


def child_variables() -> dict[str, str]:
    """Return the environment variables for every program started from here.

    Without byte code each start takes seconds longer, and a foreign PYTHONPATH or PYTHONHOME
    would put other packages before the locked ones.
    """
    unwanted = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {"PYTHONUTF8": "1", **kept}


def call(*command: str | Path) -> int:
    """Run a program in the project's folder, on this terminal, and return its exit code."""
    return subprocess.run(command, cwd=ROOT, env=child_variables(), check=False).returncode


def attempt(*command: str | Path, **variables: str) -> tuple[bool, str]:
    """Run a program out of sight; return whether it succeeded, and all that it printed."""
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**child_variables(), **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        return False, str(error)
    return done.returncode == 0, done.stdout


def python_in(environment: Path) -> Path:
    """Return the interpreter of a virtual environment, which need not exist yet."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def is_usable(environment: Path) -> bool:
    """Say whether an environment runs, has pip, and is of the Python that runs this file."""
    probe = "import pip, platform; print(platform.python_version())"
    worked, printed = attempt(python_in(environment), "-c", probe)
    return worked and printed.strip() == platform.python_version()


def make_environment(environment: Path) -> Path:
    """Make a virtual environment with pip, unless it works already; return its interpreter.

    Debian without its python3-venv package has `venv` but nothing to put pip in with, and says so
    only by failing; `virtualenv`, put into a folder of ours, needs nothing from the system.

    Raises:
        SetupError: neither way works.
    """
    if is_usable(environment):
        return python_in(environment)
    say(f"making {environment.name} with Python {platform.python_version()}")
    shutil.rmtree(environment, ignore_errors=True)
    attempt(sys.executable, "-m", "venv", environment)
    if is_usable(environment):
        return python_in(environment)
    say("this Python cannot make one by itself; fetching virtualenv")
    shutil.rmtree(environment, ignore_errors=True)
    pip(sys.executable, "--upgrade", "--target", BOOT, "virtualenv", what="virtualenv")
    _, printed = attempt(sys.executable, "-m", "virtualenv", environment, PYTHONPATH=str(BOOT))
    if not is_usable(environment):
        raise SetupError(f"virtualenv could not make {environment}:\n{printed}")
    return python_in(environment)


def pip(interpreter: str | Path, *arguments: str | Path, what: str) -> None:
    """Install with the pip of an interpreter.

    Raises:
        SetupError: pip failed; its last lines and the likely cure are in the text.
    """
    quiet = ("--quiet", "--no-input", "--disable-pip-version-check")
    worked, printed = attempt(interpreter, "-m", "pip", "install", *quiet, *arguments)
    if not worked:
        raise SetupError(f"installing {what} failed:\n{pip_failure(printed)}")


def pip_failure(printed: str) -> str:
    """Return the end of what pip printed without its warnings, and what a person can do."""
    cure = "The lines above are pip's own. `make clean`, then the same command, starts afresh."
    unreached = ("connection", "resolution", "timed out", "No matching distribution")
    if "No module named pip" in printed:
        cure = "Install pip and venv for this Python (Debian: apt-get install python3-venv)."
    elif "DO NOT MATCH THE HASHES" in printed:
        cure = "What came is not what the lock names. Do not install it; tell the maintainers."
    elif any(sign in printed for sign in unreached):
        cure = (
            "The package index was not reached, or lacks this package. Check the network; behind\n"
            "a proxy set HTTPS_PROXY; on an intranet set PIP_INDEX_URL to its own index, or\n"
            "PIP_NO_INDEX=1 and PIP_FIND_LINKS to a folder with the wheels."
        )
    lines = [line for line in printed.splitlines() if line and not line.startswith("WARNING")]
    return "\n".join([*lines[-12:], "", cure])


def stamp_path(lock: str) -> Path:
    """Return the file that remembers which state of a lock is installed."""
    return ENVIRONMENT / f"{lock}.sha256"


def digest(lock: str) -> str:
    """Return the SHA-256 of a lock, in hexadecimal."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def is_installed(lock: str) -> bool:
    """Say whether the environment already holds exactly this state of the lock."""
    stamp = stamp_path(lock)
    return stamp.exists() and stamp.read_text(encoding="ascii") == digest(lock)


def install(lock: str) -> None:
    """Install a lock by hash, once.

    The stamps go before pip starts and come back after it succeeded, so that an interrupted
    installation is never taken for a whole one. A lock is complete, so pip need not resolve; and
    wheels only, because building from source needs a compiler and runs code while installing.
    """
    if is_installed(lock):
        return
    names = (lock, *HOLDS.get(lock, ()))
    for name in names:
        stamp_path(name).unlink(missing_ok=True)
    say(f"installing {lock} (about a minute the first time)")
    strict = ("--require-hashes", "--no-deps", "--only-binary=:all:", "-r", lock)
    pip(python_in(ENVIRONMENT), *strict, what=lock)
    for name in names:
        stamp_path(name).write_text(digest(name), encoding="ascii")


def ready(*locks: str) -> Path:
    """Set up the environment with some locks and return its interpreter."""
    python = make_environment(ENVIRONMENT)
    for lock in locks:
        install(lock)
    say("ready")
    return python
