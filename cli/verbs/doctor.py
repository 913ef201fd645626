"""``shidian doctor``: is this machine, and this database, fit for use; and what to do if not."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from cli import checks, checks_database, output, stores
from cli.checks import Check, State
from cli.errors import DONE, REFUSED
from cli.options import Reading
from cli.setting import Setting
from cli.verb import Done, asks, leaf
from cli.words import speech
from templates.words import Words

app = leaf("doctor")

STYLES = {State.OK: "green", State.WARN: "yellow", State.FAIL: "bold red"}
SIGNS = {State.OK: "✓", State.WARN: "△", State.FAIL: "×"}


@asks(app, "doctor")
def doctor(setting: Setting, given: Reading) -> Done:
    """Look at everything, and say of each what to do."""
    say, url = speech(setting.locale), stores.address(given.db)
    is_file = stores.file_of(url) is not None
    found = [
        checks.python(), checks.sqlite_library(is_used=is_file), checks.packages(),
        *checks_database.all_of(url),
    ]  # fmt: skip
    if given.as_json:
        output.line(output.dumped([_data(say, check) for check in found]))
    else:
        output.show(_page(say, found))
    return REFUSED if any(check.state is State.FAIL for check in found) else DONE


def _sentence(say: Words, check: Check) -> str:
    return say.say(f"doctor.{check.name}.{check.state}", **check.facts)


def _data(say: Words, check: Check) -> dict[str, object]:
    return {"check": check.name, "state": check.state.value, "facts": dict(check.facts),
            "sentence": _sentence(say, check)}  # fmt: skip


def _page(say: Words, found: Sequence[Check]) -> RenderableType:
    rows = [
        (Text(f"{SIGNS[c.state]} {say.say(f'state.{c.state}')}", STYLES[c.state]),
         say.say(f"doctor.{c.name}.name"), _sentence(say, c))
        for c in found
    ]  # fmt: skip
    heads = [say.say(f"head.{key}") for key in ("state", "check", "finding")]
    bad = sum(check.state is State.FAIL for check in found)
    key = "line.unfit" if bad else "line.fit"
    return output.apart(
        [output.table(heads, rows, whole=(0, 1)), Text(say.say(key, n=bad), "bold")]
    )
