"""Codes of a second factor that change every half minute. Source: RFC 6238 with HMAC-SHA-1."""

import base64
import hmac
import struct
from datetime import datetime
from urllib.parse import quote

STEP_SECONDS = 30
DIGITS = 6
DRIFT = 1
"""Steps that a phone's clock may be off, either way. Source: RFC 6238, 5.2 and 6."""


def step_at(now: datetime) -> int:
    """Return the number of the half minute of an aware moment, counted from 1970."""
    return int(now.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """Return the six digits of a step.

    Args:
        secret: what both sides know, in Base32.
        step: the number of the half minute.

    Source: RFC 4226, 5.3.
    """
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    place = digest[-1] & 0x0F
    number: int = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def matching_step(secret: str, code: str, now: datetime, last: int) -> int | None:
    """Return the step whose code was given, None when there is none.

    A step up to `last`, the last one used, is never taken again: a code counts once.
    """
    given = "".join(code.split()).encode()
    here = step_at(now)
    for step in range(max(here - DRIFT, last + 1), here + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), given):
            return step
    return None


def link_of(secret: str, person: str, issuer: str) -> str:
    """Return the address that an authenticator takes the secret from."""
    name = quote(f"{issuer}:{person}", safe="")
    return f"otpauth://totp/{name}?secret={secret}&issuer={quote(issuer, safe='')}"
