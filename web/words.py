"""What the desk says: its own texts beside those of the templates, one language at a time."""

from functools import cache

from templates.catalogue import read
from templates.words import Words, words


@cache
def speech(locale: str) -> Words:
    """Return every text of a language, those of the desk included; read once.

    Raises:
        MissingTextError: the product does not speak that language.
    """
    own = {**read(f"api.{locale}"), **read(f"web.{locale}")}
    return Words(locale, {**own, **words(locale).entries})
