"""Doors with open asks behind them, in a compound of the small city."""

from typing import Any

from bihuan.kernel import clock, private
from bihuan.spine.cases.models import Assignment, Case
from bihuan.spine.cases.models import Task as Work
from bihuan.spine.cases.states import Status
from tests.lines.protection.known import make_site
from tests.spine.cases.known import World, make_asker, make_case

__all__ = ["ask_at", "make_site", "send"]


def ask_at(world: World, door: str, name: str = "安娜", **fields: Any) -> Case:
    """Open a Case of Ben's office for somebody behind a door."""
    case = make_case(world, fields.pop("status", Status.ACCEPTED), askers=0, site=make_site(), **fields)
    make_asker(case, door_sealed=private.seal(door), name_sealed=private.seal(name))
    return case


def send(case: Case, **who: Any) -> Assignment:
    """Send a team or a person for a Case."""
    now = clock.now()
    task = Work.objects.create(case=case, title="mend it", status="going", created_at=now)
    return Assignment.objects.create(task=task, from_at=now, **who)
