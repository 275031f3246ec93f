"""Every deed leaves one Event."""

import pytest

from bihuan.kernel import clock
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.audit.actions import ASKER, SYSTEM, draft, record, record_many
from bihuan.spine.audit.models import ActorKind, Event
from bihuan.spine.door.models import Photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben():
    return User.objects.create(username="ben")


def test_an_officers_deed_bears_the_officers_name(ben):
    event = record(
        by=ben, verb="accept", subject=("case", 7), case_id=7, agency_id=3, detail={"from": "waiting"}
    )
    kept = Event.objects.get(pk=event.pk)
    assert (kept.actor_kind, kept.actor, kept.verb) == (ActorKind.STAFF, ben, "accept")
    assert (kept.subject_type, kept.subject_id, kept.case_id, kept.agency_id) == ("case", 7, 7, 3)
    assert kept.detail == {"from": "waiting"}


@pytest.mark.parametrize("actor", [ASKER, SYSTEM])
def test_who_has_no_account_leaves_no_account(actor):
    event = record(by=actor, verb="confirm", subject=("case", 7))
    assert event.actor_id is None
    assert event.actor_kind == actor.kind


def test_a_row_is_named_by_its_kind_and_number():
    agency = Agency.objects.create(code="power", path="/power/")
    event = record(by=SYSTEM, verb="changed", subject=agency)
    assert (event.subject_type, event.subject_id) == ("agency", agency.pk)


def test_a_row_whose_key_is_no_number_is_named_by_its_kind_alone():
    event = record(by=SYSTEM, verb="attach", subject=Photo())
    assert (event.subject_type, event.subject_id) == ("photo", None)


def test_an_event_is_of_the_clocks_moment():
    moment = clock.now()
    with clock.running(lambda: moment):
        assert record(by=SYSTEM, verb="count", subject=("figures", None)).at == moment


def test_many_are_written_at_once_in_order(django_assert_num_queries):
    drafts = [draft(by=SYSTEM, verb="opened", subject=("case", number)) for number in range(1, 41)]
    with django_assert_num_queries(1):
        record_many(drafts)
    assert list(Event.objects.order_by("id").values_list("subject_id", flat=True)) == list(range(1, 41))
