"""A device is invited once, enrolled once, and can be blocked."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.lines.passes.checkpoints import enrolling
from bihuan.lines.passes.seal.algorithms import EDDSA, ES256
from bihuan.spine.audit.models import Event
from tests.lines.passes.checkpoints.known import make_site, make_telephone
from tests.lines.passes.seal.known import CITY
from tests.spine.cases.known import World

KEY = CITY.public_key().public_bytes_raw()


def test_a_word_enrols_one_device(world: World) -> None:
    device, token = enrolling.invite(site=make_site(), name=" gate 1 ", by=world.sam)
    enrolled = enrolling.enrol(token=token.lower(), alg=EDDSA, public=KEY)
    assert (enrolled.pk, enrolled.name) == (device.pk, "gate 1")
    with pytest.raises(Conflict):
        enrolling.enrol(token=token, alg=EDDSA, public=KEY)


def test_the_word_is_not_kept(world: World) -> None:
    device, token = enrolling.invite(site=make_site(), name="gate", by=world.sam)
    assert token.encode() not in bytes(device.token_hash or b"")


def test_a_word_holds_a_quarter_of_an_hour(world: World) -> None:
    _, token = enrolling.invite(site=make_site(), name="gate", by=world.sam)
    later = clock.now() + timedelta(minutes=15)
    with clock.running(lambda: later), pytest.raises(Conflict):
        enrolling.enrol(token=token, alg=EDDSA, public=KEY)


def test_a_browser_without_ed25519_brings_another_key(world: World) -> None:
    _, token = enrolling.invite(site=make_site(), name="gate", by=world.sam)
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    public = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert enrolling.key_of(enrolling.enrol(token=token, alg=ES256, public=public)).public == public


@pytest.mark.parametrize(
    ("alg", "public"), [(EDDSA, b"short"), (ES256, bytes(91)), (-37, KEY), (EDDSA, bytes(33))]
)
def test_what_is_no_key_is_refused(world: World, alg: int, public: bytes) -> None:
    _, token = enrolling.invite(site=make_site(), name="gate", by=world.sam)
    with pytest.raises(Refused):
        enrolling.enrol(token=token, alg=alg, public=public)


def test_only_a_supervisor_invites_and_blocks(world: World) -> None:
    phone = make_telephone(world)
    with pytest.raises(Forbidden):
        enrolling.invite(site=phone.device.site, name="mine", by=world.ben)
    with pytest.raises(Forbidden):
        enrolling.block(device=phone.device, by=world.ben)


def test_a_place_that_is_no_checkpoint_and_a_device_without_a_name_are_refused(world: World) -> None:
    with pytest.raises(Refused):
        enrolling.invite(site=make_site("shop", kind="shop"), name="x", by=world.sam)
    with pytest.raises(Refused):
        enrolling.invite(site=make_site(), name=" ", by=world.sam)


def test_a_device_is_blocked_once_and_an_invited_one_can_not_enrol_any_more(world: World) -> None:
    device, token = enrolling.invite(site=make_site(), name="gate", by=world.sam)
    enrolling.block(device=device, by=world.sam)
    with pytest.raises(Conflict):
        enrolling.block(device=device, by=world.sam)
    with pytest.raises(Conflict):
        enrolling.enrol(token=token, alg=EDDSA, public=KEY)
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "device_invite",
        "device_block",
    ]
