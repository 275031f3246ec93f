"""Every channel in and out, and where one's own messages go."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.numbers import LARGEST_ID
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.messages import standing
from bihuan.spine.messages.drills import contacts


@staff(Permission.RULES)
def channels(request: StaffRequest) -> HttpResponseBase:
    """Show how each channel stands."""
    return render(request, "desk/channels.html", {"out": standing.list_out(), "incoming": standing.list_in()})


@require_POST
@staff(Permission.RULES)
def channel_test(request: StaffRequest) -> HttpResponseBase:
    """Send a test to oneself."""
    try:
        standing.send_test(by=request.user, name=request.POST.get("channel", ""))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The test is on its way; how it went shows here within seconds."))
    return redirect("desk:channels")


@require_POST
@staff()
def contact_add(request: StaffRequest) -> HttpResponseBase:
    """Keep where one can be reached."""
    try:
        contacts.add(by=request.user, said=request.POST.get("address", ""))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("desk:me")


@require_POST
@staff()
def contact_remove(request: StaffRequest, contact_id: int) -> HttpResponseBase:
    """Take an address of one's own away."""
    contacts.remove(by=request.user, number=min(contact_id, LARGEST_ID))
    return redirect("desk:me")
