"""The supervisor's page: alarms, counts drawn, who is still inside, and the devices."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.lines.passes.checkpoints import closing, counting, enrolling
from bihuan.lines.passes.models import Alarm, Device
from bihuan.spine.accounts.guard import StaffRequest, staff
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.places.models import Site, SiteKind

HEIGHT, STEP = 48, 10


@dataclass(frozen=True)
class Bar:
    """One hour in the picture of a checkpoint's day."""

    x: int
    y: float
    height: float


@staff(Permission.PASS_RULES)
def board(request: StaffRequest) -> HttpResponse:
    """Show what the scans tell, and the devices."""
    now = clock.now()
    flows = counting.list_flows(now)
    most = max((max(flow.hours) for flow in flows), default=0)
    context = {
        "alarms": counting.list_open_alarms(),
        "flows": [(flow, draw(flow.hours, most)) for flow in flows],
        "quiet": [flow.site for flow in flows if not flow.total],
        "inside": counting.list_inside(),
        "devices": counting.list_devices(),
        "sites": Site.objects.filter(kind=SiteKind.CHECKPOINT).order_by("code"),
        "now": now,
    }
    return render(request, "passes/checkpoint/board.html", context)


def draw(hours: list[int], most: int) -> list[Bar]:
    """Return the bars of a day; all checkpoints share one scale, so that they can be compared."""
    heights = [HEIGHT * count / most if most else 0.0 for count in hours]
    return [Bar(STEP * at, round(HEIGHT - high, 1), round(high, 1)) for at, high in enumerate(heights)]


@staff(Permission.PASS_RULES)
@require_POST
def invite(request: StaffRequest) -> HttpResponse:
    """Show the code that enrols a device: once, and never again."""
    site = Site.objects.filter(kind=SiteKind.CHECKPOINT, pk=_number(request.POST.get("site", ""))).first()
    if site is None:
        raise Refused(_("Choose a checkpoint."), code="site", field="site")
    device, token = enrolling.invite(site=site, name=request.POST.get("name", ""), by=request.user)
    address = f"{settings.BIHUAN_SITE_URL}{reverse('checkpoint:page')}#enrol={token}"
    letters = " ".join(token[at : at + 4] for at in range(0, len(token), 4))
    context = {"device": device, "address": address, "letters": letters}
    return render(request, "passes/checkpoint/invite.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@staff(Permission.PASS_RULES)
@require_POST
def block(request: StaffRequest, device_id: int) -> HttpResponseBase:
    device = enrolling.block(device=get_object_or_404(Device, pk=device_id), by=request.user)
    messages.success(request, _("%(name)s is blocked.") % {"name": device.name})
    return redirect("checkpoints:board")


@staff(Permission.PASS_RULES)
@require_POST
def close(request: StaffRequest, alarm_id: int) -> HttpResponseBase:
    closing.close_alarm(alarm=get_object_or_404(Alarm, pk=alarm_id), by=request.user)
    messages.success(request, _("The alarm is closed."))
    return redirect("checkpoints:board")
