"""Writing and editing calendars."""

import pytest

from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Calendar, Recount
from bihuan.spine.cases.promises.calendaring import Wanted, add_calendar, edit_calendar
from tests.spine.cases.known import World, make_user

EARLY = Wanted(name_zh="早班", name_en="Early", kind="weekly", hours={"0": [["06:00", "14:00"]]})


@pytest.fixture
def ada(world: World) -> User:
    return make_user("ada", write_roles()["administrator"], None)


def test_a_code_is_taken_once(ada: User) -> None:
    add_calendar(code="early", wanted=EARLY, by=ada)
    with pytest.raises(Conflict) as conflict:
        add_calendar(code="early", wanted=EARLY, by=ada)
    assert conflict.value.field == "code"


def test_only_whoever_may_change_rules_writes_one(world: World) -> None:
    with pytest.raises(Forbidden):
        add_calendar(code="early", wanted=EARLY, by=world.max)


def test_an_edit_is_in_the_audit_with_what_was_before(ada: User) -> None:
    calendar = add_calendar(code="early", wanted=EARLY, by=ada)
    later = Wanted(name_zh="早班", name_en="Early", kind="weekly", hours={"0": [["07:00", "15:00"]]})
    assert (
        edit_calendar(calendar=calendar, wanted=later, seen=calendar.changed_at, by=ada)
        == Recount.objects.get()
    )
    detail = Event.objects.get(verb="calendar_edited").detail
    assert detail["before"]["hours"] == {"0": [["06:00", "14:00"]]}
    assert detail["after"]["hours"] == {"0": [["07:00", "15:00"]]}


def test_another_name_alone_has_nothing_counted_anew(ada: User) -> None:
    calendar = add_calendar(code="early", wanted=EARLY, by=ada)
    renamed = Wanted(name_zh="晨班", name_en="Dawn", kind="weekly", hours=EARLY.hours)
    assert edit_calendar(calendar=calendar, wanted=renamed, seen=calendar.changed_at, by=ada) is None
    assert Calendar.objects.get(code="early").name_zh == "晨班"


def test_whoever_looked_at_an_older_one_is_told(ada: User) -> None:
    calendar = add_calendar(code="early", wanted=EARLY, by=ada)
    edit_calendar(calendar=calendar, wanted=EARLY, seen=calendar.changed_at, by=ada)
    with pytest.raises(Conflict):
        edit_calendar(calendar=calendar, wanted=EARLY, seen=calendar.changed_at, by=ada)


def test_a_calendar_without_a_name_is_refused(ada: User) -> None:
    nameless = Wanted(name_zh=" ", name_en="", kind="weekly", hours=EARLY.hours)
    with pytest.raises(Refused) as refused:
        add_calendar(code="early", wanted=nameless, by=ada)
    assert refused.value.field == "name_zh"
