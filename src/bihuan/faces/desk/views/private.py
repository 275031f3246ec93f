"""Reading one personal field: asks the purpose first, shows it once, leaves an Event."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from bihuan.faces.desk.askers import Private, private_of
from bihuan.faces.desk.forms import RevealForm
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.numbers import LARGEST_ID
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.reading import reveal as read
from bihuan.spine.door.models import Submission


@staff(Permission.REVEAL)
@never_cache
def reveal(request: StaffRequest, case_id: int, submission_id: int, field: str) -> HttpResponse:
    """Ask the purpose; with one, show the field."""
    case = queries.access_case(request.user, case_id)
    submission = _submission(case, submission_id)
    private = _field(submission, field)
    form = RevealForm(request.POST or None)
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        shown = read(submission=submission, field=field, purpose=purpose, by=request.user)
        return _show(request, "_private", {"case": case, "private": replace(private, shown=shown)})
    return _show(request, "_purpose", {"case": case, "private": private, "form": form})


def _submission(case: Case, submission_id: int) -> Submission:
    number = min(submission_id, LARGEST_ID)
    asker = case.askers.select_related("submission").filter(submission_id=number).first()
    if asker is None:
        raise Http404
    return asker.submission


def _field(submission: Submission, field: str) -> Private:
    for private in private_of(submission):
        if private.field == field:
            return private
    raise Http404


def _show(request: StaffRequest, part: str, context: dict[str, object]) -> HttpResponse:
    template = f"desk/case/{part}.html" if request.htmx else "desk/reveal.html"
    return render(request, template, context | {"may_reveal": True})
