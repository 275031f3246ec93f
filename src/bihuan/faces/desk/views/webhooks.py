"""Where other systems hear of Cases: the endpoints, and what was sent to each."""

from typing import Any, cast, get_args

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from bihuan.faces.desk.forms import DeedForm
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import unseal
from bihuan.spine.accounts.models import Agency
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.messages.models import Delivery, Endpoint
from bihuan.spine.messages.webhooks import switching
from bihuan.spine.messages.webhooks.kinds import KINDS
from bihuan.spine.messages.webhooks.signing import public_key

SHOWN = 100
WHY_OFF = {
    switching.GONE: _("it answered that it is gone (410)"),
    switching.SILENT: _("it took nothing for days"),
    switching.BY_HAND: _("by hand"),
}


class EndpointForm(DeedForm):
    url = forms.CharField(label=_("Address"), max_length=300, help_text=_("begins with https://"))
    about = forms.CharField(label=_("What it is"), max_length=120, required=False)
    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label=_("Cases of"),
        required=False,
        empty_label=_("every agency"),
    )
    kinds = forms.MultipleChoiceField(
        label=pgettext_lazy("webhook", "Only these kinds"),
        required=False,
        choices=[(kind, kind) for kind in KINDS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("none ticked: all"),
    )


@staff(Permission.RULES)
def webhooks(request: StaffRequest) -> HttpResponseBase:
    """Show the endpoints and make a new one, whose secret is shown this once."""
    form = EndpointForm(request.POST or None)
    if request.POST and form.is_valid():
        said = form.cleaned_data
        try:
            endpoint, secret = switching.add(**{**said, "by": request.user})
            return _page(request, endpoint, secret)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    found = Endpoint.objects.select_related("agency").order_by("-is_active", "id")
    context = {"endpoints": [_shown(one) for one in found], "form": form}
    return render(request, "desk/webhooks.html", context, status=422 if form.errors else 200)


@staff(Permission.RULES)
def webhook(request: StaffRequest, endpoint_id: int) -> HttpResponseBase:
    """Show what was sent to one endpoint."""
    return _page(request, _endpoint(endpoint_id))


@require_POST
@staff(Permission.RULES)
def webhook_do(request: StaffRequest, endpoint_id: int, deed: str) -> HttpResponseBase:
    """Switch an endpoint on or off, change its secret, send a trial, or send again what was given up."""
    endpoint, by = _endpoint(endpoint_id), request.user
    if deed == "secret":
        return _page(request, _endpoint(endpoint_id), switching.change_secret(endpoint=endpoint, by=by))
    if deed not in get_args(switching.Deed):
        raise Http404
    switching.do(cast(switching.Deed, deed), endpoint=endpoint, by=by)
    messages.success(request, gettext("Done."))
    return redirect("desk:webhook", endpoint_id)


@require_POST
@staff(Permission.RULES)
def webhook_resend(request: StaffRequest, endpoint_id: int, delivery_id: int) -> HttpResponseBase:
    """Send one thing once more."""
    delivery = _endpoint(endpoint_id).deliveries.filter(pk=min(delivery_id, 2**63 - 1)).first()
    if delivery is None:
        raise Http404
    switching.resend(delivery=delivery, by=request.user)
    messages.success(request, gettext("It goes out again now."))
    return redirect("desk:webhook", endpoint_id)


def _endpoint(number: int) -> Endpoint:
    endpoint = Endpoint.objects.select_related("agency").filter(pk=min(number, 2**63 - 1)).first()
    if endpoint is None:
        raise Http404
    return endpoint


def _page(request: StaffRequest, endpoint: Endpoint, secret: str = "") -> HttpResponseBase:
    newest = list(Delivery.objects.filter(endpoint=endpoint).order_by("-id")[:SHOWN])
    context = {
        **_shown(endpoint),
        "deliveries": newest,
        "secret": secret,
        "public_key": public_key(unseal(endpoint.secret_sealed)),
    }
    return render(request, "desk/webhook.html", context)


def _shown(endpoint: Endpoint) -> dict[str, Any]:
    return {"endpoint": endpoint, "why_off": WHY_OFF.get(endpoint.off_why, "")}
