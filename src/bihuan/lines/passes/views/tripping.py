"""The closed loop on pages: the holder announces, the desk follows and takes down each look."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.lines.passes import holders, queries
from bihuan.lines.passes import trips as deeds
from bihuan.lines.passes.forms import AnnounceForm, StepForm
from bihuan.lines.passes.states import STEPS, Step
from bihuan.lines.passes.views.holding import page_of
from bihuan.spine.accounts.guard import StaffRequest, staff
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import ASKER

VIEWERS = (Permission.PASSES, Permission.PASS_RULES)


@require_POST
def announce(request: HttpRequest, receipt: str) -> HttpResponseBase:
    """Take the announcement of a trip from whoever holds the receipt."""
    found = holders.fetch_proven(request, receipt)
    form = AnnounceForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Say when the vehicle comes."), code="time", field="expected_at")
        deeds.announce(pass_=found, expected_at=form.cleaned_data["expected_at"], by=ASKER)
    except Refused as refused:
        return page_of(request, found, refusal=refused)
    return redirect("passes:receipt", receipt)


@staff(*VIEWERS)
def trips(request: StaffRequest) -> HttpResponse:
    """Show the trips that go on, the overdue first."""
    rows = [(trip, _next_steps(trip.status)) for trip in queries.list_trips(request.user)]
    context = {
        "rows": rows,
        "form": StepForm(),
        "may_step": request.user.may(Permission.PASSES),
        "now": clock.now(),
        "speed": clock.speed(),
    }
    return render(request, "passes/trips.html", context)


def _next_steps(status: str) -> list[Step]:
    return [step for step, (sources, _target) in STEPS.items() if status in sources]


@staff(Permission.PASSES)
@require_POST
def step(request: StaffRequest, trip_id: int, step: str) -> HttpResponseBase:
    """Take down one look at a trip, or that it did not take place."""
    trip = queries.access_trip(request.user, trip_id)
    form = StepForm(request.POST)
    if step == "cancel":
        deeds.cancel(trip=trip, by=request.user)
    elif step not in STEPS:
        raise Http404
    elif not form.is_valid():
        raise Refused(_("How many people are in the vehicle?"), code="crew", field="crew")
    else:
        deeds.take_step(trip=trip, step=step, by=request.user, **form.cleaned_data)
    messages.success(request, _("Taken down."))
    return redirect("passes:trips")
