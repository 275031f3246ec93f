"""Drafting service levels and putting them in force."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.cases.models import Agreement, Calendar, Level
from bihuan.spine.cases.promises import agreeing, levels
from tests.spine.cases.known import World, make_user, make_world


def make_ada() -> User:
    return make_user("ada", write_roles()["administrator"], None)


@pytest.fixture
def ada(world: World) -> User:
    return make_ada()


def for_all(draft: Agreement) -> Agreement:
    """Leave a draft with lines that fit everything."""
    draft.levels.filter(priority="urgent").delete()
    draft.levels.filter(urgency="planned").delete()
    draft.levels.update(priority="")
    return draft


def fields_of(line: Level, **changed: object) -> dict[str, object]:
    return {name: getattr(line, name) for name in agreeing.LINE} | changed


def test_only_whoever_may_change_rules_drafts(world: World) -> None:
    with pytest.raises(Forbidden):
        agreeing.copy_in_force(by=world.max)


def test_a_new_line_comes_above_the_last_which_fits_everything(ada: User) -> None:
    draft = for_all(agreeing.copy_in_force(by=ada))
    last = draft.levels.get()
    made = agreeing.write_line(draft=draft, by=ada, line=None, fields=fields_of(last, urgency="life"))
    assert levels.lines_of(draft) == [made, last]


def test_a_first_reply_after_the_end_of_the_work_is_refused(ada: User) -> None:
    draft = agreeing.copy_in_force(by=ada)
    line = levels.lines_of(draft)[0]
    with pytest.raises(Refused) as refused:
        agreeing.write_line(draft=draft, by=ada, line=line, fields=fields_of(line, reply_min=9999))
    assert refused.value.field == "reply_min"


def test_a_promise_for_which_its_calendar_never_opens_long_enough_is_refused(ada: User) -> None:
    minute = Calendar.objects.create(
        code="minute", name_zh="一分钟", kind="weekly", hours={"0": [["09:00", "09:01"]]}
    )
    draft = agreeing.copy_in_force(by=ada)
    line = levels.lines_of(draft)[0]
    long = fields_of(line, calendar_id=minute.pk, resolve_min=10_000)
    with pytest.raises(Refused) as refused:
        agreeing.write_line(draft=draft, by=ada, line=line, fields=long)
    assert refused.value.field == "resolve_min"


def test_one_hour_without_the_other_is_refused(ada: User) -> None:
    draft = agreeing.copy_in_force(by=ada)
    line = levels.lines_of(draft)[0]
    with pytest.raises(Refused):
        agreeing.write_line(draft=draft, by=ada, line=line, fields=fields_of(line, from_min=60))


def test_what_is_in_force_never_changes_again(ada: User) -> None:
    agreement = Agreement.objects.get()
    line = levels.lines_of(agreement)[0]
    with pytest.raises(Conflict):
        agreeing.write_line(draft=agreement, by=ada, line=line, fields=fields_of(line))
    with pytest.raises(Conflict):
        agreeing.remove_line(draft=agreement, by=ada, line=line)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_put_a_version_in_force_at_once_one_wins_and_the_other_is_told() -> None:
    make_world()
    ada = make_ada()
    drafts = [for_all(agreeing.copy_in_force(by=ada)) for _ in range(2)]
    barrier, told = Barrier(2), []

    def put(draft: Agreement) -> None:
        barrier.wait()
        try:
            agreeing.put_in_force(draft=draft, over=1, by=ada, also_open=False)
        except Conflict as conflict:
            told.append(conflict.message)
        finally:
            connection.close()

    threads = [Thread(target=put, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    assert "Ada" in told[0]
    assert Agreement.objects.filter(status="in_force").count() == 1
