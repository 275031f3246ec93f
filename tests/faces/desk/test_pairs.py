"""A pair of Cases side by side."""

from datetime import timedelta

from django.utils import translation

from bihuan.faces.desk import pairs
from bihuan.faces.desk.pairs import PairView
from bihuan.kernel import clock
from bihuan.spine.cases.models import Case, Pair
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import PHONE, World, make_asker, make_case, make_service
from tests.spine.cases.twins.town import OTHER_PHONE, place


def compared(older: Case, newer: Case) -> PairView:
    pair = Pair.objects.create(older=older, newer=newer, strength=0.9, found_at=clock.now())
    with translation.override("en"):
        return pairs.view(pair)


def told(shown: PairView) -> dict[str, tuple[str, str]]:
    return {fact.label: (fact.verdict, fact.tone) for fact in shown.facts}


def test_what_agrees_and_what_differs_is_said_with_its_measure(world: World) -> None:
    older = make_case(world, **place(0))
    later = older.opened_at + timedelta(minutes=40)
    newer = make_case(world, **place(120), opened_at=later, service=make_service("water"))
    facts = told(compared(older, newer))
    assert facts["Service"] == ("differs", "other")
    assert facts["Place"] == ("120 m apart", "same")
    assert facts["Came in"] == ("40 min apart", "same")
    assert facts["Telephone"] == ("same", "same")


def test_telephones_are_compared_but_shown_masked(world: World) -> None:
    older, newer = make_case(world, askers=0), make_case(world, askers=0)
    make_asker(older, phone=PHONE), make_asker(newer, phone=OTHER_PHONE)
    phone = next(fact for fact in compared(older, newer).facts if fact.label == "Telephone")
    assert phone.verdict == "differs"
    assert PHONE[3:] not in "".join(phone.values) and OTHER_PHONE[3:] not in "".join(phone.values)


def test_what_is_not_known_is_neither_the_same_nor_another(world: World) -> None:
    facts = told(compared(make_case(world, askers=0), make_case(world, askers=0)))
    assert facts["Place"] == facts["Telephone"] == ("unknown", "near")


def test_the_words_of_the_first_asker_are_marked_where_both_say_them(world: World) -> None:
    older, newer = make_case(world, askers=0, summary="短"), make_case(world, askers=0)
    make_asker(older, text="整栋楼停电两个小时了")
    make_asker(newer, text="我们整栋楼停电很久")
    first, second = compared(older, newer).sides
    assert "".join(span.text for span in first.words) == "整栋楼停电两个小时了"
    assert [span.text for span in second.words if span.is_shared] == ["整栋楼停电"]


def test_the_one_that_somebody_is_at_work_on_stays(world: World) -> None:
    shown = compared(make_case(world), make_case(world, Status.WORKING))
    assert [side.stays for side in shown.sides] == [False, True]
    assert shown.alike == 1
