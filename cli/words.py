"""What the terminal says: its own texts beside those of the templates, one language at a time."""

from functools import cache

from cli.errors import WrongError
from engine.core.definition import Workflow
from engine.core.errors import ShidianError, StaleVersionError, UnknownObjectError
from templates.catalogue import Entry, read
from templates.words import Words, words

OWN = ("web", "outward", "register", "cli")
"""The catalogues of the terminal: its own last, and those of the desk that it shares."""


@cache
def speech(locale: str) -> Words:
    """Return every text of a language, those of the terminal included; read once.

    Raises:
        MissingTextError: the product does not speak that language.
    """
    own: dict[str, Entry] = {}
    for name in OWN:
        own |= read(f"{name}.{locale}")
    return Words(locale, {**own, **words(locale).entries})


def sentence(say: Words, error: ShidianError, workflow: Workflow | None = None) -> str:
    """Return the sentence of an error, the terminal's own ones included.

    Args:
        say: the language.
        error: any error of ours.
        workflow: names what was done in a project that the error is about.
    """
    if isinstance(error, WrongError):
        return say.say(f"wrong.{error.key}", **error.given)
    if isinstance(error, UnknownObjectError) and not error.near:
        kind = f"object.{error.kind}"
        name = say.say(kind) if say.has(kind) else error.kind
        return say.say("wrong.unknown", kind=name, name=error.name)
    if isinstance(error, StaleVersionError) and workflow is not None:
        deed = say.name(workflow, "deed", error.deed)
        return say.say("error.stale_version", **{**error.facts(), "deed": deed})
    return say.error(error)
