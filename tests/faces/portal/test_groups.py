from bihuan.faces.portal.groups import HEADINGS, shelves
from bihuan.lines.requests.catalogue import SERVICES
from bihuan.spine.cases.models import Service


def test_shelves_stand_in_the_order_of_the_headings() -> None:
    services = [Service(code="a", group="giving"), Service(code="b", group="health")]
    assert [shelf.code for shelf in shelves(services)] == ["health", "giving"]


def test_services_keep_their_order_on_the_shelf() -> None:
    services = [Service(code="b", group="health"), Service(code="a", group="health")]
    assert [service.code for service in shelves(services)[0].services] == ["b", "a"]


def test_a_shelf_nobody_knows_stands_last_under_its_bare_code() -> None:
    services = [Service(code="x", group="space"), Service(code="a", group="giving")]
    assert [shelf.heading for shelf in shelves(services)][-1] == "space"


def test_every_group_of_the_catalogue_has_a_heading() -> None:
    assert {spec.group for spec in SERVICES} <= set(HEADINGS)
