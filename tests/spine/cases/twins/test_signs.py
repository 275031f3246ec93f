"""What speaks for two Cases being one."""

from datetime import timedelta

from django.utils import translation

from bihuan.spine.cases import twins
from bihuan.spine.cases.models import Service
from bihuan.spine.cases.twins import signs
from tests.spine.cases.known import World, make_case
from tests.spine.cases.twins.town import place


def test_only_services_that_ask_for_a_person_are_personal() -> None:
    assert not twins.is_personal(None)
    assert not twins.is_personal(Service(needs=["place", "text"]))
    assert twins.is_personal(Service(needs=["place", "name"]))


def test_signs_are_kept_as_numbers_and_read_in_the_reader_s_language(world: World) -> None:
    first = make_case(world, **place(0))
    second = make_case(world, **place(100), opened_at=first.opened_at + timedelta(minutes=90))
    likely = signs.judge(second, first, is_same_phone=True)
    assert likely is not None
    said = [sign.said() for sign in likely.signs]
    assert said == [{"kind": "phone"}, {"kind": "place", "metres": 100, "minutes": 90}]
    with translation.override("en"):
        assert signs.in_words(said) == "same telephone, same service; same service 100 m away within 2 h"


def test_two_cases_with_nothing_in_common_are_not_weighed(world: World) -> None:
    assert signs.judge(make_case(world), make_case(world), is_same_phone=False) is None
