"""A city with one service that asks everything, and an asker."""

from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from PIL import Image

from bihuan.spine.accounts.models import User
from bihuan.spine.cases.models import Service
from bihuan.spine.cases.needs import needs_of
from bihuan.spine.door import needs
from bihuan.spine.places import queries as places
from bihuan.spine.places.models import District, DistrictLevel, Site, SiteKind
from tests.spine.cases.known import World, make_world

SQUARE = {"type": "Polygon", "coordinates": [[[113.0, 27.8], [113.2, 27.8], [113.2, 28.0], [113.0, 27.8]]]}
QUESTIONS = [
    {"code": "drug", "kind": "string", "zh": "药名", "en": "Medicine", "required": True, "choices": []},
    {
        "code": "left", "kind": "singlevaluelist", "zh": "还剩几天", "en": "Days left", "required": True,
        "choices": [{"key": "none", "zh": "没有了", "en": "none"}, {"key": "two", "zh": "一两天", "en": "two"}],
    },
]  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def medicine(db: None) -> Service:
    return make_medicine()


def make_medicine(**fields: Any) -> Service:
    """Write a service that needs a name, a telephone and a place, and knows a word of danger."""
    said = {
        "code": "medicine", "name_zh": "购药送药", "name_en": "Medicine",
        "about_zh": "帮您买药", "about_en": "We buy it", "group": "health", "icon": "pill", "urgency": "life",
        "questions": QUESTIONS, "needs": ["place", "phone", "name"],
        "keywords": ["买药", "insulin"], "danger_words": ["昏迷", "fire"],
        "emergency_number": "120",
    }  # fmt: skip
    return Service.objects.create(**{**said, **fields})


@pytest.fixture
def places_of_city(db: None) -> list[Site]:
    """Two districts; the name 桃源里 stands in both, 和平小区 in one."""
    cache.clear()
    places.forget()
    a, b = (
        District.objects.create(code=code, name_zh=zh, name_en=en, level=DistrictLevel.COUNTY, outline=SQUARE)
        for code, zh, en in (("430211", "天元区", "Tianyuan"), ("430202", "荷塘区", "Hetang"))
    )
    named = (
        ("s1", "桃源里", "Taoyuanli", a),
        ("s2", "桃源里", "Taoyuanli", b),
        ("s3", "和平小区", "Heping", a),
    )
    return [
        Site.objects.create(
            code=code, kind=SiteKind.COMPOUND, name_zh=zh, name_en=en, district=district, lon=113.1, lat=27.9
        )
        for code, zh, en, district in named
    ]


def filled(**fields: Any) -> dict[str, Any]:
    """Return the fields of a form that is fit to be sent."""
    return {
        "client_id": "client-0001-abcdef", "q_drug": "二甲双胍", "q_left": "two", "text": "邻居卧床",
        "site": "和平小区", "name": "安娜", "phone": "199 0000 5526", "door": "3-402", "language": "zh-hans",
    } | fields  # fmt: skip


@pytest.fixture(autouse=True)
def _door_asks_the_services(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Let the door know the services of this test's database, as the started product does."""
    cache.clear()
    places.forget()
    monkeypatch.setattr(needs, "_source", lambda: {s.code: needs_of(s) for s in Service.objects.all()})


def picture(name: str = "p.jpg", size: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    """Return a small JPEG that carries a camera's notes."""
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    Image.new("RGB", size, "teal").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def signed_in(user: User) -> Client:
    """Return a browser in which a member of staff is signed in."""
    client = Client()
    with override_settings(AXES_ENABLED=False):  # the test client comes from no address
        client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    return client


def visit(client: Client, receipt: str, digits: str = "5526") -> None:
    """Prove by the last digits of the telephone that the receipt is one's own."""
    client.post(f"/r/{receipt}/prove/", {"digits": digits})
