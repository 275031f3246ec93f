"""Merkle trees of RFC 6962: a root that stands for a list, and short proofs about it.

Everything here takes and gives 32-byte hashes; ``leaf_hash`` makes them from what is to be proved. The
two prefixes keep a leaf from being passed off as an inner node (RFC 6962, section 2.1).
"""

import hashlib
from collections.abc import Sequence

HASH_BYTES = 32


def leaf_hash(data: bytes) -> bytes:
    """Hash one entry."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two nodes into the one above them."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes, O(n); the hash of nothing when there are none."""
    if not leaves:
        return hashlib.sha256().digest()
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0]


def inclusion_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the hashes that lead from leaf ``index`` up to the root (section 2.1.1), O(n)."""
    path, level = [], list(leaves)
    while len(level) > 1:
        if (index ^ 1) < len(level):
            path.append(level[index ^ 1])
        level, index = _above(level), index // 2
    return path


def root_by_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that an inclusion path leads to; None when its length can't be right."""
    if not 0 <= index < size:
        return None
    node, last, rest = leaf, size - 1, list(path)
    while last:
        # The right-most node of an odd level has no neighbour and goes up as it is.
        if index % 2 or index < last:
            if not rest:
                return None
            other = rest.pop(0)
            node = node_hash(other, node) if index % 2 else node_hash(node, other)
        index, last = index // 2, last // 2
    return None if rest else node


def consistency_path(leaves: Sequence[bytes], older: int) -> list[bytes]:
    """Return the proof that the tree over the first ``older`` leaves grew into this one (section 2.1.2)."""
    return _subproof(leaves, older, whole=True) if 0 < older < len(leaves) else []


def is_consistent(older: int, size: int, older_root: bytes, newer_root: bytes, path: Sequence[bytes]) -> bool:
    """Say whether ``path`` proves that the tree of ``size`` leaves begins with the one of ``older``.

    The algorithm is that of RFC 9162, section 2.1.4.2. Both sizes are at least 1.
    """
    if older == size:
        return not path and older_root == newer_root
    if not 0 < older < size:
        return False
    nodes = list(path) if older & (older - 1) else [older_root, *path]
    index, last = older - 1, size - 1
    while index % 2:
        index, last = index // 2, last // 2
    return bool(nodes) and _climb(nodes, index, last) == (older_root, newer_root)


def _climb(nodes: Sequence[bytes], index: int, last: int) -> tuple[bytes, bytes] | None:
    """Return the roots of the older and the newer tree that a consistency path leads to."""
    small = large = nodes[0]
    for other in nodes[1:]:
        if not last:
            return None
        if index % 2 or index == last:
            small, large = node_hash(other, small), node_hash(other, large)
            while index and not index % 2:
                index, last = index // 2, last // 2
        else:
            large = node_hash(large, other)
        index, last = index // 2, last // 2
    return None if last else (small, large)


def _above(level: Sequence[bytes]) -> list[bytes]:
    pairs = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def _subproof(leaves: Sequence[bytes], older: int, *, whole: bool) -> list[bytes]:
    size = len(leaves)
    if older == size:
        return [] if whole else [root(leaves)]
    split = 1 << (size - 1).bit_length() - 1
    left, right = leaves[:split], leaves[split:]
    if older <= split:
        return [*_subproof(left, older, whole=whole), root(right)]
    return [*_subproof(right, older - split, whole=False), root(left)]
