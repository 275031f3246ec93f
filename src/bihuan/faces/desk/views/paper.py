"""Ask forms: numbers reserved and printed, and what comes back entered, one form after the other."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.paperforms import (
    LANGUAGES,
    SPECIAL,
    URGENCY,
    BuildingForm,
    PaperForm,
    ReserveForm,
    ShiftListForm,
)
from bihuan.faces.desk.views.enter import blame, service_named
from bihuan.faces.parts import qr_square
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.rights import is_visible
from bihuan.spine.cases.states import Priority
from bihuan.spine.paper import entering, numbers, queries
from bihuan.spine.paper.entering import Taken
from bihuan.spine.paper.models import Block, Number, State

PILE = "paper_pile"
SIZES = ("a4", "a5")
SHEETS = 12


@staff(Permission.ENTER, Permission.WORK)
def paper(request: StaffRequest) -> HttpResponse:
    """Show all that can be done on paper."""
    return overview(request)


def overview(request: StaffRequest, status: int = 200, **filled: Any) -> HttpResponse:
    """Show the page of paper with the forms that a role may use; ``filled`` replaces one that was refused."""
    context: dict[str, Any] = {}
    if request.user.may(Permission.ENTER):
        context |= {"reserve_form": ReserveForm(), "blocks": queries.list_blocks(), "pile": _pile(request)}
    if request.user.may(Permission.WORK):
        sheets = queries.visible_sheets(request.user).order_by("-pk")[:SHEETS]
        context |= {
            "building_form": BuildingForm(auto_id="building_%s"), "sheets": sheets,
            "shift_form": ShiftListForm(request.user, auto_id="shift_%s"),
        }  # fmt: skip
    return render(request, "desk/paper.html", context | filled, status=status)


@staff(Permission.ENTER)
@require_POST
def reserve(request: StaffRequest) -> HttpResponseBase:
    """Reserve numbers and show their forms, ready to print."""
    form = ReserveForm(request.POST)
    if form.is_valid():
        block = numbers.reserve(by=request.user, **form.cleaned_data)
        return redirect("desk:paper_forms", block.pk)
    return overview(request, 422, reserve_form=form)


@staff(Permission.ENTER)
def forms(request: StaffRequest, block_id: int) -> HttpResponse:
    """Show the forms of a block that have not come back, made for paper: one on A4, or two of A5."""
    block = queries.access_block(block_id)
    size = request.GET.get("size", "")
    size = size if size in SIZES else "a4"
    language = request.GET.get("language", "")
    language = language if language in dict(LANGUAGES) else translation.get_language() or LANGUAGES[0][0]
    waiting = block.numbers.filter(state=State.PRINTED).order_by("serial")
    context = {
        "batch": block, "size": size, "language": language, "languages": LANGUAGES, "urgency": URGENCY,
        "special": SPECIAL, "asks": [(one, _square(request, one)) for one in waiting],
        "states": block.numbers.order_by("serial"), "lines": range(9 if size == "a4" else 7),
    }  # fmt: skip
    return render(request, "desk/paper_forms.html", context)


def _square(request: HttpRequest, number: Number) -> str:
    return qr_square(request.build_absolute_uri(reverse("portal:paper", args=[number.number])))


@staff(Permission.ENTER)
@require_POST
def void(request: StaffRequest, block_id: int) -> HttpResponse:
    """Make one form void, or all that have not come back."""
    block = queries.access_block(block_id)
    try:
        count = numbers.make_void(by=request.user, block=block, number=request.POST.get("number", "")[:12])
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        said = ngettext("%(count)d form is void now.", "%(count)d forms are void now.", count)
        messages.success(request, said % {"count": count})
    return redirect("desk:paper_forms", block.pk)


@staff(Permission.ENTER)
def enter_next(request: StaffRequest) -> HttpResponseBase:
    """Ask for the next form's number; with one, go to its page or say what is wrong with it."""
    if request.GET.get("pile") == "new":
        request.session.pop(PILE, None)
        return redirect("desk:paper_next")
    typed = request.GET.get("number", "")[:40]
    if not typed:
        return _next(request)
    try:
        number = entering.find(typed)
    except Refused as refused:
        return _next(request, refused, typed=typed)
    return redirect("desk:paper_enter", number.number)


def _next(request: StaffRequest, refused: Refused | None = None, **more: Any) -> HttpResponse:
    context = {"pile": _pile(request), "refused": refused, **more}
    if isinstance(refused, Taken):
        case = queries.case_of(refused.number)
        context["first_case"] = case if case and is_visible(request.user, case) else None
    return render(request, "desk/paper_next.html", context, status=refused.status if refused else 200)


def _pile(request: StaffRequest) -> dict[str, Any]:
    """Return how many forms this sitting has entered, and the last of them."""
    kept: dict[str, Any] = request.session.get(PILE, {"count": 0})
    return kept


@staff(Permission.ENTER)
def enter(request: StaffRequest, printed: str) -> HttpResponseBase:
    """Show one form in the order of the paper; take it in and go on to the next."""
    try:
        number = entering.find(printed[:40])
        entering.check_open(number)
    except Refused as refused:
        return _next(request, refused, typed=printed[:40])
    code = request.POST.get("service") or request.GET.get("service", "")
    form = _form(number.block, request, code)
    if form.is_valid():
        try:
            return _take_in(request, form, number)
        except Taken as taken:
            return _next(request, taken, typed=printed)
        except Refused as refused:
            blame(form, refused)
    context = {"form": form, "number": number, "pile": _pile(request)}
    return render(request, "desk/paper_enter.html", context, status=422 if form.errors else 200)


def _form(block: Block, request: StaffRequest, code: str) -> PaperForm:
    initial = {"language": translation.get_language()}
    return PaperForm(block, request.POST or None, service=service_named(code), initial=initial)


def _take_in(request: StaffRequest, form: PaperForm, number: Number) -> HttpResponseBase:
    asked_at = form.cleaned_data["asked_at"]
    entry = entering.enter(by=request.user, typed=number.number, payload=form.payload, asked_at=asked_at)
    if form.is_grave or entry.emergency:
        _put_first(request, entry.case)
    count = _pile(request)["count"] + 1
    request.session[PILE] = {"count": count, "number": number.number, "case": entry.case.pk}
    return redirect("desk:paper_next")


def _put_first(request: StaffRequest, case: Case) -> None:
    """Make a Case urgent because the paper says that life is in danger, and say so."""
    by: User = request.user
    try:
        if case.priority != Priority.URGENT:
            actions.set_priority(case=case, priority=Priority.URGENT, by=by)
    except Refused as refused:
        messages.error(request, refused.message)
    messages.warning(
        request,
        gettext("The form says that life is in danger. Call 120 now if nobody has; the case is urgent."),
    )
