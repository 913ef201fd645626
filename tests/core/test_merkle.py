"""Tree hashes of RFC 6962: known vectors, and the tree of any size."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.events import leaf_of
from engine.core.merkle import EMPTY, root

INPUTS = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
"""The eight leaves of the reference implementation of Certificate Transparency, in hex."""

ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
"""Their roots, from merkletree_test of google/certificate-transparency."""


def leaves(count: int) -> list[bytes]:
    """Return the leaf hashes of the first reference inputs."""
    return [sha256(b"\x00" + bytes.fromhex(text)).digest() for text in INPUTS[:count]]


@pytest.mark.parametrize(("count", "expected"), ROOTS.items())
def test_the_root_is_that_of_the_reference(count: int, expected: str) -> None:
    assert root(leaves(count)).hex() == expected


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert root([]) == EMPTY == sha256(b"").digest()


def test_a_leaf_of_the_trail_is_a_leaf_of_the_standard() -> None:
    assert leaf_of("") == leaves(1)[0]


def by_the_standard(found: list[bytes]) -> bytes:
    """Return the root as section 2.1 defines it: split at the largest power of two below."""
    if len(found) < 2:
        return found[0] if found else EMPTY
    split = 1
    while split * 2 < len(found):
        split *= 2
    halves = by_the_standard(found[:split]), by_the_standard(found[split:])
    return sha256(b"\x01" + halves[0] + halves[1]).digest()


hashes = st.lists(st.binary(min_size=32, max_size=32), max_size=70)


@given(hashes)
def test_a_tree_of_any_size_is_the_one_of_the_standard(found: list[bytes]) -> None:
    assert root(found) == by_the_standard(found)


@given(hashes.filter(bool), st.data())
def test_any_changed_leaf_changes_the_root(found: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(found) - 1))
    other = data.draw(st.binary(min_size=32, max_size=32).filter(lambda leaf: leaf != found[at]))

    assert root([*found[:at], other, *found[at + 1 :]]) != root(found)


@given(hashes.filter(bool))
def test_a_last_leaf_twice_is_another_tree(found: list[bytes]) -> None:
    assert root([*found, found[-1]]) != root(found)
