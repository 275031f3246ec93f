"""What is to go out is found once, and only where the link says that it goes."""

from bihuan.lines.abroad import linking
from bihuan.lines.abroad.gathering import gather
from bihuan.lines.abroad.models import Handing, Link, Mapping, Saying
from bihuan.spine.audit.actions import ASKER
from bihuan.spine.audit.sealing import seal_all
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from tests.lines.abroad.going import change, fresh, go
from tests.spine.cases.known import World, make_case


def test_a_waiting_case_is_found_once(link: Link, case: Case) -> None:
    assert [gather() > 0, gather(), Handing.objects.count()] == [True, 0, 1]


def test_another_agencys_cases_and_those_in_hand_stay(link: Link, world: World) -> None:
    make_case(world, agency=world.water)
    make_case(world, Status.ACCEPTED)
    gather()
    assert not Handing.objects.exists()


def test_a_service_without_a_code_stays_at_the_desk(link: Link, case: Case) -> None:
    Mapping.objects.all().delete()
    gather()
    assert not Handing.objects.exists()


def test_a_switched_off_link_finds_nothing(link: Link, case: Case, world: World) -> None:
    linking.switch(link=link, by=world.max, is_on=False)
    assert gather() == 0


def test_a_step_is_told_once_however_often_the_audit_is_read(link: Link, case: Case) -> None:
    change(link, takes_updates=True)
    go(link)
    actions.say(case=fresh(case), by=ASKER, text="more")
    seal_all()
    gather()
    Link.objects.update(position=0)
    gather()
    assert list(Saying.objects.values_list("verb", flat=True)) == ["say"]


def test_where_updates_are_not_taken_none_are_told(link: Link, case: Case) -> None:
    go(link)
    actions.say(case=fresh(case), by=ASKER, text="more")
    seal_all()
    gather()
    assert not Saying.objects.exists()
