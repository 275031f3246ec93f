"""Cases to be sorted, in groups."""

from bihuan.spine.cases.models import Case
from bihuan.spine.cases.surge.grouping import groups_of, head_of


def a_case(pk: int, service: int | None = None, district: int | None = None, summary: str = "") -> Case:
    return Case(pk=pk, service_id=service, district_id=district, summary=summary)


def numbers(cases: list[Case]) -> list[list[int]]:
    return [[case.pk for case in group.cases] for group in groups_of(cases)]


def test_the_same_service_in_the_same_district_is_one_group() -> None:
    cases = [a_case(1, 1, 1), a_case(2, 1, 2), a_case(3, 1, 1), a_case(4, 1, 1), a_case(5, 1, 2)]
    assert numbers(cases) == [[1, 3, 4], [2, 5]]


def test_without_a_service_the_beginning_of_the_words_decides() -> None:
    cases = [
        a_case(1, summary="小区停水了！3号楼"),
        a_case(2, summary="小区停水了，12号楼"),
        a_case(3, summary="路灯坏了"),
    ]
    assert numbers(cases) == [[1, 2]]


def test_cases_of_which_nothing_is_known_are_no_group() -> None:
    assert numbers([a_case(1), a_case(2)]) == []


def test_numbers_and_signs_do_not_divide_a_group() -> None:
    assert head_of("Room 12: no water") == head_of("room 7 -- no water!")
