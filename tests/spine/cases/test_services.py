"""Services as lines describe them, as rows."""

from dataclasses import replace

from bihuan.spine.cases.models import Service
from bihuan.spine.cases.registry import Choice, Promise, Question, ServiceSpec
from bihuan.spine.cases.services import write_services
from tests.spine.cases.known import World

SPEC = ServiceSpec(
    code="gas",
    zh="燃气",
    en="Gas",
    about_zh="停气",
    about_en="No gas",
    group="city",
    icon="flame",
    agency="grid",
    urgency="life",
    promises={"normal": Promise(30, 90)},
    needs=frozenset({"place", "phone"}),
    questions=(
        Question("extent", "singlevaluelist", "范围", "Extent", True, (Choice("home", "我家", "Home"),)),
    ),
)


def test_a_service_is_written_with_its_agency_class_and_questions(world: World) -> None:
    write_services([SPEC])
    row = Service.objects.get(code="gas")
    assert (row.name_zh, row.name_en, row.agency, row.needs) == (
        "燃气",
        "Gas",
        world.grid,
        ["phone", "place"],
    )
    assert row.urgency == "life"
    assert row.questions[0]["choices"] == [{"key": "home", "zh": "我家", "en": "Home"}]


def test_writing_again_leaves_an_administrators_edits(world: World) -> None:
    write_services([SPEC])
    Service.objects.filter(code="gas").update(name_zh="天然气", agency=world.water, is_active=False)
    write_services([replace(SPEC, zh="燃气二"), replace(SPEC, code="gas_new")])
    row = Service.objects.get(code="gas")
    assert (row.name_zh, row.agency, row.is_active) == ("天然气", world.water, False)
    assert Service.objects.filter(code="gas_new").exists()


def test_a_service_whose_agency_there_is_not_goes_to_triage(world: World) -> None:
    write_services([replace(SPEC, agency="nobody")])
    assert Service.objects.get(code="gas").agency is None
