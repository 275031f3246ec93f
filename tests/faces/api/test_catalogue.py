"""What a program has to know first."""

import json
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.tokens import issue
from bihuan.spine.door.models import Photo
from bihuan.spine.resources.models import Team
from tests.spine.cases.known import World


def upload(user: User, content: bytes) -> Any:
    file = SimpleUploadedFile("proof.jpg", content, "image/jpeg")
    headers = {"Authorization": f"Bearer {issue(user, 'camera')}"}
    return Client(enforce_csrf_checks=True).post("/api/v1/photos", {"photo": file}, headers=headers)


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 6), "green").save(out, "JPEG")
    return out.getvalue()


def test_me_says_whose_token_it_is_and_what_it_may_do(world: World, call: Any) -> None:
    me = call(world.ben, "GET", "/me").json()
    assert (me["username"], me["agency"]["code"], me["role"]["code"]) == ("ben", "grid", "officer")
    assert "case.work" in me["permissions"]
    assert "case.triage" not in me["permissions"]


def test_services_are_for_everybody(world: World, call: Any) -> None:
    assert [item["code"] for item in call(None, "GET", "/services").json()["items"]] == ["power_failure"]


def test_teams_are_those_one_may_send(world: World, call: Any) -> None:
    below = Team.objects.create(agency=world.crew, name_zh="抢修二队")
    Team.objects.create(agency=world.water, name_zh="水务一队")
    items = call(world.ben, "GET", "/teams").json()["items"]
    assert [item["id"] for item in items] == [world.team.pk, below.pk]
    assert [t["id"] for t in call(world.ben, "GET", "/teams?agency=crew").json()["items"]] == [below.pk]
    assert call(world.ben, "GET", "/teams?agency=water").json()["items"] == []


def test_a_photo_is_kept_and_can_be_named(world: World) -> None:
    answer = upload(world.ben, picture())
    assert answer.status_code == 201
    assert Photo.objects.filter(pk=answer.json()["id"], submission=None).exists()


def test_what_is_no_picture_is_refused(world: World) -> None:
    answer = upload(world.ben, b"not a picture")
    assert (answer.status_code, json.loads(answer.content)["errors"][0]["field"]) == (422, "photo")


def test_a_stranger_hands_in_no_photo(world: World) -> None:
    assert upload(world.dan, picture()).status_code == 403
