"""Channel drills over the rota: who may start one, whom it calls, who may see what came of it."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Forbidden
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.messages.drills.closing import stop as close
from bihuan.spine.messages.drills.starting import CITY, OnDuty
from bihuan.spine.messages.drills.starting import start as write
from bihuan.spine.messages.models import Drill
from bihuan.spine.resources.models import Presence
from bihuan.spine.resources.queries import rota_agencies, running

LARGEST_ID = 2**63 - 1
SHOWN = 30
VIEWERS = (Permission.ROTA, Permission.BOARD)


def start(*, by: User, agency: Agency | None, channels: Sequence[str], window_min: int) -> Drill:
    """Start a drill over those who are on duty now for an agency and all below it; without one, for the city."""
    if not may_start(by, agency):
        raise Forbidden(_("Whoever keeps the rota of this agency starts its drills."))
    scope = agency.path if agency else CITY
    return write(by=by, scope=scope, people=on_duty_in(scope), channels=channels, window_min=window_min)


def stop(*, drill: Drill, by: User) -> None:
    """Close a drill before its time; for whoever might have started it."""
    if not may_name(by, drill):
        raise Forbidden(_("Whoever keeps the rota of this agency starts its drills."))
    close(drill=drill, by=by)


def denied() -> str:
    """Say to whom drills are shown."""
    return _("Your role does not include: %(permission)s.") % {"permission": Permission.ROTA.label}


def may_start(user: User, agency: Agency | None) -> bool:
    """Say whether a person keeps the rota there; that of the whole city is an administrator's."""
    if agency is None:
        return user.may(Permission.ROTA) and user.agency is None and user.may(Permission.STAFF)
    return rota_agencies(user).filter(pk=agency.pk).exists()


def on_duty_in(scope: str) -> list[OnDuty]:
    """Return who is on duty now below a path, each once, with the language in which they last read their desk."""
    shifts = list(running(clock.now()).filter(agency__path__startswith=scope))
    spoken = dict(
        Presence.objects.filter(person__in=[one.person_id for one in shifts]).values_list(
            "person_id", "language"
        )
    )
    once = {one.person_id: one for one in shifts}
    return [OnDuty(one.person, one.agency, one.duty, spoken.get(pk, "")) for pk, one in once.items()]


def visible_drills(user: User) -> QuerySet[Drill]:
    """Return the drills of a person's own agency and below; of all, for whoever sees the whole city."""
    if not any(map(user.may, VIEWERS)):
        return Drill.objects.none()
    drills = Drill.objects.select_related("started_by").order_by("-id")
    if user.may(Permission.VIEW_ALL) or (user.agency is None and user.may(Permission.STAFF)):
        return drills
    return drills.filter(scope__startswith=user.agency.path) if user.agency else drills.none()


def access_drill(user: User, number: int) -> Drill:
    """Return one drill; 404 where this person may not know of it."""
    drill = visible_drills(user).filter(pk=min(number, LARGEST_ID)).first()
    if drill is None:
        raise Http404
    return drill


def may_name(user: User, drill: Drill) -> bool:
    """Say whether a person may read who answered: whoever keeps the rota of all who were called."""
    if not user.may(Permission.ROTA):
        return False
    if user.agency is None:
        return user.may(Permission.STAFF)
    return drill.scope.startswith(user.agency.path)


def scope_name(scope: str) -> str:
    """Name the agency of a scope; the whole city for none."""
    code = scope.strip("/").rpartition("/")[2]
    found = Agency.objects.filter(code=code).first() if code else None
    return str(found) if found else code or _("the whole city")
