"""Links made and changed."""

import pytest

from bihuan.kernel.errors import Conflict, Refused
from bihuan.lines.abroad import linking
from bihuan.lines.abroad.models import Link
from bihuan.spine.audit.models import Event
from bihuan.spine.messages.outside import Inside
from tests.spine.cases.known import World


def test_an_agency_has_one_link(link: Link, world: World) -> None:
    with pytest.raises(Conflict):
        linking.add(by=world.max, agency=world.grid, url=link.url)


def test_an_address_in_our_own_network_is_refused(world: World) -> None:
    with pytest.raises(Inside):
        linking.add(by=world.max, agency=world.grid, url="http://127.0.0.1/v2")


def test_what_is_changed_leaves_an_event(link: Link, world: World) -> None:
    assert linking.switch(link=link, by=world.max, is_on=False)
    assert not linking.switch(link=link, by=world.max, is_on=False)
    linking.change(link=link, by=world.max, url=link.url, key="other")
    verbs = Event.objects.filter(verb__startswith="abroad").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["abroad_linked", "abroad_code", "abroad_off", "abroad_changed"]


def test_attributes_are_read_as_they_are_shown() -> None:
    said = {"depth": "how_deep", "kind": "=a hole: deep"}
    assert linking.read_attributes(linking.show_attributes(said)) == said


@pytest.mark.parametrize("line", ["depth", ": x", "depth:", "\n".join(f"a{k}: b" for k in range(41))])
def test_lines_of_another_form_are_refused(line: str) -> None:
    with pytest.raises(Refused):
        linking.read_attributes(line)
