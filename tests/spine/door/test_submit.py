"""The door for forms and imports."""

from io import BytesIO
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from bihuan.kernel.errors import Busy, Refused
from bihuan.spine.door import needs
from bihuan.spine.door import submit as room
from bihuan.spine.door.faults import Unfit
from bihuan.spine.door.intake import Arrival
from bihuan.spine.door.models import Photo, Submission
from bihuan.spine.door.needs import Needs
from bihuan.spine.door.store import open_store
from bihuan.spine.door.submit import Received, submit, submit_many
from tests.spine.door.test_photos import files, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _services(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BIHUAN_VAR = tmp_path  # type: ignore[attr-defined]
    services = {"medicine": Needs(frozenset({"text"}), danger_words=("昏迷",), emergency_number="120")}
    monkeypatch.setattr(needs, "_source", lambda: services)


def test_a_form_gets_a_receipt_and_sent_again_the_same() -> None:
    first = submit({"client_id": "a", "service": "medicine", "text": "他昏迷了"})
    again = submit(b'{"client_id": "a", "service": "medicine", "text": "x"}')
    assert first.is_new and not again.is_new and first.receipt == again.receipt
    assert first.emergency == "120"
    assert Submission.objects.get().receipt == first.receipt


def test_what_the_service_needs_is_asked_of_forms_too() -> None:
    with pytest.raises(Unfit) as caught:
        submit({"client_id": "a", "service": "medicine"})
    assert caught.value.field == "text" and not Submission.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_be_a_part_of_somebodys_transaction() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        submit({"client_id": "a"})


@pytest.mark.django_db(transaction=True)
def test_a_form_and_the_api_are_one_door() -> None:
    received = submit({"client_id": "a"})
    store = open_store(connection.settings_dict)
    saved = store.write([room.take_in({"client_id": "a"}, {}, Submission.objects.get().received_at).row])
    store.close()
    assert saved[0] == (received.receipt, False)


def test_a_photo_is_kept_with_its_submission(tmp_path: Path) -> None:
    received = submit({"client_id": "a"}, BytesIO(picture()))
    photo = Photo.objects.select_related("submission").get()
    assert photo.submission is not None and photo.submission.receipt == received.receipt
    assert len(files(tmp_path / "photos")) == 1


def test_a_form_that_is_sent_twice_keeps_one_photo(tmp_path: Path) -> None:
    for _ in range(2):
        submit({"client_id": "a"}, BytesIO(picture()))
    assert Photo.objects.count() == 1 and len(files(tmp_path / "photos")) == 1


def test_what_is_no_picture_keeps_the_ask_out() -> None:
    with pytest.raises(Refused) as caught:
        submit({"client_id": "a"}, BytesIO(b"no picture"))
    assert caught.value.field == "photo" and not Submission.objects.exists()


@pytest.mark.parametrize(("error", "told"), [(DatabaseError, Busy), (IntegrityError, Unfit)])
def test_when_the_row_cannot_be_kept_the_photo_is_not_either(
    error: type[Exception], told: type[Refused], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(room, "save", fail)
    with pytest.raises(told):
        submit({"client_id": "a"}, BytesIO(picture()))
    assert files(tmp_path) == []


def test_many_are_answered_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "BATCH", 3)
    bodies = [{"client_id": f"c{k}", "text": "x" * (9000 if k == 4 else 1)} for k in range(8)]
    answers = list(submit_many([*bodies, bodies[0]]))
    assert [type(one) for one in answers] == [Received] * 4 + [Unfit] + [Received] * 4
    assert answers[8] == Received(answers[0].receipt, False, "")  # type: ignore[union-attr]
    assert Submission.objects.count() == 7


def test_many_sent_again_make_nothing_new() -> None:
    bodies = [{"client_id": f"c{k}"} for k in range(20)]
    first, again = list(submit_many(bodies)), list(submit_many(bodies))
    assert [one.receipt for one in first] == [one.receipt for one in again]  # type: ignore[union-attr]
    assert Submission.objects.count() == 20


def test_one_row_that_the_database_refuses_does_not_take_the_others_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = room.take_in

    def spoil(body: object, services: object, now: object) -> Arrival:
        arrival = real(body, services, now)  # type: ignore[arg-type]
        bad = arrival.row.client_id == "c2"
        return arrival._replace(row=arrival.row._replace(channel=None)) if bad else arrival  # type: ignore[arg-type]

    monkeypatch.setattr(room, "take_in", spoil)
    answers = list(submit_many({"client_id": f"c{k}"} for k in range(5)))
    assert [type(one) for one in answers] == [Received, Received, Unfit, Received, Received]
    assert Submission.objects.count() == 4


def test_none_are_none() -> None:
    assert list(submit_many([])) == []
