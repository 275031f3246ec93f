"""Personal data goes when its days are over, and not before; what is open stays."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from bihuan.kernel import clock
from bihuan.kernel.retention import Keep
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Asker, Case, Note, Task
from bihuan.spine.cases.retention import MARK, due, rules, take_out
from bihuan.spine.cases.states import Status
from bihuan.spine.door.models import Photo, Submission
from bihuan.spine.door.photos import file_of
from bihuan.spine.messages.models import Message
from tests.spine.cases.known import World, make_case

PERSONAL = {
    "name_sealed": b"n",
    "door_sealed": b"d",
    "text": "Wang, flat 5",
    "site": "Wang's",
    "answers": {"who": "Wang"},
}


def days_ago(days: float):
    return timezone.now() - timedelta(days=days)


def old_case(world: World, days: float, status: Status = Status.CLOSED) -> Case:
    """Open a Case so many days ago, with everything personal that may hang on one."""
    moment = days_ago(days)
    with clock.running(lambda: moment):
        case = make_case(world, status, summary="Wang needs power")
        Submission.objects.filter(asker__case=case).update(triaged_at=moment, **PERSONAL)
        Asker.objects.filter(case=case).update(phone_hash=b"h")
        Case.objects.filter(pk=case.pk).update(place="at Wang's")
        Note.objects.create(case=case, kind="reply", verb="resolve", text="We rang Wang.", at=moment)
        Task.objects.create(case=case, title="Ring Wang", created_at=moment)
        Message.objects.create(
            channel="screen", template="resolved", language="en", subject="Wang", body="Dear Wang", case_id=case.pk,
            address_sealed=b"a", address_hash=b"b", created_at=moment, due_at=moment,
        )  # fmt: skip
    return case


def state() -> list[object]:
    models = {model for model, _, _ in rules()}
    return [list(model.objects.order_by("pk").values()) for model in sorted(models, key=lambda m: m.__name__)]


def test_everything_personal_of_an_old_case_is_gone(world):
    case = old_case(world, 400)
    take_out()
    submission = Submission.objects.get()
    assert [submission.name_sealed, submission.phone_sealed, submission.door_sealed] == [None] * 3
    assert (submission.phone_hash, submission.text, submission.answers) == (None, MARK, {})
    assert Asker.objects.get().phone_hash is None
    assert (submission.site, Case.objects.get(pk=case.pk).place) == (MARK, MARK)
    assert (Case.objects.get(pk=case.pk).summary, Note.objects.get().text, Task.objects.get().title) == (
        MARK,
    ) * 3
    message = Message.objects.get()
    assert (message.subject, message.body, message.address_sealed, message.address_hash) == (
        MARK,
        MARK,
        None,
        None,
    )


def test_after_a_hundred_days_the_telephone_is_gone_and_the_words_are_still_there(world):
    old_case(world, 100)
    take_out()
    submission = Submission.objects.get()
    assert (submission.phone_sealed, submission.text) == (None, "Wang, flat 5")


@pytest.mark.parametrize("status", [Status.WAITING, Status.WORKING, Status.HOLD, Status.RESOLVED])
def test_an_open_case_keeps_everything_however_old(world, status):
    old_case(world, 4000, status)
    before = state()
    take_out()
    assert state() == before


def test_what_nobody_has_sorted_yet_stays(world):
    old_case(world, 400)
    Asker.objects.all().delete()
    Submission.objects.update(triaged_at=None)
    take_out()
    assert Submission.objects.get().text == "Wang, flat 5"


def test_a_dry_run_counts_what_the_real_one_does_and_changes_nothing(world):
    old_case(world, 400)
    old_case(world, 100)
    before, events = state(), Event.objects.count()
    counted = take_out(is_dry_run=True)
    assert (state(), Event.objects.count()) == (before, events)
    assert counted == take_out()
    assert counted["submission.phone_sealed"] == 2
    assert counted["submission.text"] == 1


def test_the_second_time_there_is_nothing_left_to_do(world):
    old_case(world, 400)
    take_out()
    before = state()
    assert set(take_out().values()) == {0}
    assert state() == before


def test_it_leaves_one_event_with_the_counts_and_nothing_personal(world):
    old_case(world, 400)
    counts = take_out()
    event = Event.objects.get(verb="retention")
    assert event.detail == counts
    assert "Wang" not in str(event.detail)


def test_more_rows_than_one_chunk_are_all_done(world, monkeypatch):
    monkeypatch.setattr("bihuan.spine.cases.retention.CHUNK", 2)
    for _ in range(5):
        old_case(world, 400)
    assert take_out()["note.text"] == 5


def test_an_old_photo_is_taken_from_the_disk(world):
    case = old_case(world, 400)
    file = Path(settings.BIHUAN_VAR) / "photos" / "old.jpg"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"picture")
    photo = Photo.objects.create(
        submission=Submission.objects.get(asker__case=case), sha256="0" * 64, width=1, height=1, bytes_count=7,
        path="old.jpg", created_at=days_ago(400),
    )  # fmt: skip
    take_out()
    photo.refresh_from_db()
    assert photo.path == ""
    assert not file.exists()


def test_a_closed_accounts_contact_goes_a_year_after_its_last_day(world):
    User.objects.filter(pk=world.ben.pk).update(
        email="b@example.org", last_login=days_ago(400), is_active=False
    )
    User.objects.filter(pk=world.eve.pk).update(email="e@example.org", last_login=days_ago(400))
    take_out()
    assert User.objects.get(pk=world.ben.pk).email == ""
    assert User.objects.get(pk=world.eve.pk).email == "e@example.org"
    assert User.objects.get(pk=world.ben.pk).display_name == "Ben"


@pytest.mark.django_db
def test_every_field_with_a_time_can_be_asked_for():
    for model, field, rule in rules():
        assert not isinstance(rule, Keep)
        assert due(model, field, rule).count() == 0


def test_photos_of_forms_that_were_never_sent_are_dropped_and_proofs_stay(world):
    def photo(days: float) -> Photo:
        number = uuid4()
        kept = Photo.objects.create(
            id=number, width=1, height=1, bytes_count=1, path=f"{number}.jpg", created_at=days_ago(days)
        )
        file_of(kept).parent.mkdir(parents=True, exist_ok=True)
        file_of(kept).touch()
        return kept

    fresh, unused, proof = photo(1), photo(3), photo(3)
    Note.objects.create(
        case=make_case(world), kind="reply", verb="resolve", text="x", photo=proof, at=days_ago(3)
    )
    assert take_out(is_dry_run=True)["photo"] == take_out()["photo"] == 1
    assert set(Photo.objects.all()) == {fresh, proof}
    assert [file_of(each).exists() for each in (fresh, unused, proof)] == [True, False, True]
