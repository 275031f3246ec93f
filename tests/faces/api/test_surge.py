"""Many deeds at once, shed services and the forecast over the API."""

import pytest
from django.utils import timezone

from bihuan.spine.cases.models import CannedAnswer, Case, Note, Shedding
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.surge import loads
from tests.faces.api.conftest import Call
from tests.spine.cases.known import World, make_case, make_service


def test_each_case_of_a_bulk_gets_its_answer(world: World, call: Call) -> None:
    waiting, held = make_case(world), make_case(world, Status.HOLD)
    said = {"verb": "accept", "cases": [waiting.pk, held.pk], "key": "a-key-of-mine"}
    first = call(world.ben, "POST", "/cases/bulk", said).json()
    assert [(one["case"], one["outcome"]) for one in first["items"]] == [
        (waiting.pk, "done"),
        (held.pk, "refused"),
    ]
    again = call(world.ben, "POST", "/cases/bulk", said).json()
    assert [one["is_repeat"] for one in again["items"]] == [True, False]


def test_many_are_assigned_by_the_code_of_the_agency(world: World, call: Call) -> None:
    cases = [make_case(world, Status.TRIAGE).pk for _ in range(2)]
    said = {"verb": "assign", "cases": cases, "agency": "grid"}
    assert call(world.olga, "POST", "/cases/bulk", said).json()["done"] == 2
    assert Case.objects.filter(pk__in=cases, agency=world.grid).count() == 2


def test_many_are_resolved_with_a_canned_answer(world: World, call: Call) -> None:
    canned = CannedAnswer.objects.create(
        agency=world.grid, title="x", text_zh="好了", text_en="Done: {receipt}"
    )
    case = make_case(world, Status.ACCEPTED)
    said = {"verb": "resolve", "cases": [case.pk], "canned": canned.pk}
    assert call(world.ben, "POST", "/cases/bulk", said).json()["done"] == 1
    assert Note.objects.get(case=case).text.startswith("Done: ")
    assert "{" not in Note.objects.get(case=case).text


def test_another_offices_canned_answer_is_not_there(world: World, call: Call) -> None:
    canned = CannedAnswer.objects.create(agency=world.water, title="x", text_zh="好了")
    case = make_case(world, Status.ACCEPTED)
    said = {"verb": "resolve", "cases": [case.pk], "canned": canned.pk}
    assert call(world.ben, "POST", "/cases/bulk", said).status_code == 422


@pytest.mark.parametrize(
    "said",
    [
        {"verb": "assign"},
        {"verb": "assign", "agency": "nowhere"},
        {"verb": "accept", "reason": "x"},
        {"verb": "merge"},
        {"verb": "accept", "canned": 1},
        {"verb": "accept", "cases": []},
        {"verb": "accept", "cases": list(range(1, 202))},
    ],
)
def test_what_is_missing_or_does_not_go_with_the_verb_is_refused(
    world: World, call: Call, said: dict[str, object]
) -> None:
    body = {"cases": [make_case(world).pk]} | said
    assert call(world.olga, "POST", "/cases/bulk", body).status_code == 422


def test_a_stranger_moves_nothing(world: World, call: Call) -> None:
    case = make_case(world)
    answer = call(world.dan, "POST", "/cases/bulk", {"verb": "accept", "cases": [case.pk]}).json()
    assert answer["items"][0]["outcome"] == "refused"
    assert Case.objects.get(pk=case.pk).status == Status.WAITING


def test_a_service_is_shed_and_taken_again(world: World, call: Call) -> None:
    make_service("parcel")
    said = {"service": "parcel", "words_zh": "先救人", "words_en": "Lives first"}
    made = call(world.max, "POST", "/shed/begin", said)
    assert made.status_code == 201
    assert [one["service"]["code"] for one in call(world.ben, "GET", "/shed").json()["items"]] == ["parcel"]
    assert call(world.max, "POST", f"/shed/{made.json()['id']}/end").status_code == 200
    assert call(world.max, "POST", f"/shed/{made.json()['id']}/end").status_code == 409
    assert Shedding.objects.get().ended_by == world.max


def test_only_whoever_may_switch_sheds(world: World, call: Call) -> None:
    assert call(world.ben, "POST", "/shed/begin", {"service": "x", "words_zh": "x"}).status_code == 403


def test_the_forecast_tells_what_it_rests_on(world: World, call: Call) -> None:
    assert call(world.ben, "GET", "/forecast").status_code == 422
    make_case(world, opened_at=timezone.now())
    loads.count()
    answer = call(world.ben, "GET", "/forecast").json()
    assert answer["likely_min"] is None
    assert answer["coming_per_hour"] > 0


def test_the_canned_answers_of_ones_own_office_and_everybodys_are_listed(world: World, call: Call) -> None:
    for agency in (None, world.grid, world.water):
        CannedAnswer.objects.create(agency=agency, title="x", text_zh="好了")
    assert [one["agency"] for one in call(world.ben, "GET", "/canned").json()["items"]] == [None, "grid"]
