"""What is to be sorted, in groups: a whole group is given at once."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from bihuan.faces.desk.forms import SortForm
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.numbers import read_numbers
from bihuan.spine.accounts.models import Agency
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Service
from bihuan.spine.cases.queries.access import LONG, RELATED
from bihuan.spine.cases.states import Priority, Status
from bihuan.spine.cases.surge import bulk
from bihuan.spine.cases.surge.grouping import groups_of

MOST = 2000
SHOWN = 40


@staff(Permission.TRIAGE)
def groups(request: StaffRequest) -> HttpResponse:
    """Show the groups, the largest first."""
    waiting = queries.visible_cases(request.user).filter(status=Status.TRIAGE, joint_since__isnull=True)
    cases = waiting.select_related(*RELATED).defer(*LONG).order_by("due_at", "id")[:MOST]
    context = {
        "groups": groups_of(cases)[:SHOWN],
        "services": list(Service.objects.filter(is_active=True).select_related("agency")),
        "agencies": list(Agency.objects.filter(is_active=True)),
        "priorities": Priority.choices,
    }
    return render(request, "desk/groups.html", context)


@staff(Permission.TRIAGE)
@require_POST
def sort_group(request: StaffRequest) -> HttpResponseBase:
    """Decide service, priority and owner of a whole group; each case is judged alone."""
    form, numbers = SortForm(request.POST), read_numbers(request.POST.getlist("case"))
    if not form.is_valid() or not numbers:
        messages.error(request, gettext("Choose a service and an agency."))
        return redirect("desk:triage_groups")
    key = str(uuid4())
    bulk.do_many(bulk.Order("sort", request.user, form.cleaned_data, key=key), numbers)
    return redirect("desk:bulk_result", key)
