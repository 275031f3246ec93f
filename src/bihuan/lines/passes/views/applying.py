"""Applying at the portal, or at the desk for somebody who telephones."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.lines.passes import applying, holders
from bihuan.lines.passes.forms import FIELD_OF, ApplyForm
from bihuan.lines.passes.kinds import Channel
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.models.rules import PROMISE_MIN
from bihuan.lines.passes.queries import list_desks
from bihuan.spine.accounts.guard import StaffRequest, staff
from bihuan.spine.accounts.permissions import Permission


def apply(request: HttpRequest) -> HttpResponseBase:
    """Take an application from whoever comes; answer with the receipt."""
    form = ApplyForm(request.POST or None)
    made = _take(form, by=None)
    if made:
        holders.remember(request, made.receipt)
        return redirect("passes:receipt", made.receipt)
    return _page(request, form, "passes/apply.html")


@staff(Permission.PASSES, Permission.ENTER)
def enter(request: StaffRequest) -> HttpResponseBase:
    """Take an application for somebody at the window or on the telephone."""
    form = ApplyForm(request.POST or None)
    made = _take(form, by=request.user)
    if made:
        return render(request, "passes/entered.html", {"made": made})
    return _page(request, form, "passes/enter.html")


def _take(form: ApplyForm, by: Any) -> Pass | None:
    if not form.is_valid():
        return None
    channel = Channel.DESK if by else Channel.PORTAL
    try:
        return applying.apply(
            draft=form.draft(), client_id=form.cleaned_data["client_id"], by=by, channel=channel,
            language=get_language() or "",
        )  # fmt: skip
    except Refused as refused:
        field = FIELD_OF.get(refused.field, refused.field)
        form.add_error(field if field in form.fields else None, refused.message)
        return None


def _page(request: HttpRequest, form: ApplyForm, template: str) -> HttpResponse:
    context = {"form": form, "promise_min": _shortest()}
    return render(request, template, context, status=422 if form.errors else 200)


def _shortest() -> int:
    return min((desk.promise_min for desk in list_desks()), default=PROMISE_MIN)


def find(request: HttpRequest) -> HttpResponseBase:
    """Go to what a receipt stands for, or say what is wrong with it."""
    typed = request.GET.get("receipt", "")[:40]
    wrong = ""
    if typed:
        try:
            return redirect("passes:receipt", holders.check_typed(request, typed))
        except Refused as refused:
            wrong = refused.message
    context = {"typed": typed, "wrong": wrong, "title": _("How does my application stand?")}
    return render(request, "passes/find.html", context, status=422 if wrong else 200)
