"""The desk for passes: the queue, one application, the verbs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.lines.passes import forms, holding, outlook, queries, reading, reviewing
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.moves import is_in_hand
from bihuan.lines.passes.queries import After
from bihuan.lines.passes.states import MOVES, NUMBERED, REVIEWED, Status
from bihuan.lines.passes.views.holding import as_file
from bihuan.spine.accounts.guard import StaffRequest, staff
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission

P = Permission
VIEWERS = (P.PASSES, P.PASS_RULES)
ONE_HAND = 20
TOLD = 8


# --- The queue -----------------------------------------------------------------------------------------------


@staff(*VIEWERS)
def queue(request: StaffRequest) -> HttpResponse:
    """Show what waits, page by page: the express lane first, then what is due first."""
    tab = request.GET.get("tab", "review")
    page = _rows(request.user, tab, After.parse(request.GET.get("after", "")))
    context = {
        "tab": tab,
        "rows": page.rows,
        "following": page.following,
        "counts": queries.count_queue(request.user),
        "most": queries.COUNTED_TO,
        "outlook": outlook.lines_for(request.user)[:3],
        "now": clock.now(),
        "speed": clock.speed(),
        "may_review": request.user.may(P.PASSES),
    }
    template = "passes/_rows.html" if request.htmx and "after" in request.GET else "passes/queue.html"
    return render(request, template, context)


def _rows(user: User, tab: str, after: After | None) -> queries.Page:
    if tab == "asked":
        return queries.Page(queries.list_asked(user))
    if tab == "valid":
        return queries.Page(queries.list_valid(user))
    if tab == "mine":
        return queries.Page(queries.list_dealt(user))
    return queries.list_queue(user, queries.TABS.get(tab, Status.APPLIED), after=after)


@staff(P.PASSES)
@require_POST
def take(request: StaffRequest) -> HttpResponseBase:
    """Take the next of the queue to oneself."""
    free = queries.list_queue(request.user, is_free=True, limit=ONE_HAND).rows
    reviewing.deal(pass_ids=[one.pk for one in free], by=request.user)
    return redirect(f"{_queue_url()}?tab=mine")


def _queue_url() -> str:
    return reverse("passes:queue")


@staff(P.PASSES)
@require_POST
def approve_many(request: StaffRequest) -> HttpResponseBase:
    """Approve all that are marked; say how many were, and why the others were not."""
    numbers = [int(text) for text in request.POST.getlist("pass") if text.isascii() and text.isdigit()]
    done = reviewing.approve_many(pass_ids=[n for n in numbers if n <= queries.LARGEST_ID], by=request.user)
    _tell(request, done)
    tab = request.POST.get("tab", "")
    return redirect(f"{_queue_url()}?tab={tab}" if tab in queries.TABS or tab == "mine" else _queue_url())


def _tell(request: StaffRequest, done: list[reviewing.Decided]) -> None:
    approved = sum(one.pass_ is not None for one in done)
    words = ngettext("%(count)d approved.", "%(count)d approved.", approved) % {"count": approved}
    messages.success(request, words)
    for one in [one for one in done if one.pass_ is None][:TOLD]:
        messages.warning(request, _("No. %(number)d: %(why)s") % {"number": one.pass_id, "why": one.problem})


@staff(*VIEWERS)
def search(request: StaffRequest) -> HttpResponse:
    """Find by number, receipt or plate."""
    typed = request.GET.get("q", "").replace("\x00", "")[:40]
    rows = queries.find(request.user, typed) if typed else []
    return render(request, "passes/search.html", {"typed": typed, "rows": rows, "now": clock.now()})


# --- One -----------------------------------------------------------------------------------------------------


@staff(*VIEWERS)
def one(request: StaffRequest, pass_id: int) -> HttpResponse:
    """Show one application or pass."""
    return _page(request, queries.access_pass(request.user, pass_id))


def _page(
    request: StaffRequest, found: Pass, form: Any = None, verb: str = "", shown: dict[str, str] | None = None
) -> HttpResponse:
    verbs = _verbs(request.user, found)
    blank = {
        name: FORMS[name](initial=_initial(name, found), auto_id=f"{name}_%s")
        for name in verbs
        if name in FORMS
    }
    context = {
        "pass": found,
        "fields": _fields(found, shown or {}),
        "may_reveal": request.user.may(P.REVEAL) and is_in_hand(request.user, found),
        "verbs": verbs,
        "deeds": [_deed(name, each) for name, each in (blank | ({verb: form} if form else {})).items()],
        "verb": verb,
        "others": queries.list_others(found),
        "remarks": list(found.remarks.select_related("by").order_by("at", "pk")),
        "trips": list(found.trips.order_by("-noticed_at")[:5]),
        "has_paper": found.status in NUMBERED,
        "now": clock.now(),
        "speed": clock.speed(),
    }
    return render(request, "passes/one.html", context, status=422 if form else 200)


def _deed(verb: str, form: Any) -> dict[str, Any]:
    return {"verb": verb, "form": form, "label": LABELS[verb], "is_grave": verb in ("decline", "revoke")}


def _fields(found: Pass, shown: dict[str, str]) -> list[reading.Field]:
    return [
        reading.Field(one.name, one.label, one.masked, shown.get(one.name, ""))
        for one in reading.fields_of(found)
    ]


def _initial(verb: str, found: Pass) -> dict[str, Any]:
    return {"plate": found.plate, "plate_colour": found.plate_colour} if verb == "replace" else {}


FORMS: dict[str, Any] = {
    "ask": forms.AskForm,
    "decline": forms.ReasonForm,
    "suspend": forms.ReasonForm,
    "revoke": forms.ReasonForm,
    "extend": forms.ExtendForm,
    "replace": forms.ReplaceForm,
}
LABELS = {
    "ask": gettext_lazy("Ask the applicant"),
    "decline": gettext_lazy("Do not grant"),
    "suspend": gettext_lazy("Suspend"),
    "revoke": gettext_lazy("Revoke"),
    "extend": gettext_lazy("Extend"),
    "replace": gettext_lazy("Replace"),
}
DEEDS: dict[str, Any] = {
    "approve": reviewing.approve,
    "ask": reviewing.ask,
    "decline": reviewing.decline,
    "suspend": holding.suspend,
    "restore": holding.restore,
    "revoke": holding.revoke,
    "extend": holding.extend,
    "replace": holding.replace,
}


def _verbs(user: User, found: Pass) -> list[str]:
    """Return what this person may do with it as it stands."""
    if not is_in_hand(user, found):
        return []
    return [verb for verb in DEEDS if _may(user, found, verb)]


def _may(user: User, found: Pass, verb: str) -> bool:
    move = MOVES["issue" if verb == "approve" else verb]
    if verb == "approve" and found.status == Status.SECOND and found.first_by_id == user.pk:
        return False
    return found.status in move.sources and move.permission is not None and user.may(move.permission)


@staff(*VIEWERS)
@require_POST
def act(request: StaffRequest, pass_id: int, verb: str) -> HttpResponseBase:
    """Do one verb to one pass."""
    found = queries.access_pass(request.user, pass_id)
    if verb not in DEEDS:
        raise Http404
    form = FORMS[verb](request.POST, auto_id=f"{verb}_%s") if verb in FORMS else None
    if form is not None and not form.is_valid():
        return _page(request, found, form, verb)
    said = form.cleaned_data if form is not None else {}
    try:
        now = DEEDS[verb](pass_=found, by=request.user, **said)
    except Refused as refused:
        if form is None or refused.status != 422:
            raise
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _page(request, found, form, verb)
    messages.success(
        request, _("No. %(number)d: %(status)s.") % {"number": now.pk, "status": now.get_status_display()}
    )
    if found.status in REVIEWED and "next" in request.POST:
        return redirect(_queue_url())
    return redirect("passes:one", now.pk)


@staff(P.REVEAL)
def reveal(request: StaffRequest, pass_id: int, field: str) -> HttpResponse:
    """Ask the purpose; with one, show the field."""
    found = queries.access_pass(request.user, pass_id)
    form = forms.RevealForm(request.POST or None)
    if form.is_valid():
        text = reading.reveal(pass_=found, field=field, by=request.user, **form.cleaned_data)
        return _page(request, found, shown={field: text})
    label = reading.FIELDS.get(field, field)
    return render(
        request, "passes/reveal.html", {"pass": found, "form": form, "field": field, "label": label}
    )


@staff(*VIEWERS)
def print_it(request: StaffRequest, pass_id: int) -> HttpResponse:
    """Give the pass as a file for paper, with the crew's names as its holder has them."""
    found = queries.access_pass(request.user, pass_id)
    if found.status not in NUMBERED or not is_in_hand(request.user, found):
        raise Http404
    return as_file(found)
