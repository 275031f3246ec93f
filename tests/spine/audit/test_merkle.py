"""The tree is RFC 6962's: published vectors, and a reference written straight from the RFC's words."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.spine.audit import merkle

pytestmark = pytest.mark.once

# The inputs, roots and proofs with which the implementations of Certificate Transparency test themselves.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [merkle.leaf_hash(bytes.fromhex(data)) for data in INPUTS]
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"

lists = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


def naive_root(data: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if len(data) == 1:
        return hashlib.sha256(b"\0" + data[0]).digest()
    k = 1
    while k * 2 < len(data):
        k *= 2
    return hashlib.sha256(b"\1" + naive_root(data[:k]) + naive_root(data[k:])).digest()


def naive_path(data: list[bytes], m: int) -> list[bytes]:
    """PATH of RFC 6962, section 2.1.1, word for word."""
    if len(data) == 1:
        return []
    k = 1
    while k * 2 < len(data):
        k *= 2
    if m < k:
        return [*naive_path(data[:k], m), naive_root(data[k:])]
    return [*naive_path(data[k:], m - k), naive_root(data[:k])]


def test_an_empty_tree_has_the_hash_of_nothing():
    assert merkle.root([]).hex() == EMPTY


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_published_ones(size):
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [(0, 1, []), (0, 8, [A, B, C]), (5, 8, [D, E, ROOTS[3]]), (2, 3, [ROOTS[1]]), (1, 5, [ROOTS[0], B, D])],
)
def test_inclusion_paths_are_the_published_ones(index, size, path):
    assert [node.hex() for node in merkle.inclusion_path(LEAVES[:size], index)] == path


@pytest.mark.parametrize(
    ("older", "size", "path"), [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [F, E, ROOTS[3]]), (2, 5, [B, D])]
)
def test_consistency_paths_are_the_published_ones(older, size, path):
    assert [node.hex() for node in merkle.consistency_path(LEAVES[:size], older)] == path


@given(lists)
def test_root_agrees_with_the_words_of_the_rfc(data):
    assert merkle.root([merkle.leaf_hash(entry) for entry in data]) == naive_root(data)


@given(lists, st.data())
def test_every_leaf_proves_itself(data, draw):
    index = draw.draw(st.integers(0, len(data) - 1))
    leaves = [merkle.leaf_hash(entry) for entry in data]
    path = merkle.inclusion_path(leaves, index)
    assert path == naive_path(data, index)
    assert merkle.root_by_path(leaves[index], index, len(leaves), path) == naive_root(data)


@given(lists, st.data())
def test_a_proof_for_another_place_leads_elsewhere(data, draw):
    index, other = (draw.draw(st.integers(0, len(data) - 1)) for _ in range(2))
    leaves = [merkle.leaf_hash(bytes([i]) + entry) for i, entry in enumerate(data)]
    path = merkle.inclusion_path(leaves, index)
    found = merkle.root_by_path(leaves[index], other, len(leaves), path)
    assert (found == merkle.root(leaves)) == (index == other)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_place_outside_the_tree_proves_nothing(index, size):
    assert merkle.root_by_path(LEAVES[0], index, size, []) is None


def test_a_path_too_long_or_too_short_proves_nothing():
    path = merkle.inclusion_path(LEAVES, 3)
    assert merkle.root_by_path(LEAVES[3], 3, 8, path[:-1]) is None
    assert merkle.root_by_path(LEAVES[3], 3, 8, [*path, LEAVES[0]]) is None


@given(lists, st.data())
def test_a_log_that_grew_is_consistent(data, draw):
    older = draw.draw(st.integers(1, len(data)))
    leaves = [merkle.leaf_hash(entry) for entry in data]
    path = merkle.consistency_path(leaves, older)
    assert merkle.is_consistent(older, len(leaves), naive_root(data[:older]), naive_root(data), path)


@given(lists, st.data())
def test_a_log_whose_past_changed_is_not_consistent(data, draw):
    older = draw.draw(st.integers(1, len(data)))
    leaves = [merkle.leaf_hash(entry) for entry in data]
    path = merkle.consistency_path(leaves, older)
    was = merkle.root([merkle.leaf_hash(b"another past"), *leaves[1:older]])
    assert not merkle.is_consistent(older, len(leaves), was, naive_root(data), path)


def test_consistency_refuses_sizes_and_paths_that_can_not_be():
    path = merkle.consistency_path(LEAVES, 6)
    older, newer = merkle.root(LEAVES[:6]), merkle.root(LEAVES)
    assert merkle.is_consistent(6, 8, older, newer, path)
    assert not merkle.is_consistent(9, 8, older, newer, path)
    assert not merkle.is_consistent(6, 8, older, newer, [])
    assert not merkle.is_consistent(6, 8, older, newer, [*path, path[0]])
    assert not merkle.is_consistent(8, 8, newer, newer, path)
