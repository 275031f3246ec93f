"""The operator's form for telephone calls."""

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bihuan.faces.desk import telephone
from bihuan.faces.desk.callers import Caller, call_of, caller_of, spoken
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import normal_phone
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import actions, queries
from bihuan.spine.cases.banners.queries import list_known
from bihuan.spine.cases.learning.suggesting import suggest
from bihuan.spine.cases.models import Case, Service
from bihuan.spine.cases.questions import PREFIX
from bihuan.spine.cases.rights import is_visible
from bihuan.spine.cases.surge import shedding
from bihuan.spine.door.faults import Unfit
from bihuan.spine.messages.calls import hearing, taking
from bihuan.spine.places.queries import find_sites

KEPT = "entered"
_FIELDS = {"place": "site", "lon": "site", "lat": "site"}


@staff(Permission.ENTER)
@never_cache
def enter(request: StaffRequest) -> HttpResponseBase:
    """Show the form; take it in and read out the receipt."""
    code = request.POST.get("service") or request.GET.get("service", "")
    call = call_of(request.POST.get("call") or request.GET.get("call", ""))
    caller = caller_of(call, request.user) if call else None
    begin = caller.initial if caller else {}
    if request.GET.get("more") == "1":
        begin.pop("client_id", None)
    form = telephone.EnterForm(service_named(code), request.POST or None, begin=begin)
    if form.is_valid():
        try:
            return _entered(request, form, caller)
        except Refused as refused:
            blame(form, refused)
    elif caller and not form.is_bound:
        taking.opened(call=caller.call, by=request.user, known=caller.codes)
    status = 422 if form.errors else 200
    return render(request, "desk/enter.html", _context(form, request.user, caller), status=status)


def _entered(request: StaffRequest, form: telephone.EnterForm, caller: Caller | None) -> HttpResponseBase:
    """Take the ask in, and say of which call it is."""
    payload = spoken(form, caller) if caller else form.payload
    receipt, case = actions.enter(by=request.user, payload=payload, suggested=_taken(request))
    if caller:
        text = str(payload["text"])
        taking.settle(call=caller.call, receipt=receipt, text=text, case_id=case.pk, by=request.user)
    # In the session, not in the address: a receipt is half of what opens an asker's story.
    request.session[KEPT] = {"receipt": receipt, "case": case.pk}
    return redirect("desk:entered")


def service_named(code: str) -> Service | None:
    return Service.objects.filter(code=code.replace("\x00", "")[:40], is_active=True).first()


def _taken(request: StaffRequest) -> int | None:
    """Return the training whose first suggestion was taken for the service, if it was."""
    taken = request.POST.get("taken", "")
    if not taken or taken != request.POST.get("service"):
        return None
    likely = suggest(request.POST.get("text", "")[:2000])
    return likely.learnt[0] if likely.services and likely.services[0].code == taken else None


def blame(form: forms.Form, refused: Refused) -> None:
    """Put what the door objects to beside the fields that it names."""
    faults = refused.faults if isinstance(refused, Unfit) else ()
    wrong = [(fault.field, str(fault)) for fault in faults] or [(refused.field, refused.message)]
    for name, words in wrong:
        field = _FIELDS.get(name, name.replace("answers.", PREFIX))
        form.add_error(field if field in form.fields else None, words)


def _context(form: telephone.EnterForm, user: User, caller: Caller | None) -> dict[str, Any]:
    service = service_named(str(form["service"].value() or ""))
    about = (
        {"caller": caller, "call": caller.call, "known": caller.cases, "may_show": caller.may_show}
        if caller
        else {}
    )
    return {
        **about,
        "phone": caller.call.masked if caller else "",
        "taken": taking.taken_words(caller.call.receipt) if caller and caller.call.receipt else "",
        "extension": hearing.extension_of(user),
        "now": clock.now(),
        "form": form,
        "services": Service.objects.filter(is_active=True),
        "shed": shedding.of_service(service) if service else None,
        "chosen": form["service"].value(),
        "danger": telephone.danger_words(),
    }


@staff(Permission.ENTER)
@never_cache
def entered(request: StaffRequest) -> HttpResponseBase:
    """Show the receipt to read aloud."""
    kept = request.session.get(KEPT)
    if not kept:
        return redirect("desk:enter")
    case = queries.access_case(request.user, kept["case"])
    return render(request, "desk/entered.html", {"receipt_number": kept["receipt"], "case": case})


@staff(Permission.ENTER)
def questions(request: StaffRequest) -> HttpResponse:
    """Show the questions of the service that was chosen."""
    service = service_named(request.GET.get("service", ""))
    shed = shedding.of_service(service) if service else None
    return render(request, "desk/_questions.html", {"form": telephone.EnterForm(service), "shed": shed})


@staff(Permission.ENTER)
@require_POST
@never_cache
def caller(request: StaffRequest) -> HttpResponse:
    """Show the open cases of the number typed so far; sent in the body, so that no log keeps it."""
    try:
        phone = normal_phone(request.POST.get("phone", "")[:24])
    except Refused:
        return render(request, "desk/_caller.html", {})
    return render(
        request,
        "desk/_caller.html",
        {"known": _open_cases(request.user, phone), "phone": phone, "now": clock.now()},
    )


def _open_cases(user: User, phone: str) -> list[Case]:
    return [case for case in queries.twins_of_phone(phone) if is_visible(user, case)]


@staff(Permission.ENTER)
def known(request: StaffRequest) -> HttpResponse:
    """Show what is announced about the service at the place typed so far."""
    service = service_named(request.GET.get("service", ""))
    spot = telephone.spot_of(request.GET.get("site", "")[:120])
    context = {"known": list_known(service, spot) if service else [], "is_here": spot is not None}
    context["is_other"] = request.GET.get("something_else") == "1"
    return render(request, "desk/_known.html", context)


@staff(Permission.ENTER)
@require_POST
@never_cache
def suggestion(request: StaffRequest) -> HttpResponse:
    """Suggest a service for what is typed so far; sent in the body, so that no log keeps it."""
    likely = suggest(request.POST.get("text", "")[:2000])
    codes = [one.code for one in likely.services]
    services = Service.objects.in_bulk(codes, field_name="code")
    offered = [(services[one.code], one) for one in likely.services if one.code in services]
    return render(request, "desk/_suggestion.html", {"offered": offered})


@staff(Permission.ENTER, Permission.WORK)
def sites(request: StaffRequest) -> HttpResponse:
    """Show which places fit what is typed."""
    return render(request, "desk/_sites.html", {"sites": find_sites(request.GET.get("site", "")[:60])})
