"""One Case on one screen, and everything that can be done to it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from bihuan.faces.desk import casepage, deeds
from bihuan.faces.desk.duty import VIEWERS
from bihuan.faces.desk.forms import DeedForm
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.numbers import read_number
from bihuan.faces.desk.views.queue import row
from bihuan.kernel.errors import Refused
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status


@staff(*VIEWERS)
def case(request: StaffRequest, case_id: int) -> HttpResponse:
    """Show a Case; to htmx only what can change."""
    after = read_number(request.GET.get("after", "")) or 0
    return _page(request, queries.access_case(request.user, case_id), after=after)


@staff(*VIEWERS)
@require_POST
def act(request: StaffRequest, case_id: int, verb: str) -> HttpResponseBase:
    """Do one thing to a Case; whoever came second sees who was first and the Case as it is now."""
    if verb not in deeds.DEEDS:
        raise Http404
    found = queries.access_case(request.user, case_id)
    form = deeds.bound(verb, request.POST, request.FILES, found)
    if not form.is_valid():
        return _page(request, found, bound=(verb, form), status=422)
    # The status that the officer looked at: the action then knows a lost race from a rule.
    if request.POST.get("seen") in Status.values:
        found.status = request.POST["seen"]
    try:
        deeds.DEEDS[verb].do(found, request.user, form.cleaned_data)
    except Refused as refused:
        return _refused(request, case_id, verb, form, refused)
    return _done(request, case_id, verb)


def _refused(
    request: StaffRequest, case_id: int, verb: str, form: DeedForm, refused: Refused
) -> HttpResponse:
    found = queries.access_case(request.user, case_id)
    if _is_from_list(request):
        return _row(request, found, refused)
    if refused.field in form.fields:
        form.add_error(refused.field, refused.message)
    return _page(
        request, found, bound=(verb, form), error=refused, status=409 if refused.status == 409 else 422
    )


def _done(request: StaffRequest, case_id: int, verb: str) -> HttpResponseBase:
    try:
        found = queries.access_case(request.user, case_id)
    except Http404:
        # Handed to another office: this officer may not see it any more.
        messages.success(request, deeds.done_words(verb, case_id))
        return HttpResponseClientRedirect("/desk/") if request.htmx else redirect("desk:queue")
    if request.htmx:
        return _row(request, found) if _is_from_list(request) else _page(request, found)
    messages.success(request, deeds.done_words(verb, case_id))
    return redirect(_next(request, case_id))


def _next(request: StaffRequest, case_id: int) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    # A word without a slash would be taken for the name of a page.
    if is_ours and wanted.startswith("/"):
        return wanted
    return reverse("desk:case", args=[case_id])


def _is_from_list(request: StaffRequest) -> bool:
    return bool(request.htmx) and "row" in request.GET


def _row(request: StaffRequest, found: Case, refused: Refused | None = None) -> HttpResponse:
    return row(request, request.user, found, notice=refused)


def _page(
    request: StaffRequest,
    found: Case,
    *,
    bound: tuple[str, DeedForm] | None = None,
    error: Refused | None = None,
    status: int = 200,
    after: int = 0,
) -> HttpResponse:
    template = "desk/case/_case.html" if request.htmx else "desk/case.html"
    return render(
        request,
        template,
        casepage.context(found, request.user, bound=bound, error=error, after=after),
        status=status,
    )
