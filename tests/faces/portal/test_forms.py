from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from bihuan.faces.portal.forms import AskForm
from bihuan.spine.cases.models import Service
from bihuan.spine.places.models import Site
from tests.faces.portal.conftest import filled, make_medicine


def form_of(service: Service, **fields: Any) -> AskForm:
    return AskForm(service, filled(**fields))


def test_a_filled_form_is_fit(medicine: Service, places_of_city: list[Site]) -> None:
    form = form_of(medicine)
    assert form.is_valid(), form.errors
    assert form.answers == {"drug": "二甲双胍", "left": "two"}
    assert form.place.lon == places_of_city[2].lon


@pytest.mark.parametrize("missing", ["q_drug", "q_left", "name", "phone", "site", "client_id"])
def test_what_the_service_needs_is_asked_for_beside_the_field(medicine: Service, missing: str) -> None:
    assert missing in form_of(medicine, **{missing: ""}).errors


def test_a_telephone_is_brought_into_one_form(medicine: Service) -> None:
    form = form_of(medicine)
    form.is_valid()
    assert form.cleaned_data["phone"] == "+8619900005526"


def test_what_is_no_telephone_is_refused(medicine: Service) -> None:
    assert "phone" in form_of(medicine, phone="12").errors


def test_an_anonymous_service_asks_no_name_and_needs_no_telephone(db: None) -> None:
    service = make_medicine(needs=["text"], questions=[], is_anonymous=True)
    form = form_of(service, phone="", site="")
    assert form.is_valid(), form.errors
    assert not {"name", "door", "site", "district"} & set(form.fields)


def test_a_place_without_a_door_to_deliver_to_asks_no_door_number(db: None) -> None:
    assert "door" not in form_of(make_medicine(needs=["place"])).fields


def test_the_place_is_not_needed_where_a_point_is_given(medicine: Service) -> None:
    assert form_of(medicine, site="", lon="113.1", lat="27.9").is_valid()


@override_settings(BIHUAN_PHOTO_BYTES=1_000_000)
def test_a_photo_above_the_limit_is_refused_beside_its_field(medicine: Service) -> None:
    photo = SimpleUploadedFile("p.jpg", b"0" * 1_000_001)
    assert "photo" in AskForm(medicine, filled(), {"photo": photo}).errors


def test_errors_are_named_in_the_order_of_the_page(medicine: Service) -> None:
    form = AskForm(medicine, {})
    shown = [field.name for field in form.visible_fields() if field.errors]
    assert shown == ["q_drug", "q_left", "site", "name", "phone", "language"]


def test_each_form_carries_its_own_client_id(medicine: Service) -> None:
    ids = {AskForm(medicine)["client_id"].value() for _ in range(3)}
    assert len(ids) == 3
