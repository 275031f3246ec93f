"""Gathers everything that the Case page shows on its one screen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from bihuan.faces.desk import deeds, wording
from bihuan.faces.desk.askers import askers_of
from bihuan.faces.desk.forms import DeedForm
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.geo import distance_m
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import queries
from bihuan.spine.cases.banners.actions import PERMITTED
from bihuan.spine.cases.ladder import joint, reading
from bihuan.spine.cases.models import Assignment, AssignmentStatus, Case, Promised, Task
from bihuan.spine.cases.promises.calendars import day_minutes
from bihuan.spine.cases.promises.clocks import Run, State, runs_of
from bihuan.spine.cases.promises.spans import in_words
from bihuan.spine.cases.queries import Allowed
from bihuan.spine.cases.states import UNDONE, UNSORTED, Status
from bihuan.spine.cases.story import HISTORY
from bihuan.spine.messages.inbox import STAFF
from bihuan.spine.messages.models import Message
from bihuan.spine.resources.models import Team

MOST_MESSAGES = 30
MOST_MERGED = 30


@dataclass(frozen=True)
class Offer:
    """An action that can be made now, with its form."""

    deed: deeds.Deed
    form: DeedForm
    is_open: bool


@dataclass(frozen=True)
class Denied:
    """An action that can't be made now, and why."""

    deed: deeds.Deed
    why_not: str


@dataclass(frozen=True)
class ClockView:
    """A promise, how it stands, and how much time it has by which calendar."""

    label: str
    at: datetime | None
    state: str
    span: str
    calendar: str

    @property
    def exact(self) -> str:
        return wording.exact(self.at)

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)


def context(
    case: Case,
    user: User,
    *,
    bound: tuple[str, DeedForm] | None = None,
    error: Refused | None = None,
    after: int = 0,
) -> dict[str, Any]:
    """Return what the page's templates need; ``bound`` is a form that came back with mistakes.

    ``after`` is the asker after whom the list of askers goes on.
    """
    judged = {one.verb: one for one in queries.allowed(case=case, by=user)}
    return {
        "case": case,
        "error": error,
        "now": clock.now(),
        "speed": clock.speed(),
        "askers": askers_of(case, after),
        "may_reveal": user.may(Permission.REVEAL),
        "clocks": clocks(case),
        **_ladder(case),
        "pauses": list(case.pauses.order_by("from_at")),
        "history": queries.history(case),
        "history_limit": HISTORY,
        **_banners(case, user),
        **_actions(case, judged, bound),
        **_work(case, user, judged),
        **_relatives(case, user, judged),
        "messages_out": list(_messages(case).order_by("-id")[:MOST_MESSAGES]),
        "map_words": wording.map_words(),
    }


def _messages(case: Case) -> QuerySet[Message]:
    """Return what was written to askers and offices; what single officers were told stands on the ladder."""
    return Message.objects.filter(case_id=case.pk).exclude(about__startswith=STAFF)


def _ladder(case: Case) -> dict[str, Any]:
    return {
        "climbs": reading.reached(case),
        "next_rung": reading.next_of(case, clock.now()),
        "joint": joint.running_on(case),
        "decided": reading.decided(case),
    }


def _actions(case: Case, judged: dict[str, Allowed], bound: tuple[str, DeedForm] | None) -> dict[str, Any]:
    shown = [deed for deed in deeds.DEEDS.values() if deed.on_page]
    verb, form = bound or ("", None)
    return {
        "offers": [
            Offer(
                deed, form if form and deed.verb == verb else deeds.blank(deed.verb, case), deed.verb == verb
            )
            for deed in shown
            if judged[deed.verb].is_allowed
        ],
        "denied": [
            Denied(deed, judged[deed.verb].why_not) for deed in shown if not judged[deed.verb].is_allowed
        ],
        "may": {verb: one.is_allowed for verb, one in judged.items()},
        "may_merge": judged["merge"].is_allowed,
    }


def _work(case: Case, user: User, judged: dict[str, Allowed]) -> dict[str, Any]:
    tasks = list(case.tasks.prefetch_related("assignments__team", "assignments__person").order_by("id"))
    for task in tasks:
        _add_deeds(task, judged)
    return {"tasks": tasks, "crews": crews(case) if judged["dispatch"].is_allowed else []}


def _add_deeds(task: Task, judged: dict[str, Allowed]) -> None:
    task.sent = sorted(task.assignments.all(), key=lambda one: one.pk)  # type: ignore[attr-defined]
    for assignment in task.sent:  # type: ignore[attr-defined]
        verbs = [verb for verb in _possible(assignment) if judged[verb].is_allowed]
        assignment.deeds = [deeds.DEEDS[verb] for verb in verbs]


def _possible(assignment: Assignment) -> tuple[str, ...]:
    if assignment.status == AssignmentStatus.SENT:
        return ("arrive", "finish", "cancel")
    return ("finish", "cancel") if assignment.status == AssignmentStatus.ARRIVED else ()


def crews(case: Case) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return who can be sent for a Case, teams before people, by the code that the form takes."""
    if case.agency is None:
        return []
    below = case.agency.path
    teams = Team.objects.filter(is_active=True, agency__path__startswith=below).order_by("id")
    people = User.objects.filter(is_active=True, agency__path__startswith=below).order_by("id")
    return [
        (gettext("Teams"), [(f"team-{team.pk}", str(team)) for team in teams]),
        (gettext("People"), [(f"person-{person.pk}", str(person)) for person in people]),
    ]


def _relatives(case: Case, user: User, judged: dict[str, Allowed]) -> dict[str, Any]:
    seen = queries.visible_cases(user)
    twins = _twins(case, user) if judged["merge"].is_allowed or case.is_open else []
    children = list(case.children.select_related("service", "agency").order_by("id"))
    merged = seen.filter(merged_into=case).order_by("id")
    shown = list(merged[: MOST_MERGED + 1])
    return {
        "twins": twins,
        # Before anybody is at work the question is whether this is a case of its own.
        "twins_first": case.status in UNSORTED | {Status.WAITING},
        "children": children,
        "merged": shown[:MOST_MERGED],
        "merged_count": merged.count() if len(shown) > MOST_MERGED else len(shown),
        "related": ",".join(str(one.pk) for one in (case, *children)),
    }


def _banners(case: Case, user: User) -> dict[str, Any]:
    may_announce = case.status in UNDONE and any(map(user.may, PERMITTED))
    return {"banners": list(case.banners.filter(ended_at__isnull=True)), "may_announce": may_announce}


@dataclass(frozen=True)
class TwinView:
    """A Case that may be the same, why, and how far away."""

    case: Case
    reason: str
    far: str


def _twins(case: Case, user: User) -> list[TwinView]:
    return [
        TwinView(twin.case, twin.reason, _far(case, twin.case)) for twin in queries.list_twins(case, user)
    ]


def _far(one: Case, other: Case) -> str:
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return ""
    metres = distance_m((one.lon, one.lat), (other.lon, other.lat))
    return gettext("%(m)d m away") % {"m": round(metres)}


def clocks(case: Case) -> list[ClockView]:
    """Return the four promises of a Case with how each stands."""
    return [_clock(run) for run in runs_of(case, clock.now())]


def _clock(run: Run) -> ClockView:
    label = str(Promised(run.promise).label)
    span = in_words(run.minutes, day_minutes(run.calendar))
    return ClockView(label, run.due_at, run.state, span, run.calendar.name)
