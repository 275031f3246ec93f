"""The ladder as an administrator edits it: at which share of a promise whom to tell."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.ladder.rungs import LARGEST, MOST, list_rungs, set_rungs
from bihuan.spine.cases.models import Whom


class RungForm(forms.Form):
    """One rung; one without a share is left out."""

    percent = forms.IntegerField(
        label=_("Share of the time, in percent"), required=False, min_value=1, max_value=LARGEST
    )
    whom = forms.ChoiceField(label=_("Who is told"), choices=Whom.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # A share that is cleared takes its rung away, whoever stands beside it.
        super().__init__(*args, **kwargs | {"empty_permitted": False, "use_required_attribute": False})
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


RungForms = forms.formset_factory(RungForm, extra=2, max_num=MOST, absolute_max=MOST + 2)


@staff(Permission.RULES)
def ladder(request: StaffRequest) -> HttpResponseBase:
    """Show the rungs and take in others."""
    known = [{"percent": rung.percent, "whom": rung.whom} for rung in list_rungs() if rung.is_active]
    form = RungForms(request.POST if request.method == "POST" else None, initial=known, prefix="rung")
    error = None
    if request.method == "POST" and form.is_valid():
        rungs = [
            (said["percent"], said["whom"]) for said in form.cleaned_data if said.get("percent") is not None
        ]
        try:
            set_rungs(rungs=rungs, by=request.user)
        except Refused as refused:
            error = refused
        else:
            messages.success(request, gettext("The ladder is changed."))
            return redirect("desk:ladder")
    status = 422 if error or form.total_error_count() else 200
    return render(request, "desk/ladder.html", {"forms": form, "error": error}, status=status)
