"""Calls of the telephone system at the desk: what rings now, the pop-up, the number for a purpose, who sits where."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bihuan.faces.desk.callers import call_of
from bihuan.faces.desk.forms import RevealForm
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.numbers import read_number
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.reading import reveal_call
from bihuan.spine.messages.calls import hearing
from bihuan.spine.messages.calls.reading import list_running


@staff(Permission.ENTER)
def calls(request: StaffRequest) -> HttpResponse:
    """Show what rings now."""
    but = read_number(request.GET.get("but", "")) or 0
    running = list_running(request.user, but=but)
    return render(request, "desk/_calls.html", {"may_take": True, "calls": running, "but": but})


@staff(Permission.ENTER)
@never_cache
def pop(request: StaffRequest) -> HttpResponseBase:
    """Open the form for the call that a softphone names, at an address that holds no number any more."""
    said = request.GET
    names = ("number", "call", "extension")
    number, call_id, extension = (said.get(name, "").replace("\x00", "")[:120] for name in names)
    try:
        call = hearing.pop(by=request.user, caller=number, call_id=call_id, extension=extension)
    except Refused as refused:
        messages.warning(request, refused.message)
        return redirect("desk:enter")
    return redirect(f"{reverse('desk:enter')}?call={call.pk}")


@staff(Permission.ENTER)
@never_cache
def number(request: StaffRequest, call_id: int) -> HttpResponse:
    """Ask the purpose; with one, show the caller's number once."""
    call = call_of(str(call_id))
    form, shown = RevealForm(request.POST or None), ""
    if form.is_valid() and call:
        shown = reveal_call(call=call, purpose=form.cleaned_data["purpose"], by=request.user)
    template = "desk/_call_number.html" if request.htmx else "desk/call_number.html"
    return render(
        request,
        template,
        {"call": call, "form": form, "shown": shown, "may_show": True, "is_asking": not shown},
    )


@staff(Permission.ENTER)
@require_POST
def seat(request: StaffRequest) -> HttpResponseBase:
    """Keep at which extension one sits."""
    try:
        hearing.sit(by=request.user, number=request.POST.get("extension", ""))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Calls at this extension appear at your desk."))
    return redirect("desk:enter")
