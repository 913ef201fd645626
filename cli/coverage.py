"""The targets of a programme on the terminal: met, not met, or not to be judged yet and why."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from cli import output
from engine.services.queries import Coverage
from templates.words import Words


def targets(say: Words, rows: Sequence[Coverage]) -> RenderableType:
    """Return the targets with how far each is met."""
    if not rows:
        return Text(say.say("line.no_targets"))
    heads = [say.say(f"head.{key}") for key in ("code", "target", "by", "have", "verdict")]
    table = output.table(heads, [_row(say, row) for row in rows], right=(3,), whole=(0, 2, 3))
    return output.titled(say.say("line.targets"), table)


def _row(say: Words, row: Coverage) -> tuple[object, ...]:
    total = "?" if row.total is None else row.total
    return (
        row.target.code,
        row.target.words,
        row.target.by,
        f"{row.have}/{total}",
        verdict(say, row),
    )


def verdict(say: Words, row: Coverage) -> Text:
    """Return whether a target is met; what cannot be judged says why."""
    if row.is_met is None:
        why = row.target.denominator or say.say("line.nobody_counted")
        return Text(say.say("line.unjudged", why=why), "yellow")
    key = "met" if row.is_met else "unmet"
    return Text(say.say(f"line.{key}"), "green" if row.is_met else "red")
