"""Words to staff by Apprise, to a local server in the robots' places."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from bihuan.spine.cases.beside import lanes
from bihuan.spine.messages import actions, inbox, sending
from bihuan.spine.messages.channels import apprise
from bihuan.spine.messages.channels.choosing import channel_for
from bihuan.spine.messages.channels.refusing import NotTaken
from bihuan.spine.messages.models import Message
from tests.spine.cases.known import make_world
from tests.spine.messages.made import make_message
from tests.spine.messages.webserver import Far

pytest.importorskip("apprise", reason="the extra bihuan[apprise] is not installed")
# Of a plugin's imports, which Python 3.13 will not have any more.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning"),
]
HEX = "0123456789abcdef" * 4
KEY = "6f8a2e4d-1b3c-4d5e-8f9a-0b1c2d3e4f5a"


@pytest.fixture
def ways(far: Far, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of Apprise's form; the robots of the big houses are played by the far end."""
    from apprise.plugins import dingtalk, feishu, wecombot

    monkeypatch.setattr(dingtalk.NotifyDingTalk, "notify_url", far.url + "/robot/send?access_token={token}")
    monkeypatch.setattr(feishu.NotifyFeishu, "notify_url", far.url + "/open-apis/bot/v2/hook/{token}/")
    monkeypatch.setattr(wecombot.NotifyWeComBot, "notify_url", far.url + "/cgi-bin/webhook/send?key={key}")
    path = tmp_path / "ways.conf"
    path.write_text(
        f"ben = dingtalk://{HEX}\nida = feishu://{KEY}\nolga = wecombot://{KEY}\n"
        f"max = {far.url.replace('http', 'json')}/duty\n"
    )
    settings.BIHUAN_APPRISE, settings.BIHUAN_MESSAGE_CHANNELS = str(path), ["apprise", "screen"]
    far.body = b'{"errcode": 0, "code": 0}'
    return path


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("ben", f"/robot/send?access_token={HEX}"),
        ("ida", f"/open-apis/bot/v2/hook/{KEY}/"),
        ("olga", f"/cgi-bin/webhook/send?key={KEY}"),
        ("max", "/duty"),
    ],
)
def test_each_robot_gets_the_words_at_its_own_address(ways: Path, far: Far, name: str, path: str) -> None:
    apprise.Apprise().deliver(make_message(), f"apprise:{name}")
    assert [one.path for one in far.asked] == [path]
    assert "Taken in hand." in json.dumps(json.loads(far.asked[0].body))


def test_a_no_of_the_far_end_is_heard(ways: Path, far: Far) -> None:
    far.status = 500
    with pytest.raises(NotTaken):
        apprise.Apprise().deliver(make_message(), "apprise:max")


def test_staff_are_told_there_beside_their_desk_and_no_key_lies_in_the_outbox(ways: Path, far: Far) -> None:
    world = make_world()
    for person in (world.ben, world.eve):
        context = {
            "number": "7",
            "service": "water",
            "agency": "Works",
            "words": "take it",
            "url": "https://x/7",
        }
        actions.send_many(inbox.draft_to(person, "decided", language="en", context=context, case_id=7))
    assert sorted(Message.objects.values_list("channel", flat=True)) == ["apprise", "screen", "screen"]
    assert HEX not in sending.unseal(Message.objects.get(channel="apprise").address_sealed)
    sending.send_due()
    assert Message.objects.get(channel="apprise").status == "sent" and len(far.asked) == 1


def test_who_is_not_in_the_file_is_not_reached_and_a_new_line_counts_at_once(ways: Path) -> None:
    assert not apprise.Apprise().reaches("apprise:eve")
    ways.write_text(ways.read_text() + f"eve = feishu://{KEY}\n")
    assert apprise.Apprise().reaches("apprise:eve")


def test_askers_are_never_reached_by_it(ways: Path) -> None:
    assert [channel_for("sms", one) for one in ("+8619900005526", "wechat:ana")] != [apprise.Apprise()] * 2
    assert not any(
        apprise.Apprise().reaches(one) for one in ("+8619900005526", "wechat:ben", "ben@x.example")
    )


def test_without_the_package_it_says_what_to_install(ways: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apprise, "find_spec", lambda _: None)
    with pytest.raises(ImproperlyConfigured, match=r"pip install 'bihuan\[apprise\]'"):
        channel_for("", "+8619900005526")


def test_without_a_file_no_worker_starts_and_one_that_runs_tells_staff_elsewhere(
    ways: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ways.unlink()
    with pytest.raises(ImproperlyConfigured, match="BIHUAN_APPRISE"):
        lanes()
    assert not apprise.knows("ben") and "BIHUAN_APPRISE" in caplog.text
