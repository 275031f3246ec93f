"""A proof that one Event is in the log, for somebody who holds only the public key."""

from typing import Any

from bihuan.spine.audit import merkle
from bihuan.spine.audit.canonical import EVENT_FIELDS, event_bytes, seal_bytes
from bihuan.spine.audit.models import Event, Leaf, Seal


def proof_of(event_id: int) -> dict[str, Any] | None:
    """Return an Event, its path to the root and the signed Seal; None when it is not sealed.

    To check it: the SHA-256 of a zero byte and ``event`` leads along ``path`` (RFC 9162, section 2.1.3.2)
    to the ``root`` in ``seal``, and ``signature`` is the Ed25519 signature of ``seal``.
    """
    leaf = Leaf.objects.filter(event_id=event_id).first()
    if leaf is None:
        return None
    # The last Seal that begins at or before the leaf is the one that covers it.
    seal = Seal.objects.filter(first_position__lte=leaf.position).latest("pk")
    last = seal.first_position + seal.leaf_count - 1
    digests = Leaf.objects.filter(position__range=(seal.first_position, last)).order_by("position")
    index = leaf.position - seal.first_position
    path = merkle.inclusion_path([bytes(raw) for raw in digests.values_list("digest", flat=True)], index)
    return {
        "event": event_bytes(Event.objects.values_list(*EVENT_FIELDS).get(pk=event_id)).decode(),
        "index": index,
        "leaf_count": seal.leaf_count,
        "path": [node.hex() for node in path],
        "seal": seal_bytes(seal).decode(),
        "signature": bytes(seal.signature).hex(),
    }
