"""Passwords: what one must be like, how it is kept, and how it is checked."""

import re
import secrets
import unicodedata
from importlib import resources

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from engine.core.errors import UsageError

LEAST_LENGTH = 12
"""Characters a password has at least. Source: OWASP ASVS 5.0, 6.2.1 and its note."""

MOST_LENGTH = 256
"""Characters that are read at most: longer ones would only keep the machine busy."""

COMMON = frozenset(
    (resources.files("engine.services") / "common_passwords.txt").read_text("utf-8").split()
)
"""Words that guessers try first, without digits and signs. Source: OWASP ASVS 5.0, 6.2.4."""

_PLAIN = re.compile(r"[\W\d_]+")
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""argon2id with 19 MiB and two passes. Source: OWASP ASVS 5.0, appendix C."""
_NOBODY = _HASHER.hash(secrets.token_hex(16))
"""Checked where there is no such person, so that the answer takes as long."""


def secret_of(person: str, password: str) -> str:
    """Return what is kept of a new password.

    Raises:
        UsageError: it is too short or too long, common, all alike, or holds the person's name.
    """
    if not LEAST_LENGTH <= len(password) <= MOST_LENGTH:
        raise UsageError(
            f"a password has {LEAST_LENGTH} to {MOST_LENGTH} characters, not {len(password)}",
            "password_length", least=LEAST_LENGTH, most=MOST_LENGTH, found=len(password),
        )  # fmt: skip
    if person.casefold() in password.casefold():
        raise UsageError("a password does not hold the name it is for", "password_name")
    if is_common(password):
        message = "this password is among the first that are guessed; choose another one"
        raise UsageError(message, "password_common")
    return _HASHER.hash(_one_form(password))


def is_common(password: str) -> bool:
    """Return whether a password is a common word, dressed with digits and signs or repeated."""
    plain = _one_form(password).casefold()
    letters = _PLAIN.sub("", plain)
    alike = len(set(plain)) < 5  # aaaaaaaaaaaa, 121212121212
    return alike or not letters or any(_repeats(letters, word) for word in COMMON)


def _repeats(letters: str, word: str) -> bool:
    whole, rest = divmod(len(letters), len(word))
    return rest == 0 and letters == word * whole


def matches(secret: str | None, password: str) -> bool:
    """Return whether a password is the one kept; without one it takes as long to say no."""
    try:
        _HASHER.verify(secret or _NOBODY, _one_form(password[: MOST_LENGTH + 1]))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return secret is not None


def _one_form(password: str) -> str:
    """Return the one spelling of a text that keyboards write in several. Source: RFC 8265, 4."""
    return unicodedata.normalize("NFC", password)
