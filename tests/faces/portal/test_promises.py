from django.utils import translation

from bihuan.faces.portal.promises import promised
from bihuan.spine.cases.models import Agreement, Level, Service
from tests.spine.cases.known import World, make_service


def test_the_promise_is_that_of_the_services_priority(world: World) -> None:
    with translation.override("en"):
        said = promised(make_service("gas", priority="urgent"))
    assert said is not None
    assert (said.accept, said.resolve) == ("15 minutes", "2 hours")


def test_a_service_of_office_hours_is_promised_working_days(db: None) -> None:
    with translation.override("en"):
        said = promised(make_service("complaint", urgency="planned"))
    assert said is not None
    assert (said.accept, said.resolve) == ("1 working day", "15 working days")


def test_where_no_line_fits_nothing_is_promised(world: World) -> None:
    Level.objects.filter(agreement=Agreement.objects.get(), urgency="").delete()
    assert promised(Service(code="gas", urgency="general")) is None
