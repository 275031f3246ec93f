"""Writing a city into the database."""

import pytest

from bihuan.drill.city import make_city
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.city import write_agencies, write_city
from bihuan.spine.cases.models import Rule, Service
from bihuan.spine.cases.registry import registry
from bihuan.spine.cases.services import write_services
from bihuan.spine.places.models import District, Feature, Site
from bihuan.spine.resources.models import Team

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def city():
    return make_city(5, small=True)


@pytest.fixture
def loaded(city):
    write_city(city)
    return city


def _counts() -> dict[str, int]:
    return {m.__name__: m.objects.count() for m in (Agency, District, Feature, Rule, Service, Site, Team)}


def test_every_row_of_the_city_is_written(loaded) -> None:
    counts = _counts()
    assert counts["District"] == len(loaded["districts"])
    assert counts["Site"] == len(loaded["sites"])
    assert counts["Rule"] == len(loaded["rules"])
    assert counts["Service"] == len(registry.services)


def test_writing_it_again_changes_nothing(loaded) -> None:
    before = _counts()
    write_city(loaded)
    assert _counts() == before


def test_the_populations_in_the_database_add_up(loaded) -> None:
    for level in ("county", "street"):
        assert sum(d.population for d in District.objects.filter(level=level)) == loaded["total"]


def test_a_street_lies_below_its_district_and_a_site_in_both(loaded) -> None:
    site = Site.objects.select_related("street__parent", "district").filter(kind="compound").first()
    assert site.street.parent == site.district


def test_an_agencys_path_leads_through_its_parents(loaded) -> None:
    branch = Agency.objects.get(code="power-tianyuan")
    assert branch.path == "/command/power/power-tianyuan/"
    assert branch.parent.code == "power"


def test_an_agency_without_a_parent_in_the_city_is_named() -> None:
    with pytest.raises(ValueError, match="orphan"):
        write_agencies([{"code": "orphan", "parent": "nobody", "name_zh": "甲", "name_en": "A"}])


def test_a_service_that_an_administrator_edited_stays_edited(loaded) -> None:
    Service.objects.filter(code="medicine").update(name_zh="送药")
    write_city(loaded)
    assert Service.objects.get(code="medicine").name_zh == "送药"


def test_a_rule_that_an_administrator_edited_stays_edited(loaded) -> None:
    Rule.objects.filter(number=3).update(is_active=False)
    write_city(loaded)
    assert not Rule.objects.get(number=3).is_active


def test_a_service_carries_its_questions_and_its_class(loaded) -> None:
    service = Service.objects.get(code="power_failure")
    spec = registry.services["power_failure"]
    assert [question["code"] for question in service.questions] == [q.code for q in spec.questions]
    assert service.questions[0]["choices"][0]["key"] == spec.questions[0].choices[0].key
    assert service.urgency == spec.urgency
    assert service.agency.code == spec.agency
    assert set(service.needs) == spec.needs


def test_services_can_be_written_before_there_is_any_agency() -> None:
    write_services(registry.services.values())
    assert Service.objects.get(code="medicine").agency is None


def test_a_renamed_site_is_brought_up_to_date(loaded) -> None:
    Site.objects.filter(code=loaded["sites"][0]["code"]).update(name_zh="旧名")
    write_city(loaded)
    assert Site.objects.get(code=loaded["sites"][0]["code"]).name_zh == loaded["sites"][0]["name_zh"]
