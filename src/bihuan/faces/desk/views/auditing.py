"""For auditors: who read personal data, what happened to a case, the latest seals."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.numbers import read_number
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.models import Event, Seal
from bihuan.spine.cases.story import who_acted

MOST = 100
SEALS = 20
READINGS = Q(verb="reveal") | Q(verb="export")  # as the index has it


@staff(Permission.AUDIT)
def audit(request: StaffRequest) -> HttpResponse:
    """Show readings of personal data and exports, or the events of one case."""
    number = read_number(request.GET.get("case", ""))
    events = Event.objects.select_related("actor").order_by("-id")
    events = events.filter(case_id=number) if number else events.filter(READINGS)
    if before := read_number(request.GET.get("before", "")):
        events = events.filter(id__lt=before)
    rows = list(events[: MOST + 1])
    context = {
        "number": number,
        "rows": [(event, who_acted(event)) for event in rows[:MOST]],
        "before": rows[MOST - 1].pk if len(rows) > MOST else None,
        "seals": Seal.objects.order_by("-id")[:SEALS],
    }
    return render(request, "desk/audit.html", context)
