"""A proof belongs to one Event and to the Seal that covers it."""

import json

import pytest

from bihuan.spine.audit import merkle
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.audit.models import Leaf, Seal
from bihuan.spine.audit.proof import proof_of
from tests.spine.audit.log import write_log

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("position", [1, 4, 5, 12])
def test_it_leads_to_the_root_of_the_seal_that_covers_the_event(position):
    write_log()
    leaf = Leaf.objects.get(position=position)
    proof = proof_of(leaf.event_id)
    assert proof
    seal = Seal.objects.get(pk=json.loads(proof["seal"])["id"])
    assert seal.first_position <= position < seal.first_position + seal.leaf_count
    path = [bytes.fromhex(node) for node in proof["path"]]
    found = merkle.root_by_path(
        merkle.leaf_hash(proof["event"].encode()), proof["index"], proof["leaf_count"], path
    )
    assert found == bytes(seal.root)


def test_another_events_words_do_not_fit_the_path():
    write_log()
    first, second = (proof_of(leaf.event_id) for leaf in Leaf.objects.order_by("position")[:2])
    assert first
    assert second
    path = [bytes.fromhex(node) for node in first["path"]]
    leaf = merkle.leaf_hash(second["event"].encode())
    assert merkle.root_by_path(leaf, first["index"], first["leaf_count"], path) != bytes(
        Seal.objects.get(pk=1).root
    )


def test_what_is_not_sealed_or_not_there_has_none():
    event = record(by=SYSTEM, verb="opened", subject=("case", 1))
    assert proof_of(event.pk) is None
    assert proof_of(event.pk + 1) is None
