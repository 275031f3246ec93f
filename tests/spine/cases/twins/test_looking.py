"""Cases that may be the same as another."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from bihuan.kernel import private
from bihuan.kernel.errors import Refused
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.cases import actions, twins
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import PHONE, World, make_service
from tests.spine.cases.twins.test_likeness import STRANGERS, TWINS
from tests.spine.cases.twins.town import OTHER_PHONE, case_of, place


def found(case: Case) -> list[Case]:
    return [twin.case for twin in twins.list_twins(case)]


def reason(case: Case) -> str:
    with translation.override("en"):
        return twins.list_twins(case)[0].reason


def test_the_same_telephone_about_the_same_service_is_a_strong_sign(world: World) -> None:
    first, second = case_of(world, PHONE), case_of(world, PHONE)
    assert found(second) == [first]
    assert reason(second) == "same telephone, same service"
    assert twins.list_twins(second)[0].strength == 0.9


def test_the_same_telephone_about_another_service_is_a_weak_sign(world: World) -> None:
    case_of(world, PHONE, service=make_service("food"))
    assert twins.list_twins(case_of(world, PHONE))[0].strength < 0.5


def test_two_that_the_system_raised_are_about_two_people(world: World) -> None:
    case_of(world, PHONE, is_self_raised=True)
    asked = case_of(world, PHONE)
    raised = case_of(world, PHONE, is_self_raised=True)
    assert found(raised) == [asked]


def test_another_telephone_is_no_sign(world: World) -> None:
    case_of(world, OTHER_PHONE)
    assert not found(case_of(world, PHONE))


def test_the_same_service_near_by_and_soon_after_is_a_sign_with_distance_and_time(world: World) -> None:
    first = case_of(world, **place(0))
    second = case_of(world, **place(100), opened_at=first.opened_at + timedelta(minutes=90))
    assert found(second) == [first]
    assert reason(second) == "same service 100 m away within 2 h"


def test_a_twin_just_across_the_edge_of_a_cell_is_found(world: World) -> None:
    here = case_of(world, **place(0))
    across = next(m for m in range(10, 1000, 10) if place(m)["cell"] != here.cell)
    assert found(case_of(world, **place(across))) == [here]


def test_far_away_or_a_day_later_or_another_service_is_no_sign(world: World) -> None:
    first = case_of(world, **place(0))
    case_of(world, **place(5000))
    case_of(world, **place(0), opened_at=first.opened_at - timedelta(hours=25))
    case_of(world, **place(0), service=make_service("water"))
    assert not found(first)


def test_two_neighbours_who_need_medicine_are_no_twins(world: World) -> None:
    medicine = make_service("medicine", needs=["place", "phone"])
    case_of(world, PHONE, service=medicine, summary="降压药快吃完了", **place(0))
    second = case_of(world, OTHER_PHONE, service=medicine, summary="孩子发烧要退烧药", **place(20))
    assert not found(second)


def test_like_wording_near_by_is_a_sign_whatever_the_service(world: World) -> None:
    first = case_of(world, summary="幸福小区三栋整栋楼停电两个小时了", **place(0))
    second = case_of(
        world, summary="三栋整栋楼停电，两个小时了！", service=make_service("complaint"), **place(80)
    )
    assert found(second) == [first]
    assert reason(second).startswith("like wording")


def test_like_wording_is_found_without_a_place_too(world: World) -> None:
    first = case_of(world, summary="water pipe burst in the basement of the school")
    second = case_of(
        world, summary="Burst water pipe in basement of the school", service=make_service("water")
    )
    assert found(second) == [first]


def test_several_signs_together_are_stronger_and_all_are_named(world: World) -> None:
    first = case_of(world, PHONE, summary="整栋楼停电两个小时了", **place(0))
    case_of(world, OTHER_PHONE, **place(10))
    second = case_of(world, PHONE, summary="整栋楼停电两个小时了", **place(10))
    likeliest, other = twins.list_twins(second)
    assert likeliest.case == first
    assert likeliest.strength > 0.95 > other.strength
    assert reason(second).count("; ") == 2


def test_ended_cases_the_case_itself_and_its_family_are_not_suggested(world: World) -> None:
    case_of(world, PHONE, status=Status.CLOSED)
    parent = case_of(world, PHONE)
    case_of(world, PHONE, parent=parent)
    assert not found(parent)


def test_a_person_is_shown_only_the_cases_they_may_see(world: World) -> None:
    first, second = case_of(world, PHONE), case_of(world, PHONE)
    assert [twin.case for twin in twins.list_twins(second, world.ben)] == [first]
    assert twins.list_twins(second, world.eve) == []


def test_a_merged_case_hands_its_askers_telephones_on(world: World) -> None:
    first, second = case_of(world, OTHER_PHONE), case_of(world, PHONE)
    actions.merge(case=first, into=second, by=SYSTEM)
    third = case_of(world, OTHER_PHONE)
    assert found(third) == [second]


def test_the_operator_finds_the_open_cases_of_a_number_however_it_is_typed(world: World) -> None:
    case = case_of(world, private.normal_phone("199 0000 5526"))
    case_of(world, PHONE, status=Status.CLOSED)
    assert twins.twins_of_phone("+86 199-0000-5526") == [case]


def test_what_cannot_be_a_number_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        twins.twins_of_phone("abc")


def test_suggestions_take_the_same_statements_at_any_number_of_cases(world: World) -> None:
    case = case_of(world, PHONE, **place(0))
    case_of(world, PHONE, **place(0))

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            twins.list_twins(case)
        return len(captured)

    few = statements()
    for _ in range(20):
        case_of(world, PHONE, **place(0))
    assert (statements(), len(twins.list_twins(case))) == (few, twins.LISTED)


def test_of_a_day_of_made_cases_at_one_place_only_the_true_twins_are_suggested(world: World) -> None:
    services = [make_service(f"personal-{n}", needs=["phone"]) for n in range(len(TWINS + STRANGERS))]
    pairs = list(zip(services, TWINS + STRANGERS, strict=True))
    first = [case_of(world, service=service, summary=one, **place(0)) for service, (one, _) in pairs]
    second = [case_of(world, service=service, summary=other, **place(60)) for service, (_, other) in pairs]
    suggested = {(case.pk, twin.pk) for case in second for twin in found(case)}
    assert suggested == {(second[n].pk, first[n].pk) for n in range(len(TWINS))}
