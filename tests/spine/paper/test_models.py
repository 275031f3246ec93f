"""What must never hold twice, or halfway, is refused by the database."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel import clock, ids
from bihuan.spine.paper.models import Block, Number, Row, Sheet
from bihuan.spine.paper.numbers import reserve
from tests.lines.protection.known import make_site
from tests.spine.cases.known import World, make_case


def _refused(make: Any) -> bool:
    try:
        with transaction.atomic():
            make()
    except IntegrityError:
        return True
    return False


def test_a_serial_stands_on_one_form_of_a_block(world: World) -> None:
    block = reserve(by=world.olga, count=1)
    assert _refused(lambda: Number.objects.create(block=block, serial=1, number=ids.new_printed()))


@pytest.mark.parametrize("half", [{"state": "used"}, {"used_at": clock.now()}])
def test_a_form_is_entered_by_somebody_at_some_time_or_not_at_all(world: World, half: dict[str, Any]) -> None:
    reserve(by=world.olga, count=1)
    assert _refused(lambda: Number.objects.update(**half))


def _sheet(world: World, **fields: Any) -> Sheet:
    said = {
        "code": "0" * 16, "kind": "building", "subject": "building:1:3", "edition": 1, "purpose": "visit",
        "printed_by": world.ben, "printed_at": clock.now(),
    }  # fmt: skip
    return Sheet.objects.create(**{**said, **fields})


def test_an_edition_is_printed_once(world: World) -> None:
    _sheet(world)
    assert _refused(lambda: _sheet(world, code="1" * 16))
    assert _sheet(world, code="1" * 16, edition=2)


def test_a_result_has_a_time_and_a_row_a_place_of_its_own(world: World) -> None:
    sheet, case = _sheet(world), make_case(world)
    Row.objects.create(sheet=sheet, position=1, case=case)
    assert _refused(lambda: Row.objects.create(sheet=sheet, position=1, case=case))
    assert _refused(lambda: Row.objects.update(result="done"))


def test_a_block_is_for_its_narrowest_place(world: World) -> None:
    assert Block(agency=world.grid).place == world.grid
    assert Block(agency=world.grid, site=make_site()).place == make_site()
    assert Block().place is None
