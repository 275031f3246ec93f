"""Many cases at once: which verb, what it asks, and what it came to for each."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from bihuan.faces.desk import manyforms
from bihuan.faces.desk.duty import VIEWERS
from bihuan.faces.desk.forms import DeedForm
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.numbers import read_numbers
from bihuan.kernel.errors import Refused
from bihuan.spine.cases.models import Answered
from bihuan.spine.cases.surge import bulk
from bihuan.spine.cases.words import LABELS


@staff(*VIEWERS)
@require_POST
def ask(request: StaffRequest) -> HttpResponseBase:
    """Ask what the verb needs to know; what needs nothing is done at once."""
    verb, numbers = request.POST.get("verb", ""), read_numbers(request.POST.getlist("case"))
    if verb not in manyforms.FORMS or not numbers:
        messages.error(request, gettext("Mark cases and choose what is to be done."))
        return redirect(_back(request))
    form = manyforms.form_of(verb, request.user)
    key = str(uuid4())
    if not form.fields:
        bulk.do_many(manyforms.order_of(verb, request.user, _filled(verb, request), key), numbers)
        return redirect("desk:bulk_result", key)
    return _page(request, verb, numbers, form, key)


def _filled(verb: str, request: StaffRequest) -> DeedForm:
    form = manyforms.form_of(verb, request.user, request.POST)
    form.full_clean()
    return form


@staff(*VIEWERS)
@require_POST
def act(request: StaffRequest) -> HttpResponseBase:
    """Do it; to the page's script, which sends a part at a time, only how many are done."""
    verb, numbers = request.POST.get("verb", ""), read_numbers(request.POST.getlist("case"))
    if verb not in manyforms.FORMS or not numbers:
        messages.error(request, gettext("Mark cases and choose what is to be done."))
        return redirect(_back(request))
    form, key = _filled(verb, request), request.POST.get("key", "")[: bulk.KEY_LIMIT] or str(uuid4())
    if not form.is_valid():
        return _page(request, verb, numbers, form, key, status=422)
    try:
        answers = bulk.do_many(manyforms.order_of(verb, request.user, form, key), numbers)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _page(request, verb, numbers, form, key, status=422)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"done": len(answers)})
    return redirect("desk:bulk_result", key)


def _page(
    request: StaffRequest,
    verb: str,
    numbers: list[int],
    form: DeedForm,
    key: str,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "verb": verb, "label": LABELS[verb], "numbers": numbers, "form": form, "key": key,
        "back": _back(request),
    }  # fmt: skip
    return render(request, "desk/bulk.html", context, status=status)


def _back(request: StaffRequest) -> str:
    return "desk:triage" if request.POST.get("from") == "triage" else "desk:queue"


@staff(*VIEWERS)
def result(request: StaffRequest, key: str) -> HttpResponse:
    """Show what came of it, the refusals first."""
    answers = bulk.answers_of(request.user, key)
    undone = [one for one in answers if one.outcome != Answered.DONE]
    context = {
        "label": LABELS.get(answers[0].verb, LABELS["assign"]) if answers else "",
        "undone": undone,
        "done": [one for one in answers if one.outcome == Answered.DONE],
    }
    return render(request, "desk/bulk_result.html", context)
