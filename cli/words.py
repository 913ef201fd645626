"""What the terminal says: its own texts beside those of the templates, one language at a time."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from cli.errors import WrongError
from engine.core.definition import Workflow
from engine.core.errors import ShidianError, StaleVersionError, UnknownObjectError
from templates import catalogue
from templates.catalogue import OTHER, Entry
from templates.words import Words, words
from workflows import yamlfile
from workflows.read_nodes import Plain

FOLDER = Path(catalogue.__file__).parent / "locale"


@cache
def speech(locale: str) -> Words:
    """Return every text of a language, those of the terminal included; read once.

    Raises:
        MissingTextError: the product does not speak that language.
        DefinitionError: the file of the terminal's texts is at fault.
    """
    return Words(
        locale, {**catalogue.read(f"web.{locale}"), **entries(locale), **words(locale).entries}
    )


def entries(locale: str) -> Mapping[str, Entry]:
    """Return the terminal's own texts by dotted key."""
    tree = yamlfile.plain(yamlfile.load_file(FOLDER / f"cli.{locale}.yaml"))
    return dict(_flat("", tree if isinstance(tree, dict) else {}))


def _flat(prefix: str, node: Mapping[str, Plain]) -> Iterator[tuple[str, Entry]]:
    for name, value in node.items():
        if not isinstance(value, dict):
            yield f"{prefix}{name}", str(value)
        elif OTHER in value:
            yield f"{prefix}{name}", {variant: str(text) for variant, text in value.items()}
        else:
            yield from _flat(f"{prefix}{name}.", value)


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
