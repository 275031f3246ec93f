"""Fetching pictures from carriers that are played on loopback."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.door.models import Photo, Submission
from bihuan.spine.door.photos import file_of
from bihuan.spine.messages.channels import wechat
from bihuan.spine.messages.models import Picture
from bihuan.spine.messages.pictures import fetching, keeping
from tests.spine.cases.known import make_submission, make_world
from tests.spine.messages.pictures.drawn import picture
from tests.spine.messages.webserver import Asked, Far

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Submission:
    make_world()
    return make_submission()


def test_a_picture_comes_in_without_its_notes_and_its_row_goes(far: Far, asked: Submission) -> None:
    far.body = picture()
    keeping.put_to(asked.receipt, [f"{far.url}/one.jpg"])
    assert (fetching.fetch_due(), fetching.fetch_due(), Picture.objects.count()) == (1, 0, 0)
    photo = Photo.objects.get(submission=asked)
    assert b"Maker" not in file_of(photo).read_bytes() and (photo.width, photo.height) == (40, 30)


def test_wechats_pictures_are_asked_for_by_number_with_a_fresh_pass(
    far: Far, asked: Submission, settings: Any
) -> None:
    settings.BIHUAN_WECHAT_URL = far.url
    wechat.CALLER.forget()
    tokens = iter("ab")

    def weixin(one: Asked) -> tuple[int, bytes]:
        if "/token?" in one.path:
            return 200, b'{"access_token": "%s", "expires_in": 7200}' % next(tokens).encode()
        return 200, picture() if one.path.endswith("=b") else b'{"errcode": 42001}'

    far.answer = weixin
    keeping.put_to(asked.receipt, ["wechat:media 7"])
    fetching.fetch_due()
    assert Photo.objects.get().submission == asked
    assert far.asked[-1].path == "/cgi-bin/media/get?media_id=media%207&access_token=b"


def test_a_network_of_our_own_is_not_asked_not_even_by_a_redirect(
    far: Far, asked: Submission, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    far.status, far.headers = 302, {"location": "https://10.0.0.8/inside.jpg"}
    monkeypatch.setattr("bihuan.spine.messages.outside._connect", lambda *_: pytest.fail("it was asked"))
    settings.BIHUAN_PRIVATE_TARGETS = False
    for url in (
        "https://127.0.0.1/x.jpg",
        "http://93.184.216.34/x.jpg",
        "file:///etc/passwd",
        "https://[::1]/",
    ):
        with pytest.raises(Refused):
            fetching.fetch_address(url)


def test_each_redirect_is_looked_at_like_the_first(far: Far, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def ask(method: str, url: str, **_: Any) -> Any:
        seen.append(url)
        if len(seen) == 2:
            raise fetching.outside.Inside("inside", code="inside")
        return fetching.outside.Reply(302, {"location": "/next"}, b"")

    monkeypatch.setattr(fetching.outside, "ask", ask)
    with pytest.raises(Refused):
        fetching.fetch_address("https://media.example/first")
    assert seen == ["https://media.example/first", "https://media.example/next"]


def test_redirects_come_to_an_end(far: Far) -> None:
    far.status, far.headers = 302, {"location": "/again"}
    with pytest.raises(OSError, match="302"):
        fetching.fetch_address(far.url)
    assert len(far.asked) == fetching.HOPS + 1


@pytest.mark.parametrize("body", [b"<html>no</html>", b"x" * 5001])
def test_what_is_no_picture_or_too_large_is_not_asked_for_again(
    far: Far, asked: Submission, settings: Any, body: bytes
) -> None:
    settings.BIHUAN_PHOTO_BYTES, far.body = 5000, body
    keeping.put_to(asked.receipt, [far.url])
    fetching.fetch_due()
    later = clock.now() + timedelta(days=1)
    with clock.running(lambda: later):
        assert fetching.fetch_due() == 0
    assert not Photo.objects.exists() and Picture.objects.get().ended_at


def test_a_carrier_that_is_away_is_asked_again_later_and_then_no_more(far: Far, asked: Submission) -> None:
    far.status, now = 503, clock.now()
    keeping.put_to(asked.receipt, [far.url])
    for day in range(fetching.TRIES + 2):
        with clock.running(lambda at=now + timedelta(days=day): at):
            fetching.fetch_due()
    assert len(far.asked) == fetching.TRIES
    with clock.running(lambda: now + timedelta(days=60)):
        assert fetching.forget_old() == 1


def test_what_a_killed_worker_held_is_fetched_when_its_lease_is_over(far: Far, asked: Submission) -> None:
    far.body, now = picture(), clock.now()
    keeping.put_to(asked.receipt, [far.url])
    Picture.objects.update(claimed_until=now + timedelta(minutes=2), attempts=1)
    assert fetching.fetch_due() == 0
    with clock.running(lambda: now + timedelta(minutes=3)):
        assert fetching.fetch_due() == 1
    assert Photo.objects.filter(submission=asked).count() == 1
