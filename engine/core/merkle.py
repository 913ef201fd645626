"""Tree hashes of RFC 6962: one root over many leaves."""

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()
"""The root of no leaves."""


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root of leaf hashes in order, SHA-256, 32 bytes.

    Source: RFC 6962, section 2.1.
    """
    if not leaves:
        return EMPTY
    level = list(leaves)
    while len(level) > 1:
        paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        # An odd last node is carried up as it is; it is never hashed with itself.
        level = paired + (level[-1:] if len(level) % 2 else [])
    return level[0]


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
