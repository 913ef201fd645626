"""What was wrong with a form, in the reader's words, and which of its fields it was."""

from engine.core.errors import FieldError, ShidianError
from templates.words import Words


def fault(say: Words, error: ShidianError) -> str:
    """Return the sentence of an error; one about a field names it as its label does."""
    if not isinstance(error, FieldError):
        return say.error(error)
    key = f"field.{error.field}"
    label = say.say(key) if say.has(key) else error.field
    return say.say(f"fault.{error.key}", **{**error.given, "name": label})


def field_of(error: ShidianError | None) -> str:
    """Return the name of the field that an error is about, empty where it is about none."""
    return error.field if isinstance(error, FieldError) else ""
