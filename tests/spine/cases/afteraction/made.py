"""Events of a made-up day for the tests of the timeline."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bihuan.kernel import clock
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions, changes
from bihuan.spine.cases.afteraction.timeline import Window
from bihuan.spine.cases.models import Case
from tests.spine.cases.known import NOON, World, make_case

DAY = Window(NOON - timedelta(hours=4), NOON + timedelta(hours=20))


def at(minutes: float) -> datetime:
    """Return an instant so many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def write_day(world: World) -> dict[str, Case]:
    """Open, accept, miss, decline and message; switch rules; read personal data. Return the Cases by name."""
    cases = {}
    for name, minutes in (("first", 0), ("second", 30), ("third", 90)):
        with clock.running(partial(at, minutes)):
            cases[name] = make_case(world)
    with clock.running(lambda: at(95)):
        actions.accept(case=cases["first"], by=world.ben)
        changes.write(cases["second"], "breached", SYSTEM, detail={"promise": "accept"}, breached_at=at(90))
        told("rules_switched", by=world.max, subject=("edition", 3))
        told("reveal", by=world.ben, case_id=cases["first"].pk, agency_id=world.grid.pk)
        rows = [[1, cases["first"].pk, "screen", "accept", "sent"], [2, None, "smtp", "rung", "failed"]]
        told("messages", detail={"messages": rows})
    with clock.running(lambda: at(130)):
        actions.withdraw(case=Case.objects.get(pk=cases["second"].pk), by=SYSTEM)
    return cases


def told(verb: str, **fields: Any) -> Event:
    """Write an Event of the system's, unless somebody else is named."""
    return record(**{"by": SYSTEM, "verb": verb, "subject": ("test", None), **fields})
