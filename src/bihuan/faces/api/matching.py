"""If-Match: a deed is done only on the state of a Case that its sender has seen, so that two don't overwrite."""

from django.http import HttpRequest
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Case

READING = ("reveal",)


class Changed(Refused):
    """The Case is not any more as its sender saw it."""

    status = 412


def version_of(case_id: int) -> str:
    """Return which state a Case is in: the number of the last Event that changed it."""
    last = Event.objects.filter(case_id=case_id).exclude(verb__in=READING).order_by("-id")
    return f"c{last.values_list('id', flat=True).first() or 0}"


def check_match(request: HttpRequest, case_id: int) -> None:
    """Hold the Case for the rest of the transaction; refuse when it is not one of those in ``If-Match``.

    On PostgreSQL the row is locked; on SQLite the transaction is the only one that writes.
    """
    said = request.headers.get("If-Match")
    if said is None:
        return
    Case.objects.select_for_update().filter(pk=case_id).values_list("pk", flat=True).first()
    known = {tag.strip('"').partition(".")[0] for tag in parse_etags(said)}
    if said.strip() != "*" and version_of(case_id) not in known:
        raise Changed(_("The case has changed since you read it. Read it again."), code="changed")
