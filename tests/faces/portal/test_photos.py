from uuid import uuid4

import pytest
from django.test import Client

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.models import Case, Note, NoteKind
from bihuan.spine.door.models import Photo
from bihuan.spine.door.photos import keep_photo
from tests.faces.portal.conftest import picture, signed_in, visit
from tests.spine.cases.known import NOON, World, make_case, make_submission


def proof_of(case: Case, kind: NoteKind = NoteKind.REPLY) -> Photo:
    photo = keep_photo(picture())
    Note.objects.create(case=case, kind=kind, verb="resolve", text="done", photo=photo, at=NOON)
    return photo


def status_for(user: User | None, photo: Photo) -> int:
    client = signed_in(user) if user else Client()
    return client.get(f"/photo/{photo.pk}").status_code


def test_staff_see_the_photos_of_their_own_cases_only(world: World) -> None:
    photo = proof_of(make_case(world))
    seen = {name: status_for(getattr(world, name), photo) for name in ("ben", "max", "eve", "dan")}
    assert seen == {"ben": 200, "max": 200, "eve": 404, "dan": 404}


def test_nobody_sees_a_photo_without_a_receipt(world: World) -> None:
    assert status_for(None, proof_of(make_case(world))) == 404


def test_the_asker_sees_the_proof_after_the_digits(world: World, client: Client) -> None:
    case = make_case(world)
    receipt = case.askers.get().submission.receipt
    address = f"/photo/{proof_of(case).pk}?receipt={receipt}"
    assert client.get(address).status_code == 404
    visit(client, receipt)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")


def test_an_askers_receipt_opens_no_other_cases_photo(world: World, client: Client) -> None:
    mine, other = make_case(world), make_case(world)
    receipt = mine.askers.get().submission.receipt
    visit(client, receipt)
    assert client.get(f"/photo/{proof_of(other).pk}?receipt={receipt}").status_code == 404


def test_photos_between_offices_stay_between_offices(world: World, client: Client) -> None:
    case = make_case(world)
    receipt = case.askers.get().submission.receipt
    visit(client, receipt)
    photo = proof_of(case, NoteKind.INTERNAL)
    assert client.get(f"/photo/{photo.pk}?receipt={receipt}").status_code == 404


def test_what_is_not_sorted_yet_is_seen_by_those_who_sort(world: World) -> None:
    photo = keep_photo(picture())
    Photo.objects.update(submission=make_submission())
    seen = {name: status_for(getattr(world, name), photo) for name in ("ben", "max", "olga", "dan")}
    sorts = {name for name in seen if getattr(world, name).may(Permission.TRIAGE)}
    assert {name for name, status in seen.items() if status == 200} == sorts
    assert sorts


@pytest.mark.parametrize("receipt", ["", "?receipt=1", "?receipt=482109375526"])
def test_a_photo_that_does_not_exist_is_not_found(db: None, client: Client, receipt: str) -> None:
    assert client.get(f"/photo/{uuid4()}{receipt}").status_code == 404


def test_a_photo_that_retention_took_away_is_not_found(world: World) -> None:
    photo = proof_of(make_case(world))
    Photo.objects.update(path="")
    assert status_for(world.ben, photo) == 404
