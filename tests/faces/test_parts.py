from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from bihuan.faces import parts
from bihuan.lines.requests.catalogue import SERVICES
from bihuan.spine.cases.states import Status

SPRITE = Path(settings.STATICFILES_DIRS[0]) / parts.SPRITE
needs_icons = pytest.mark.skipif(
    not SPRITE.exists(), reason="the icons are not installed; ./run setup fetches them"
)


def render(source: str) -> str:
    return Template(source).render(Context())


@needs_icons
def test_an_icon_is_drawn_into_the_page_and_silent() -> None:
    drawn = render("{% icon 'pill' %}")
    assert "<path" in drawn
    assert 'aria-hidden="true"' in drawn


def test_an_unknown_icon_draws_nothing_and_breaks_nothing() -> None:
    assert "<path" not in render("{% icon 'no-such-icon' %}")


@needs_icons
def test_every_status_and_every_service_has_its_icon() -> None:
    wanted = {*parts.STATUS_ICONS.values(), *(spec.icon for spec in SERVICES)}
    assert wanted <= set(parts._symbols())


@pytest.mark.parametrize("status", list(Status))
def test_a_badge_tells_the_status_by_its_word(status: Status) -> None:
    with translation.override("en"):
        assert str(status.label) in render("{% status_badge '" + status + "' %}").replace("&#x27;", "'")


def test_a_receipt_is_grouped_for_reading_aloud() -> None:
    assert render("{{ '482109375526'|receipt }}") == "4821 0937 5526"


def test_the_square_is_an_svg_that_needs_no_style_of_its_own() -> None:
    drawn = str(parts.qr_square("http://127.0.0.1:8000/r/482109375526/"))
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert "style=" not in drawn


def test_two_addresses_give_two_squares() -> None:
    assert parts.qr_square("http://a/r/1/") != parts.qr_square("http://a/r/2/")
