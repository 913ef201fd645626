"""Envelopes: the signature of Standard Webhooks, ids that stay, scores that stay blind."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.core.envelopes import REGISTERS, TOLD, Envelope, envelope, headers, secret_of, signature
from engine.core.events import KINDS, Entry, canonical

HOUSE = "0123456789abcdef0123456789abcdef"
AT = datetime(2018, 6, 8, 1, 30, tzinfo=UTC)


def an_entry(kind: str = "task.submitted", seq: int = 3, **facts: Any) -> Entry:
    canon = canonical({"facts": facts, "cells": {}})
    return Entry(
        "project:P01", seq, AT, date(2018, 6, 8), kind, "li", "R11", "O03", "ok", "work_plan",
        canon, b"", b"",
    )  # fmt: skip


def an_envelope(entry: Entry, subscription: str = "a") -> Envelope:
    return envelope(HOUSE, subscription, entry, simulated=False)


def test_the_signature_is_that_of_the_published_example() -> None:
    """Source: the test vector of the Standard Webhooks reference libraries."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'

    found = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)

    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_an_attempt_carries_id_moment_and_signature() -> None:
    key = b"k" * 32
    sent = an_envelope(an_entry())

    found = headers(secret_of(key), sent, AT)

    signed = f"{sent.id}.{int(AT.timestamp())}.".encode() + sent.body
    by_hand = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert found["webhook-signature"] == f"v1,{by_hand}"
    assert (found["webhook-id"], found["webhook-timestamp"]) == (sent.id, "1528421400")


@pytest.mark.parametrize("secret", ["", "MfKQ9r8G", "whsec_%%%", "whsec_abc"])
def test_what_is_no_secret_signs_nothing(secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        signature(secret, "a", "1", b"")


def test_the_id_is_that_of_entry_and_subscription() -> None:
    one = an_envelope(an_entry())

    assert one == an_envelope(an_entry())
    assert one.id != an_envelope(an_entry(seq=4)).id
    assert one.id != an_envelope(an_entry(), "b").id
    assert one.id != envelope("f" * 32, "a", an_entry(), simulated=False).id


def test_an_event_has_what_cloudevents_asks_for() -> None:
    event = json.loads(an_envelope(an_entry(doc_no="一号")).body)

    assert event["specversion"] == "1.0"
    assert event["source"] == "urn:uuid:01234567-89ab-cdef-0123-456789abcdef"
    assert event["time"] == "2018-06-08T01:30:00Z"
    assert event["datacontenttype"] == "application/json"
    assert event["data"]["facts"] == {"doc_no": "一号"}
    assert "li" not in event["data"].values()


def test_a_score_is_told_without_its_value() -> None:
    event = json.loads(an_envelope(an_entry("task.scored", value="91.5")).body)

    assert event["data"]["facts"] == {}


def test_what_belongs_to_no_project_is_told_to_nobody() -> None:
    assert set(KINDS) > REGISTERS
    assert set(TOLD) == set(KINDS) - REGISTERS
