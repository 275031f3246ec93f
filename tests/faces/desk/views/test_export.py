"""Taking lists away."""

import pytest
from django.utils.timezone import localtime

from bihuan.kernel import clock
from bihuan.spine.audit.models import Event
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import NOON, World, make_case


def _bytes(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "ending", "start"),
    [("csv", "csv", b"\xef\xbb\xbf"), ("hxl", "hxl.csv", b"\xef\xbb\xbf"), ("xlsx", "xlsx", b"PK")],
)
def test_a_list_is_sent_as_a_file(
    world: World, sign_in: SignIn, kind: str, ending: str, start: bytes
) -> None:
    make_case(world)
    client = sign_in(world.max)
    with clock.running(lambda: NOON):
        answer = client.get(f"/desk/export/{kind}/")
    assert f'cases-{localtime(NOON):%Y%m%d-%H%M}.{ending}"' in answer["Content-Disposition"]
    assert _bytes(answer).startswith(start)
    answer.close()


def test_taking_a_list_away_is_written_down_with_its_filter(world: World, sign_in: SignIn) -> None:
    _bytes(sign_in(world.max).get("/desk/export/csv/?status=hold&text=Wang"))
    event = Event.objects.get(verb="export")
    assert (event.actor, event.detail) == (world.max, {"as": "csv", "filters": {"status": "hold"}})


def test_an_agencys_supervisor_takes_the_own_cases_only(world: World, sign_in: SignIn) -> None:
    own, foreign = make_case(world), make_case(world, agency=world.water)
    text = _bytes(sign_in(world.sam).get("/desk/export/csv/")).decode()
    assert f"\n{own.pk}," in text and f"\n{foreign.pk}," not in text


def test_an_officer_takes_nothing_away(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.ben).get("/desk/export/csv/").status_code == 403
    assert not Event.objects.filter(verb="export").exists()


def test_another_kind_of_file_does_not_exist(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.max).get("/desk/export/exe/").status_code == 404
