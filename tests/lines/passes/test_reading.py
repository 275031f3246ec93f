"""Reading what is personal."""

import pytest

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.lines.passes import reading
from bihuan.lines.passes.models import Pass
from bihuan.spine.audit.models import Event
from tests.spine.cases.known import World


def test_fields_are_masked(applied: Pass) -> None:
    masked = {one.name: one.masked for one in reading.fields_of(applied)}
    assert masked == {"contact": "李••", "phone": "•••• 7733", "crew": "郑••、吴••"}


def test_a_reading_needs_a_purpose_and_leaves_an_event(world: World, applied: Pass) -> None:
    with pytest.raises(Refused):
        reading.reveal(pass_=applied, field="crew", purpose="", by=world.ben)
    text = reading.reveal(pass_=applied, field="crew", purpose="review", by=world.ben)
    assert text.splitlines() == ["郑甲 11010519491231002X +8619900005526", "吴乙"]
    assert Event.objects.get(verb="reveal").detail == {"field": "crew", "purpose": "review"}


def test_what_is_no_field_is_not_read(world: World, applied: Pass) -> None:
    with pytest.raises(Refused):
        reading.reveal(pass_=applied, field="number", purpose="review", by=world.ben)


def test_another_office_reads_nothing(world: World, applied: Pass) -> None:
    for who in (world.eve, world.dan, world.max):
        with pytest.raises(Forbidden):
            reading.reveal(pass_=applied, field="phone", purpose="call", by=who)
    assert not Event.objects.filter(verb="reveal").exists()
