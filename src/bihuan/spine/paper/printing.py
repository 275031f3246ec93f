"""Printing a list: an opening of personal data with a purpose, kept as an edition with its rows."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Busy, Forbidden, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record
from bihuan.spine.paper.doors import typed_building
from bihuan.spine.paper.lists import Contents, Opening, of_building, of_shift
from bihuan.spine.paper.models import Row, Sheet, SheetKind
from bihuan.spine.places.models import Site
from bihuan.spine.resources.models import Team
from bihuan.spine.resources.queries import list_people, list_teams

TRIES = 5


@dataclass(frozen=True)
class PrintedList:
    """A list as it goes to the printer, once: it is printed anew each time, never shown again."""

    sheet: Sheet
    contents: Contents


@transaction.atomic
def print_building(*, by: User, site: Site, building: str, opening: Opening) -> PrintedList:
    """Print who asked in a building, or in the whole compound where none is named."""
    check_may(by)
    named = typed_building(building)
    contents = of_building(by, site, named, opening)
    subject = f"building:{site.pk}:{named}"
    return _keep(
        by, contents, opening,
        kind=SheetKind.BUILDING, subject=subject, site=site, building=named, agency=by.agency,
    )  # fmt: skip


@transaction.atomic
def print_shift(
    *,
    by: User,
    from_at: datetime,
    until_at: datetime,
    opening: Opening,
    team: Team | None = None,
    person: User | None = None,
) -> PrintedList:
    """Print what a team or a person is sent for, for the hours of a shift; refuses those of other offices."""
    check_may(by)
    unit = _unit(by, team, person)
    if until_at <= from_at:
        raise Refused(_("The shift ends before it begins."), code="until", field="until_at")
    contents = of_shift(by, team, person, opening)
    return _keep(
        by, contents, opening, kind=SheetKind.SHIFT, subject=f"shift:{unit}:{from_at:%Y%m%dT%H%M}",
        team=team, person=person, agency=(team or by).agency, from_at=from_at, until_at=until_at,
    )  # fmt: skip


def check_may(by: User) -> None:
    """Refuse whoever does no work on Cases, or may not read personal data."""
    if not by.may(Permission.WORK) or not by.may(Permission.REVEAL):
        raise Forbidden(_("Your role does not allow printing lists."))


def _unit(by: User, team: Team | None, person: User | None) -> str:
    if team is not None and person is None and list_teams(by).filter(pk=team.pk).exists():
        return f"team-{team.pk}"
    if person is not None and team is None and list_people(by).filter(pk=person.pk).exists():
        return f"person-{person.pk}"
    raise Refused(_("Choose one team or one person of your own office."), code="resource", field="unit")


def _keep(by: User, contents: Contents, opening: Opening, *, subject: str, **about: Any) -> PrintedList:
    common = {"printed_by": by, "printed_at": clock.now(), "purpose": opening.purpose, **about}
    sheet = _edition(subject, common)
    Row.objects.bulk_create(
        Row(
            sheet=sheet, position=position, case=line.case, assignment=line.assignment,
            task_id=line.assignment.task_id if line.assignment else None,
            stood=line.assignment.status if line.assignment else "",
        )
        for position, line in enumerate(contents.lines, 1)
    )  # fmt: skip
    detail = {
        "kind": sheet.kind,
        "edition": sheet.edition,
        "rows": len(contents.lines),
        "purpose": opening.purpose,
    }
    record(by=by, verb="paper_print", subject=sheet, agency_id=sheet.agency_id, detail=detail)
    return PrintedList(sheet, contents)


def _edition(subject: str, common: dict[str, Any]) -> Sheet:
    """Keep the next edition of a list. Two who print at once: the unique constraint decides who has which."""
    for _try in range(TRIES):
        newest = Sheet.objects.filter(subject=subject).aggregate(newest=Max("edition"))["newest"] or 0
        try:
            with transaction.atomic():
                return Sheet.objects.create(
                    subject=subject, edition=newest + 1, code=secrets.token_hex(8), **common
                )
        except IntegrityError:
            continue
    raise Busy(_("This list is being printed by several people at once. Please try again."))
