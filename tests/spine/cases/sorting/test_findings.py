"""Who may see what of a trial."""

from bihuan.spine.accounts.models import User
from bihuan.spine.cases.models import Edition
from bihuan.spine.cases.sorting import drafting, findings
from tests.spine.cases.known import World
from tests.spine.cases.sorting.test_trials import opened, run


def test_cases_are_listed_for_who_may_see_them_and_counted_for_all(
    ruled: World, draft: Edition, ada: User
) -> None:
    opened("停电了", "停电")
    drafting.change_rule(rule=draft.rules.get(number=2), by=ada, agency=ruled.crew, priority="urgent")
    trial = run(draft, ada)
    assert sum(shift.count for shift in findings.shifts_of(trial)) == 2
    assert findings.cases_otherwise(trial, ruled.sam).count() == 2
    assert findings.cases_otherwise(trial, ruled.eve).count() == 0
    assert findings.cases_otherwise(trial, ada).count() == 0


def test_a_change_of_priority_alone_is_told_as_such(ruled: World, draft: Edition, ada: User) -> None:
    opened("停电了")
    drafting.change_rule(rule=draft.rules.get(number=2), by=ada, priority="urgent")
    (shift,) = findings.shifts_of(run(draft, ada))
    assert shift.is_same_agency
