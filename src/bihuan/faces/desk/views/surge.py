"""The page for a surge: the forecast, and the switches of the services that can wait."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from bihuan.faces.desk import outlooks
from bihuan.faces.desk.forms import DeedForm
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.models import Service, Shedding
from bihuan.spine.cases.surge import shedding, shelf


class ShedForm(DeedForm):
    service = forms.ModelChoiceField(Service.objects.filter(is_active=True), label=_("Service"))
    words_zh = forms.CharField(
        label=_("What the public reads, in Chinese"),
        max_length=shedding.WORDS_LIMIT,
        widget=forms.Textarea({"rows": 2}),
    )
    words_en = forms.CharField(
        label=_("The same in English"),
        max_length=shedding.WORDS_LIMIT,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    until_at = forms.DateTimeField(
        label=_("Until"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Service.objects.filter(is_active=True)
        free = [one.pk for one in known if not shedding.why_not(one)]
        self.fields["service"].queryset = known.filter(pk__in=free)  # type: ignore[attr-defined]


@staff(Permission.SURGE, Permission.STEER, Permission.BOARD)
def surge(request: StaffRequest) -> HttpResponseBase:
    """Show the forecast, what is shed, and what lies on the shelf."""
    return _page(request, ShedForm(auto_id="shed-%s"))


def _page(request: StaffRequest, form: ShedForm, status: int = 200) -> HttpResponseBase:
    known = Service.objects.filter(is_active=True)
    context = {
        "form": form,
        "may_switch": request.user.may(Permission.SURGE),
        "shed": _shed_now(),
        "past": Shedding.objects.filter(ended_at__isnull=False)
        .select_related("service")
        .order_by("-ended_at")[:10],
        "never": [one for one in known if shedding.why_not(one)],
        "seen": outlooks.of_user(request.user),
    }
    return render(request, "desk/surge.html", context, status=status)


def _shed_now() -> list[tuple[Shedding, int]]:
    kept = dict(shelf.on_shelf().order_by().values_list("service_id").annotate(n=Count("id")))
    return [(row, kept.get(number, 0)) for number, row in shedding.live().items()]


@staff(Permission.SURGE)
@require_POST
def shed(request: StaffRequest) -> HttpResponseBase:
    """Stop taking a service for a while."""
    form = ShedForm(request.POST, auto_id="shed-%s")
    if form.is_valid():
        try:
            made = shedding.shed(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            messages.success(request, gettext("%(service)s is not taken now.") % {"service": made.service})
            return redirect("desk:surge")
    return _page(request, form, status=422)


@staff(Permission.SURGE)
@require_POST
def shed_end(request: StaffRequest, shedding_id: int) -> HttpResponseBase:
    """Take a service again."""
    row = Shedding.objects.select_related("service").filter(pk=min(shedding_id, 2**63 - 1)).first()
    if row is None:
        raise Http404
    try:
        shedding.end(shedding=row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, gettext("%(service)s is taken again.") % {"service": row.service})
    return redirect("desk:surge")
