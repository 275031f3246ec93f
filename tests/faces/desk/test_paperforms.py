"""What the pages for paper take, and what they hand on."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from bihuan.faces.desk.paperforms import BuildingForm, PaperForm, ReserveForm, ShiftListForm
from bihuan.kernel import clock
from bihuan.spine.paper.models import Block
from tests.lines.protection.known import make_site
from tests.spine.cases.known import World, make_service

ASKED = [{"code": "lift", "kind": "string", "zh": "哪部", "en": "Which", "required": True}]
SAID = {"text": "stuck", "service": "lift", "phone": "199 0000 5526", "site": "云里小区"}


def _form(said: dict[str, object], service=None) -> PaperForm:
    block = Block(count=1, reserved_at=clock.now())
    return PaperForm(block, said, service=service)


def test_what_stands_on_paper_becomes_what_the_door_takes(world: World) -> None:
    site, service = make_site(), make_service("lift", questions=ASKED)
    form = _form({**SAID, "q_lift": "left", "people": "2", "medicine": "insulin, 2 days"}, service)
    assert form.is_valid(), form.errors
    with translation.override("en"):
        payload = form.payload
    assert payload["answers"] == {"lift": "left"}
    assert (payload["lon"], payload["lat"]) == (site.lon, site.lat)
    assert payload["phone"] == "+8619900005526" and "insulin, 2 days" in payload["text"]
    assert "name" not in payload and "door" not in payload


def test_a_question_left_out_on_paper_does_not_keep_it_from_being_entered(world: World) -> None:
    service = make_service("lift", questions=ASKED)
    assert _form(SAID, service).is_valid()


def test_only_the_words_and_the_service_must_be_there(world: World) -> None:
    form = _form({})
    assert not form.is_valid() and set(form.errors) == {"text", "service"}


@pytest.mark.parametrize("site", ["nowhere", "云"])
def test_a_place_must_be_one_that_is_known(world: World, site: str) -> None:
    make_site()
    form = BuildingForm({"site": site, "purpose": "visit"})
    assert not form.is_valid() and "site" in form.errors


def test_forms_may_be_reserved_for_no_place_at_all(world: World) -> None:
    form = ReserveForm({"count": "5"})
    assert form.is_valid() and form.cleaned_data["site"] is None


def test_a_shift_over_midnight_ends_the_next_day(world: World) -> None:
    said = {"on": "2026-11-28", "since": "22:00", "until": "06:00", "purpose": "visit"}
    form = ShiftListForm(world.ben, {**said, "unit": f"person-{world.ida.pk}"})
    assert form.is_valid(), form.errors
    since, until = form.span
    assert since == datetime(2026, 11, 28, 14, tzinfo=UTC) and until - since == timedelta(hours=8)
    assert form.who == {"team": None, "person": world.ida}
