"""The triage queue: what no rule caught, and what an agency sent back with a reason."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from bihuan.faces.desk.forms import OwnerForm, SortForm
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.hints import hinted
from bihuan.faces.desk.numbers import read_numbers
from bihuan.faces.desk.wording import number
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import actions, queries
from bihuan.spine.cases.learning import hinting
from bihuan.spine.cases.models import Case, Note, NoteKind, Service
from bihuan.spine.cases.queries import Cursor, QueueFilter
from bihuan.spine.cases.states import UNSORTED, Priority, Status

PAGE = 50


@staff(Permission.TRIAGE)
def triage(request: StaffRequest) -> HttpResponse:
    """Show what is to be sorted: returned ones first, they have waited twice."""
    return render(request, "desk/triage.html", _context(request))


def _context(request: StaffRequest) -> dict[str, Any]:
    after = Cursor.parse(request.GET.get("after", ""))
    returned = queries.list_queue(request.user, QueueFilter(status=Status.RETURNED), None, PAGE)
    unsorted = queries.list_queue(request.user, QueueFilter(status=Status.TRIAGE), after, PAGE)
    return {
        "returned": returned.cases,
        "unsorted": unsorted.cases,
        "more": unsorted.next,
        "reasons": _reasons(returned.cases),
        "hints": hinted([*returned.cases, *unsorted.cases]),
        **_choices(),
        "now": clock.now(),
        "speed": clock.speed(),
    }


def _choices() -> dict[str, Any]:
    return {
        "services": list(Service.objects.filter(is_active=True).select_related("agency")),
        "agencies": list(Agency.objects.filter(is_active=True)),
        "priorities": Priority.choices,
    }


def _reasons(cases: list[Case]) -> dict[int, str]:
    """Return the latest reason of each returned case."""
    notes = Note.objects.filter(case__in=cases, kind=NoteKind.REASON, verb="return_to_triage")
    return dict(notes.order_by("id").values_list("case_id", "text"))


@staff(Permission.TRIAGE)
@require_POST
def sort(request: StaffRequest, case_id: int) -> HttpResponseBase:
    """Decide service, priority and owner of one case."""
    case = queries.access_case(request.user, case_id)
    form = SortForm(request.POST)
    if not form.is_valid():
        raise Refused(gettext("Choose a service and an agency."), field="agency")
    said = form.cleaned_data
    suggested = _taken(case, said) if "taken" in request.POST else None
    decide(case, said["service"], said["priority"], said["agency"], request.user, suggested)
    words = gettext("%(number)s is with %(agency)s now.") % {
        "number": number(case_id),
        "agency": said["agency"],
    }
    if request.htmx:
        return render(request, "desk/_sorted.html", {"case": case, "words": words})
    messages.success(request, words)
    return redirect("desk:triage")


def _taken(case: Case, said: dict[str, Any]) -> int:
    """Return the training whose suggestion was taken; refuses one that has changed since the page was shown."""
    number = hinting.taken(case, said["service"], said["agency"])
    if number is None:
        raise Refused(gettext("The suggestion has changed. Look again."), code="suggestion")
    return number


@transaction.atomic
def decide(
    case: Case, service: Service, priority: str, agency: Agency, by: Any, suggested: int | None = None
) -> Case:
    """Write what differs from what stands there, then hand the case over; all or nothing."""
    if case.service_id != service.pk:
        case = actions.reclassify(case=case, service=service, by=by, suggested=suggested)
    if case.priority != priority:
        case = actions.set_priority(case=case, priority=priority, by=by)
    return actions.assign(case=case, agency=agency, by=by, suggested=suggested)


@staff(Permission.TRIAGE)
@require_POST
def assign_many(request: StaffRequest) -> HttpResponseBase:
    """Hand the marked cases to one agency; those that can't be are named, the others go."""
    form = OwnerForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Mark cases and choose an agency."))
        return redirect("desk:triage")
    agency, numbers = form.cleaned_data["agency"], form.cleaned_data["case"]
    refused = [words for case_id in numbers if (words := _assign(request, case_id, agency))]
    done = len(numbers) - len(refused)
    if done:
        words = ngettext("%(n)d case is with %(agency)s now.", "%(n)d cases are with %(agency)s now.", done)
        messages.success(request, words % {"n": done, "agency": agency})
    for words in refused:
        messages.error(request, words)
    return redirect("desk:triage")


def _assign(request: StaffRequest, case_id: int, agency: Agency) -> str:
    """Assign one case; return why it could not be done, or nothing."""
    try:
        actions.assign(case=queries.access_case(request.user, case_id), agency=agency, by=request.user)
    except Refused as refused:
        return f"{number(case_id)}: {refused.message}"
    return ""


@staff(Permission.TRIAGE)
def twins(request: StaffRequest, case_id: int) -> HttpResponse:
    """Show what may be the same, to be merged from the list."""
    case = queries.access_case(request.user, case_id)
    twins = queries.list_twins(case, request.user)
    return render(request, "desk/_twins.html", {"case": case, "twins": twins})


@staff(Permission.TRIAGE)
def fresh(request: StaffRequest) -> JsonResponse:
    """Count which of the named cases wait to be sorted: what the page asks when something changed."""
    numbers = read_numbers(request.GET.get("cases", "").split(","))
    waiting = queries.visible_cases(request.user).filter(pk__in=numbers, status__in=UNSORTED)
    return JsonResponse({"count": waiting.count()})
