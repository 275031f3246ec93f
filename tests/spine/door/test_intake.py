"""From what came in to a row, sealed."""

import json
from datetime import UTC, datetime

import pytest

from bihuan.kernel import private
from bihuan.kernel.ids import is_receipt
from bihuan.spine.door.faults import Unfit
from bihuan.spine.door.intake import Row, take_in
from bihuan.spine.door.needs import Needs, Question
from tests.spine.door.wire import PHONE

pytestmark = pytest.mark.once
NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)
QUESTIONS = {"left": Question("string"), "drug": Question("string")}
SERVICES = {"medicine": Needs(questions=QUESTIONS, danger_words=("昏迷",), emergency_number="120")}
FIELDS = {
    "client_id": "a-1", "service": "medicine", "text": "胰岛素", "name": "Ana", "phone": "199 0000 1234",
    "door": "3-501", "answers": {"left": "two", "drug": "insulin"}, "language": "en",
}  # fmt: skip


def row_of(**fields: object) -> Row:
    return take_in(json.dumps(FIELDS | fields).encode(), SERVICES, NOW).row


def test_a_row_keeps_what_was_said() -> None:
    row = row_of()
    assert (row.client_id, row.service, row.text, row.language) == ("a-1", "medicine", "胰岛素", "en")
    assert json.loads(row.answers) == FIELDS["answers"]
    assert row.received_at == NOW and is_receipt(row.receipt)


def test_personal_data_is_sealed_and_the_telephone_found_by_its_hash() -> None:
    row = row_of()
    assert private.unseal(row.name_sealed) == "Ana"
    assert private.unseal(row.door_sealed) == "3-501"
    assert private.unseal(row.phone_sealed) == f"+86{PHONE}"
    assert row.phone_hash == private.keyed_hash(f"+86{PHONE}")
    assert "Ana" not in repr(row) and "1234" not in repr(row)


def test_what_was_not_given_is_not_sealed() -> None:
    row = take_in({"client_id": "a", "phone": " "}, {}, NOW).row
    assert (row.name_sealed, row.phone_sealed, row.door_sealed, row.phone_hash) == (None, None, None, None)
    assert (row.channel, row.answers) == ("api", "{}")


def test_a_form_and_json_become_the_same_submission() -> None:
    assert take_in(FIELDS, SERVICES, NOW).row.digest == row_of().digest


def test_the_digest_depends_on_every_field_and_not_on_their_order() -> None:
    turned = dict(reversed(list(FIELDS.items()))) | {"answers": {"drug": "insulin", "left": "two"}}
    assert row_of().digest == take_in(turned, SERVICES, NOW).row.digest
    assert len({row_of().digest, row_of(phone="19900001235").digest, row_of(text="x").digest}) == 3


def test_the_digest_cannot_be_made_without_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = row_of().digest
    monkeypatch.setattr(private, "_hash_key", lambda: b"another key")
    assert row_of().digest != before


def test_two_arrivals_get_two_receipts() -> None:
    assert row_of().receipt != row_of().receipt


def test_a_word_of_danger_gives_the_emergency_number() -> None:
    assert take_in(FIELDS | {"answers": {"drug": "他昏迷了"}}, SERVICES, NOW).emergency == "120"
    assert take_in(FIELDS, SERVICES, NOW).emergency == ""


def test_without_a_service_any_services_words_of_danger_count() -> None:
    assert take_in({"client_id": "a", "text": "昏迷"}, SERVICES, NOW).emergency == "120"


def test_what_is_no_telephone_number_is_refused() -> None:
    with pytest.raises(Unfit) as caught:
        row_of(phone="12")
    assert caught.value.field == "phone"


def test_what_is_unfit_makes_no_row() -> None:
    with pytest.raises(Unfit):
        row_of(service="magic")
