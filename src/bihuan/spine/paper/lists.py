"""What stands on a printed list: households with open asks in a building, tasks of one shift."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localtime

from bihuan.kernel.private import mask_name, mask_phone, unseal
from bihuan.spine.accounts.models import User
from bihuan.spine.cases.models import LIVE, Asker, Assignment, Case, TaskStatus
from bihuan.spine.cases.queries import visible_cases
from bihuan.spine.cases.reading import reveal_list
from bihuan.spine.cases.registry import Household, registry
from bihuan.spine.paper.doors import building_of, walk
from bihuan.spine.places.models import Site
from bihuan.spine.resources.models import Team

MOST = 300


@dataclass(frozen=True)
class Line:
    """One row of a list as it is printed; name and telephone are masked unless they were asked for."""

    case: Case
    door: str
    name: str
    phone: str
    todo: list[str] = field(default_factory=list)
    assignment: Assignment | None = None


@dataclass(frozen=True)
class Contents:
    """The rows of a list, and whether there were more than fit."""

    lines: list[Line]
    households: list[Household]
    is_cut: bool


@dataclass(frozen=True)
class Opening:
    """For what the personal data of a list is opened, and whether names and telephones are."""

    purpose: str
    with_names: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        return ("door", "name", "phone") if self.with_names else ("door",)


def of_building(user: User, site: Site, building: str, opening: Opening) -> Contents:
    """Return who asked in a building, or in the whole compound, and whom lines of work look after there."""
    open_here = visible_cases(user).filter(site=site, is_open=True)
    found = _askers(Asker.objects.filter(case__in=open_here)).order_by("case__due_at", "pk")
    here = [asker for asker in found[: 4 * MOST] if _is_in(_door(asker), building)]
    lines = _lines(user, here[:MOST], opening)
    listed = [one for listed in registry.households.values() for one in listed(user, site)]
    households = [one for one in listed if _is_in(one.door, building)]
    return Contents(
        sorted(lines, key=lambda line: walk(line.door)),
        sorted(households, key=lambda one: walk(one.door)),
        is_cut=len(here) > MOST,
    )


def of_shift(user: User, team: Team | None, person: User | None, opening: Opening) -> Contents:
    """Return what a team or a person is sent for and has not finished, what is due next first."""
    sent = Assignment.objects.filter(status__in=LIVE, task__case__in=visible_cases(user))
    sent = sent.filter(team=team) if team else sent.filter(person=person)
    related = ("task__case__service", "task__case__agency", "task__case__site")
    rows = list(sent.select_related(*related).order_by("task__case__due_at", "pk")[: MOST + 1])
    first = _first_askers([row.task.case_id for row in rows[:MOST]])
    told = _lines(user, list(first.values()), opening)
    by_case = {line.case.pk: line for line in told}
    return Contents([_of(row, by_case) for row in rows[:MOST]], [], is_cut=len(rows) > MOST)


def _of(row: Assignment, by_case: dict[int, Line]) -> Line:
    case = row.task.case
    known = by_case.get(case.pk)
    who = (known.door, known.name, known.phone) if known else ("", "", "")
    return Line(case, *who, todo=[row.task.title], assignment=row)


def _first_askers(case_ids: Sequence[int]) -> dict[int, Asker]:
    askers = _askers(Asker.objects.filter(case__in=case_ids)).order_by("-pk")
    return {asker.case_id: asker for asker in askers}


def _askers(found: QuerySet[Asker]) -> QuerySet[Asker]:
    return found.select_related("submission", "case__service", "case__agency", "case__site")


def _door(asker: Asker) -> str:
    return unseal(asker.submission.door_sealed)


def _is_in(door: str, building: str) -> bool:
    return not building or building_of(door) == building


def _lines(user: User, askers: Sequence[Asker], opening: Opening) -> list[Line]:
    opened = reveal_list(askers=askers, fields=opening.fields, purpose=opening.purpose, by=user)
    todo = _todo([asker.case_id for asker in askers])
    return [
        Line(asker.case, texts["door"], *_who(asker, texts), todo=todo.get(asker.case_id, []))
        for asker, texts in zip(askers, opened, strict=True)
    ]


def _who(asker: Asker, opened: dict[str, str]) -> tuple[str, str]:
    if "name" in opened:
        return opened["name"], opened["phone"]
    submission = asker.submission
    return mask_name(unseal(submission.name_sealed)), mask_phone(unseal(submission.phone_sealed))


def _todo(case_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    cases = Case.objects.filter(pk__in=case_ids, tasks__status__in=[TaskStatus.TODO, TaskStatus.GOING])
    for number, title in cases.order_by("tasks__pk").values_list("pk", "tasks__title"):
        found.setdefault(number, []).append(title)
    return found


def window_words(from_at: datetime | None, until_at: datetime | None) -> str:
    """Return the hours of a shift: ``2026-11-28 08:00–16:00``."""
    if from_at is None or until_at is None:
        return ""
    return f"{localtime(from_at):%Y-%m-%d %H:%M}–{localtime(until_at):%H:%M}"
