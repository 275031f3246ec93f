import pytest
from django.http import Http404

from bihuan.faces.portal import queries
from bihuan.spine.cases.models import Service
from bihuan.spine.messages.models import Message, MessageStatus
from bihuan.spine.places.models import Site
from tests.faces.portal.conftest import make_medicine
from tests.spine.cases.known import NOON


def test_a_service_that_is_switched_off_is_not_there() -> None:
    make_medicine(is_active=False)
    assert queries.list_services() == []
    with pytest.raises(Http404):
        queries.access_service("medicine")


@pytest.mark.parametrize("typed", ["药", "邻居奶奶卧床要买药", "MEDICINE", "insulin", "buy it"])
def test_search_finds_by_name_keyword_sentence_and_description(medicine: Service, typed: str) -> None:
    assert queries.search_services(typed) == [medicine]


def test_search_puts_the_service_of_that_name_first(medicine: Service) -> None:
    make_medicine(code="care", name_zh="照护", name_en="Care", about_zh="也送购药送药", keywords=[], order=1)
    assert queries.search_services("购药送药")[0] == medicine


def test_search_finds_nothing_in_what_fits_nothing(medicine: Service) -> None:
    assert queries.search_services("xyzzy") == []


def test_empty_search_lists_everything(medicine: Service) -> None:
    assert queries.search_services("  ") == [medicine]


def test_suggestions_keep_to_the_chosen_district(places_of_city: list[Site]) -> None:
    assert queries.list_sites("桃源", "430202") == [places_of_city[1]]


@pytest.mark.parametrize("name", ["和平小区", "heping", " 和平小区 "])
def test_a_site_is_known_by_its_whole_name_in_either_language(places_of_city: list[Site], name: str) -> None:
    assert queries.sites_named(name) == [places_of_city[2]]


def test_half_a_name_names_no_site(places_of_city: list[Site]) -> None:
    assert queries.sites_named("和平") == []


@pytest.mark.parametrize(("status", "count"), [(MessageStatus.SENT, 1), (MessageStatus.WAITING, 0)])
def test_only_messages_that_went_out_are_shown(db: None, status: MessageStatus, count: int) -> None:
    Message.objects.create(
        channel="screen",
        template="t",
        language="en",
        body="b",
        about="1",
        status=status,
        created_at=NOON,
        due_at=NOON,
    )
    assert len(queries.list_screen_messages("1")) == count
