"""Later asks join a banner's Case."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions as cases
from bihuan.spine.cases.banners import SOMETHING_ELSE, actions
from bihuan.spine.cases.models import Asker, Case, Caught, Service
from bihuan.spine.cases.queries import story
from bihuan.spine.cases.states import Priority, Status
from bihuan.spine.cases.triage import triage_one
from bihuan.spine.messages.models import Message
from tests.spine.cases.banners.area_of import ENGLISH, WORDS, ask, make_site, put_up, sort, sorted_to
from tests.spine.cases.known import World, make_case, make_rule


def test_an_ask_in_the_area_joins_the_case_and_opens_none(world: World) -> None:
    banner = put_up(world)
    here, there = ask(), ask(5000)
    assert sorted_to([here])[0] == banner.case
    assert there.asker.case != banner.case
    assert Case.objects.count() == 2
    banner.refresh_from_db()
    assert (banner.caught_count, banner.caught.get().asker) == (1, here.asker)


def test_its_asker_reads_what_is_known_in_the_own_language(world: World) -> None:
    put_up(world)
    english, chinese = ask(language="en"), ask(language="zh-hans")
    sort()
    bodies = dict(Message.objects.filter(template="joined").values_list("about", "body"))
    assert ENGLISH in bodies[english.receipt]
    assert WORDS in bodies[chinese.receipt]


def test_the_receipt_shows_the_whole_story_of_the_fault(world: World) -> None:
    banner = put_up(world, make_case(world))
    cases.accept(case=banner.case, by=world.ben)
    asker = Asker.objects.get(case=triage_one(ask()), caught__isnull=False)
    assert [step.verb for step in story(asker.case, asker)] == ["accept", "joined"]
    assert story(asker.case, asker)[1].note in (WORDS, ENGLISH)
    task = cases.add_task(case=Case.objects.get(pk=banner.case_id), title="line", by=world.ben)
    cases.dispatch(task=task, by=world.ben, team=world.team)
    assert [step.verb for step in story(asker.case, asker)] == ["accept", "joined", "dispatch"]


def test_words_of_danger_open_a_case_of_their_own(world: World) -> None:
    Service.objects.filter(pk=world.service.pk).update(danger_words=["呼吸机"])
    banner = put_up(world)
    assert sorted_to([ask(text="停电了，家里有人用呼吸机")])[0] != banner.case


def test_something_else_opens_a_case_of_its_own(world: World) -> None:
    banner = put_up(world)
    assert sorted_to([ask(answers={SOMETHING_ELSE: "yes"})])[0] != banner.case


def test_the_name_of_a_picked_site_is_enough(world: World) -> None:
    site = make_site("月亮小区")
    banner = put_up(world, sites=[site], circle=None)
    assert sorted_to([ask(lon=None, lat=None, site="月亮小区")])[0] == banner.case


def test_nothing_joins_a_banner_that_came_down(world: World) -> None:
    banner = put_up(world)
    actions.take_down(banner=banner, by=world.olga)
    assert sorted_to([ask()])[0] != banner.case


def test_what_came_together_leaves_one_line_in_the_history(world: World) -> None:
    banner = put_up(world)
    asks = [ask() for _ in range(5)]
    sort()
    event = Event.objects.get(verb="join", case_id=banner.case_id)
    assert event.detail["submissions"] == [one.pk for one in asks]
    assert Caught.objects.count() == 5


def test_who_was_caught_is_told_of_the_steps_that_follow(world: World) -> None:
    banner = put_up(world)
    caught = ask()
    sort()
    cases.accept(case=banner.case, by=world.ben)
    assert Message.objects.filter(about=caught.receipt, template="accept").exists()


def test_asks_after_the_case_was_merged_join_its_twin_and_go_back_with_it(world: World) -> None:
    banner, twin = put_up(world), make_case(world)
    cases.merge(case=banner.case, into=twin, by=world.olga)
    caught = ask()
    assert sorted_to([caught])[0] == twin
    cases.unmerge(case=Case.objects.get(pk=banner.case_id), by=world.olga)
    assert Asker.objects.get(submission=caught).case == banner.case


def test_triage_costs_no_more_for_each_ask_while_a_banner_is_up(world: World) -> None:
    put_up(world)

    def statements(asks: int) -> int:
        for _ in range(asks):
            ask()
        with CaptureQueriesContext(connection) as captured:
            sort()
        return len(captured)

    assert statements(1) == statements(20)


def test_a_case_whose_status_changed_after_the_thinking_takes_nobody_in(world: World) -> None:
    banner = put_up(world)
    Case.objects.filter(pk=banner.case_id).update(status=Status.RESOLVED)
    assert sorted_to([ask()])[0] != banner.case


def test_what_a_rule_makes_urgent_keeps_a_case_of_its_own(world: World) -> None:
    banner = put_up(world)
    make_rule(1, world.grid, words=["吸氧"], priority=Priority.URGENT)
    at_home, plain = ask(text="停电了，老人在家吸氧"), ask(text="停电了")
    cases_of = sorted_to([at_home, plain])
    assert (cases_of[0] == banner.case, cases_of[1] == banner.case) == (False, True)
