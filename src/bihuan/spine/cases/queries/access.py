"""Who may know of which Case."""

from django.db.models import Q, QuerySet
from django.http import Http404

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import own_agencies
from bihuan.spine.cases.ladder import joint
from bihuan.spine.cases.models import Case

RELATED = ("service", "agency", "officer", "district", "site")
# Long JSON that no list shows: read again for each of a hundred rows it costs more than all the rest.
LONG = (
    "district__outline", "service__questions", "service__keywords", "service__danger_words",
    "service__about_zh", "service__about_en",
)  # fmt: skip


def scope(user: User) -> frozenset[int | None] | None:
    """Return whose Cases this person may see: ids of agencies, None among them for the unsorted ones.

    None instead of a set means every Case.
    """
    if user.may(Permission.VIEW_ALL):
        return None
    ids: set[int | None] = set()
    if user.may(Permission.VIEW_OWN):
        ids.update(own_agencies(user).values_list("id", flat=True))
    if user.may(Permission.TRIAGE):
        ids.add(None)
    return frozenset(ids)


def visible_cases(user: User) -> QuerySet[Case]:
    """Return the Cases that this person may know of."""
    allowed = scope(user)
    if allowed is None:
        return Case.objects.all()
    seen = Q(agency_id__in=[number for number in allowed if number is not None])
    if None in allowed:
        seen |= Q(agency__isnull=True)
    # What nobody owns is decided by the fallback owner's supervisors, who would not see it otherwise.
    decided_here = list(joint.of_person(user).values_list("case_id", flat=True))
    return Case.objects.filter(seen | Q(pk__in=decided_here) if decided_here else seen)


def access_case(user: User, case_id: int) -> Case:
    """Return one Case with what its page needs; 404 when this person may not know that it exists."""
    related = visible_cases(user).select_related(*RELATED, "level__calendar", "level__agreement")
    case = related.defer("district__outline").filter(pk=case_id).first()
    if case is None:
        raise Http404
    return case
