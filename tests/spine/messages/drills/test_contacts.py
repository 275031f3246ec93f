"""Where staff can be reached."""

import pytest

from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.models import Event
from bihuan.spine.messages.channels.choosing import ALL
from bihuan.spine.messages.drills import contacts
from bihuan.spine.messages.models import Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana", email="ana@city.example")


def test_a_telephone_is_kept_sealed_in_its_plain_form(ana: User) -> None:
    contacts.add(by=ana, said="199 0000 5526")
    contact = Contact.objects.get()
    assert contact.address == "+8619900005526" and b"1990000" not in bytes(contact.address_sealed or b"")
    assert "5526" not in str(list(Event.objects.values()))


@pytest.mark.parametrize("said", ["", "12", "somebody", "\x00", "wechat:\x00"])
def test_what_no_channel_reaches_is_refused(ana: User, said: str) -> None:
    with pytest.raises(Refused):
        contacts.add(by=ana, said=said)


def test_the_same_address_twice_is_told_and_so_are_too_many(ana: User) -> None:
    contacts.add(by=ana, said="wechat:ana")
    with pytest.raises(Conflict):
        contacts.add(by=ana, said="wechat:ana")
    for k in range(contacts.MOST - 1):
        contacts.add(by=ana, said=f"wechat:{k}")
    with pytest.raises(Refused):
        contacts.add(by=ana, said="wechat:more")


def test_nobody_takes_anothers_address_away(ana: User) -> None:
    contact = contacts.add(by=ana, said="wechat:ana")
    contacts.remove(by=User.objects.create_user("ben"), number=contact.pk)
    assert Contact.objects.exists()
    contacts.remove(by=ana, number=contact.pk)
    assert not Contact.objects.exists()


def test_each_channel_is_given_the_first_address_that_it_reaches(ana: User) -> None:
    for said in ("199 0000 5526", "wechat:ana"):
        contacts.add(by=ana, said=said)
    known = contacts.addresses_of([ana])[ana.pk]
    reached = {name: contacts.reached_on(ALL[name], known) for name in ("screen", "smtp", "sms", "wechat")}
    assert reached == {
        "screen": "",
        "smtp": "ana@city.example",
        "sms": "+8619900005526",
        "wechat": "wechat:ana",
    }
    assert contacts.reached_on(ALL["sms"], ["ana@city.example"]) is None
