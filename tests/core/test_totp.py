"""Codes of the second factor, held against the table of RFC 6238, appendix B."""

import base64
from datetime import UTC, datetime

import pytest

from engine.core.totp import code_at, link_of, matching_step, step_at

SECRET = base64.b32encode(b"12345678901234567890").decode()
TABLE = [
    (59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"),
    (2000000000, "279037"), (20000000000, "353130"),
]  # fmt: skip
"""Seconds since 1970 and the last six of the eight digits that the RFC prints for SHA-1."""


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(("seconds", "code"), TABLE)
def test_the_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    assert code_at(SECRET, step_at(at(seconds))) == code


def test_a_code_counts_half_a_minute_early_and_late_but_not_more() -> None:
    seconds, code = TABLE[3]
    found = [matching_step(SECRET, code, at(seconds + 30 * n), 0) is not None for n in range(-2, 3)]

    assert found == [False, True, True, True, False]


def test_a_code_counts_once() -> None:
    seconds, code = TABLE[3]
    step = matching_step(SECRET, f"{code[:3]} {code[3:]}", at(seconds), 0)

    assert step is not None
    assert matching_step(SECRET, code, at(seconds), step) is None
    assert matching_step(SECRET, "no code", at(seconds), 0) is None
    assert matching_step(SECRET, "１２３４５６", at(seconds), 0) is None


def test_an_authenticator_reads_the_address() -> None:
    assert link_of(SECRET, "li", "试点") == (
        f"otpauth://totp/%E8%AF%95%E7%82%B9%3Ali?secret={SECRET}&issuer=%E8%AF%95%E7%82%B9"
    )
