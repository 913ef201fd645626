"""Entries as other systems are told of them: one CloudEvent each, signed.

Source: CloudEvents 1.0.2 (JSON event format, structured mode); Standard Webhooks 1.0.0.
"""

import base64
import binascii
import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from engine.core.events import KINDS, Entry

PREFIX: Final = "whsec_"
"""What a signing secret begins with; the rest is the key in Base64."""

MEDIA_TYPE: Final = "application/cloudevents+json; charset=utf-8"

REGISTERS: Final = frozenset({
    "register.changed", "workflow.published", "calendar.published", "programme.changed",
    "trail.exported",
})  # fmt: skip
"""Kinds of entries that belong to no project, and are told to nobody outside."""

TOLD: Final = tuple(kind for kind in KINDS if kind not in REGISTERS)
"""Kinds of entries that another system may ask for."""

WITHHELD: Final = frozenset({"task.scored"})
"""Kinds told without their facts: a panel judges blind until it has concluded."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One entry ready to be sent: `id` stays the same however often it is sent."""

    id: str
    stream: str
    seq: int
    body: bytes


def envelope(house: str, subscription: str, entry: Entry, *, simulated: bool) -> Envelope:
    """Return an entry as the CloudEvent that one subscription is sent.

    The person is left out: a duty belongs to a post.

    Args:
        house: the identity of the database, 32 hexadecimal digits.
        subscription: the subscription's id.
        entry: what is told.
        simulated: whether the database keeps simulated time, which the receiver must know.
    """
    facts = {} if entry.kind in WITHHELD else entry.body["facts"]
    code = entry.stream.partition(":")[2]
    data = {
        "project": code, "record": entry.seq, "kind": entry.kind, "deed": entry.deed,
        "outcome": entry.outcome, "post": entry.post, "org": entry.org,
        "effective_on": entry.effective_on.isoformat(), "facts": facts, "simulated": simulated,
    }  # fmt: skip
    name = _id(house, subscription, entry)
    event = {
        "specversion": "1.0", "id": name, "source": uuid.UUID(hex=house).urn,
        "type": f"shidian.{entry.kind}", "subject": code, "time": _moment(entry.recorded_at),
        "datacontenttype": "application/json", "data": data,
    }  # fmt: skip
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    return Envelope(name, entry.stream, entry.seq, body)


def _id(house: str, subscription: str, entry: Entry) -> str:
    said = f"{house}\n{subscription}\n{entry.stream}\n{entry.seq}"
    return f"msg_{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def secret_of(key: bytes) -> str:
    """Return a key as the secret that a receiver is given."""
    return PREFIX + base64.b64encode(key).decode()


def headers(secret: str, sent: Envelope, at: datetime) -> dict[str, str]:
    """Return the headers of one attempt: id, moment (whole seconds since 1970) and signature."""
    stamp = str(int(at.timestamp()))
    return {
        "content-type": MEDIA_TYPE,
        "webhook-id": sent.id,
        "webhook-timestamp": stamp,
        "webhook-signature": signature(secret, sent.id, stamp, sent.body),
    }


def signature(secret: str, name: str, stamp: str, body: bytes) -> str:
    """Return the signature of a message: ``v1,`` and HMAC-SHA256 in Base64.

    Raises:
        ValueError: the secret is none of ours.
    """
    if not secret.startswith(PREFIX):
        raise ValueError(f"a secret begins with {PREFIX}")
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("a secret is Base64 after its prefix") from error
    signed = hmac.digest(key, f"{name}.{stamp}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(signed).decode()}"
