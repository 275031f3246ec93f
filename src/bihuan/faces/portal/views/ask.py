"""The ask form, handed in by the same door as everything else."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bihuan.faces.portal import receipts
from bihuan.faces.portal.asking import hand_in, show_refusal
from bihuan.faces.portal.danger import emergency_number, sounds_dangerous
from bihuan.faces.portal.forms import AskForm, photo_megabytes
from bihuan.faces.portal.kept import keep
from bihuan.faces.portal.promises import promised
from bihuan.faces.portal.queries import access_service
from bihuan.kernel.errors import Refused
from bihuan.kernel.http import PROBLEM_TYPE, problem
from bihuan.spine.cases.banners.queries import list_known
from bihuan.spine.cases.registry import registry
from bihuan.spine.cases.surge import shedding


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, service: str) -> HttpResponse:
    """Show the form of a service, and take it in."""
    wanted = access_service(service)
    if request.method != "POST":
        return _page(request, AskForm(wanted))
    form = AskForm(wanted, request.POST, request.FILES)
    if not form.is_valid():
        return _come_back(request, form)
    if request.POST.get("anyway") != "1" and sounds_dangerous(wanted, form.said):
        return _come_back(request, form, is_danger=True)
    return _handed_in(request, form)


def _handed_in(request: HttpRequest, form: AskForm) -> HttpResponse:
    try:
        receipt = hand_in(form)
    except Refused as refused:
        show_refusal(form, refused)
        return _come_back(request, form, status=refused.status)
    receipts.remember(request, receipt)
    if _wants_json(request):
        url = reverse("portal:card", args=[receipt])
        return JsonResponse({"receipt": receipt, "url": url}, status=201)
    return redirect("portal:card", receipt)


def _come_back(
    request: HttpRequest, form: AskForm, *, is_danger: bool = False, status: int = 422
) -> HttpResponse:
    """Give the form back with what is wrong with it, and with everything that was typed."""
    if not _wants_json(request):
        _keep_photo(form)
        return _page(request, form, status=status, danger=is_danger)
    errors = [(field, str(text)) for field, texts in form.errors.items() for text in texts]
    words = _("This sounds like a life in danger") if is_danger else _("Some things are missing")
    body = problem(status, words, code="danger" if is_danger else "form", errors=errors)
    return HttpResponse(body, status=status, content_type=PROBLEM_TYPE)


def _keep_photo(form: AskForm) -> None:
    upload = form.cleaned_data.get("photo")
    if not upload:
        return
    upload.seek(0)
    try:
        form.kept = keep(upload)
    except Refused as refused:
        form.add_error("photo", refused.message)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _page(request: HttpRequest, form: AskForm, *, status: int = 200, danger: bool = False) -> HttpResponse:
    service = form.service
    context: dict[str, Any] = {
        "service": service,
        "known": list_known(service),
        "shed": shedding.of_service(service),
        "form": form,
        "entrance": registry.entrances.get(service.code),
        "danger": danger,
        "promise": promised(service),
        "emergency": emergency_number(service),
        "photo_mb": photo_megabytes(),
        "photo_bytes": photo_megabytes() * 1_000_000,
    }
    return render(request, "portal/ask.html", context, status=status)
