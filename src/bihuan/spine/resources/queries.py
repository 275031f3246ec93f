"""Reading who can be sent, and who is on duty."""

from datetime import datetime

from django.db.models import QuerySet

from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import own_agencies
from bihuan.spine.resources.models import Duty, Shift, Team


def list_teams(user: User) -> QuerySet[Team]:
    """List the teams that this person may send: those of one's own agency and of those below it."""
    return Team.objects.filter(is_active=True, agency__in=own_agencies(user)).select_related("agency")


def list_people(user: User) -> QuerySet[User]:
    """List the people that this person may send."""
    return User.objects.filter(is_active=True, agency__in=own_agencies(user)).order_by(
        "display_name", "username"
    )


def running(at: datetime) -> QuerySet[Shift]:
    """Return the shifts that run at an instant, of people whose account is open."""
    shifts = Shift.objects.filter(from_at__lte=at, until_at__gt=at, person__is_active=True)
    return shifts.select_related("agency", "person__agency", "person__role").order_by("person_id", "id")


def on_duty(agency: Agency, duty: Duty, at: datetime) -> list[User]:
    """Return who is on a duty for an agency at an instant, by number; of the nearest one above where it has nobody.

    Never somebody off duty or with a closed account; empty when nobody is on that duty up to the top.
    """
    found = list(running(at).filter(duty=duty, agency__code__in=codes_up(agency)))
    nearest = max((len(shift.agency.path) for shift in found), default=0)
    people = {shift.person_id: shift.person for shift in found if len(shift.agency.path) == nearest}
    return list(people.values())


def is_on_duty(person: User, at: datetime) -> bool:
    """Say whether a person is on any duty at an instant."""
    return running(at).filter(person=person).exists()


def codes_up(agency: Agency) -> list[str]:
    """Return the codes of an agency and of all above it."""
    return agency.path.strip("/").split("/")


def rota_agencies(user: User) -> QuerySet[Agency]:
    """Return the agencies whose rota this person keeps: the own one and below; an administrator without one, all."""
    if not user.may(Permission.ROTA):
        return Agency.objects.none()
    if user.agency is None and user.may(Permission.STAFF):
        return Agency.objects.filter(is_active=True)
    return own_agencies(user).filter(is_active=True)


def people_for(agency: Agency) -> QuerySet[User]:
    """Return whose shifts an agency can have: staff of it and of those above it, who may see its Cases."""
    staff = User.objects.filter(is_active=True, agency__code__in=codes_up(agency)).select_related("agency")
    return staff.order_by("-agency__path", "display_name", "username")
