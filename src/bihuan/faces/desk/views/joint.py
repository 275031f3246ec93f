"""The joint check: Cases whose owner is disputed, or who fail, waiting for somebody to decide."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from bihuan.faces.desk import deeds
from bihuan.faces.desk.forms import DeedForm
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.kernel import clock
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Case, JointCheck, Note, NoteKind


@staff(Permission.STEER)
def joint(request: StaffRequest) -> HttpResponse:
    """Show what waits for a decision, the longest first, each with what the offices said."""
    cases = queries.list_joint(request.user)
    context = {
        "rows": [_row(case, check) for case, check in cases],
        "now": clock.now(),
        "speed": clock.speed(),
    }
    return render(request, "desk/joint.html", context)


def _row(case: Case, check: JointCheck | None) -> dict[str, Any]:
    said = (
        Note.objects.filter(case=case, kind=NoteKind.REASON).select_related("author__agency").order_by("id")
    )
    return {"case": case, "check": check, "said": list(said), "form": _form(case)}


def _form(case: Case) -> DeedForm:
    form = deeds.blank("decide", case)
    # Several stand on one page.
    form.auto_id = f"decide-{case.pk}-%s"
    return form
