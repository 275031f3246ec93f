"""The queue's filter as a form, and the views above it."""

from bihuan.faces.desk.filters import FilterForm, tabs
from bihuan.spine.cases.queries import QueueFilter
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_case


def _codes(form: FilterForm, field: str) -> set[str]:
    return {str(code) for code, _ in form.fields[field].choices if code}  # type: ignore[attr-defined]


def test_an_officer_chooses_among_the_own_agencies_only(world: World) -> None:
    assert _codes(FilterForm(world.ben, QueueFilter()), "agency") == {"grid", "crew"}


def test_a_commander_chooses_among_all_agencies(world: World) -> None:
    assert {"grid", "water", "city"} <= _codes(FilterForm(world.max, QueueFilter()), "agency")


def test_the_form_shows_what_is_in_force(world: World) -> None:
    form = FilterForm(world.ben, QueueFilter(status="waiting", late=True))
    assert form.is_set
    assert "checked" in str(form["late"])
    assert 'value="waiting" selected' in str(form["status"])


def test_what_the_form_sends_is_what_the_filter_reads(world: World) -> None:
    form = FilterForm(world.ben, QueueFilter())
    sent = {name: "1" if name in {"late", "mine"} else "" for name in form.fields}
    assert QueueFilter.parse(sent) == QueueFilter(late=True, mine=True)


def test_tabs_count_their_cases_and_mark_the_one_in_force(world: World) -> None:
    make_case(world)
    make_case(world, Status.HOLD)
    found = {tab.query: tab for tab in tabs(world.ben, QueueFilter(status="hold"))}
    assert (found[""].count, found["status=waiting"].count, found["status=hold"].count) == (2, 1, 1)
    assert [query for query, tab in found.items() if tab.is_here] == ["status=hold"]


def test_tabs_keep_the_other_filters(world: World) -> None:
    assert all("priority=urgent" in tab.query for tab in tabs(world.ben, QueueFilter(priority="urgent")))


def test_a_count_is_bounded(world: World) -> None:
    for _ in range(101):
        make_case(world, askers=0)
    assert tabs(world.ben, QueueFilter())[0].shown == "99+"
