"""What the desk says: its own texts beside those of the templates, one language at a time."""

from functools import cache

from templates.catalogue import read
from templates.words import Words, words

OWN = ("api", "web", "reading", "forms", "outward", "register")
"""The catalogues of the desk and of the programs that call it."""


@cache
def speech(locale: str) -> Words:
    """Return every text of a language, those of the desk included; read once.

    Raises:
        MissingTextError: the product does not speak that language.
    """
    own = {key: text for name in OWN for key, text in read(f"{name}.{locale}").items()}
    return Words(locale, {**own, **words(locale).entries})
