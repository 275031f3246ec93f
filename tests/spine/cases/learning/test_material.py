"""What is learnt from."""

import pytest

from bihuan.spine.cases.learning.material import Sample, closed_cases, count_closed, split
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.retention import MARK
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_asker, make_case


def closed(world: World, text: str, status: Status = Status.CLOSED, **fields: object) -> Case:
    case = make_case(world, status, askers=0, **fields)
    make_asker(case, text=text)
    return case


def test_closed_cases_with_words_are_learnt_from_and_no_others(world: World) -> None:
    closed(world, "停电了")
    for text, status in (
        ("", Status.CLOSED),
        (MARK, Status.CLOSED),
        ("水", Status.WAITING),
        ("x", Status.DECLINED),
    ):
        closed(world, text, status)
    closed(world, "不知道", service=None)
    (sample,) = closed_cases()
    assert (sample.text, sample.service, sample.agency) == ("停电了", "power_failure", "grid")
    assert count_closed() == 1


def test_the_newest_are_taken_where_there_are_too_many(world: World) -> None:
    for text in ("一", "二", "三"):
        closed(world, text)
    assert {sample.text for sample in closed_cases(most=2)} == {"二", "三"}


def test_one_telephone_is_one_asker(world: World) -> None:
    closed(world, "一")
    closed(world, "二")
    assert len({sample.asker for sample in closed_cases()}) == 1


@pytest.mark.parametrize("repeat", [1, 2, 4])
def test_nobody_stands_on_both_sides_and_the_held_ones_are_the_newest(
    samples: list[Sample], repeat: int
) -> None:
    mixed = [
        Sample(one.text, "", one.service, one.agency, f"asker {at % (len(samples) // repeat)}", one.opened_at)
        for at, one in enumerate(samples)
    ]
    taught, held = split(mixed)
    assert not {one.asker for one in taught} & {one.asker for one in held}
    assert len(held) == round(len(mixed) / 5)
    assert max(one.opened_at for one in taught) <= min(one.opened_at for one in held)
