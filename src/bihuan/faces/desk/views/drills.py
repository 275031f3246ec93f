"""Channel drills: start one over the duty list, see who answered on which channel, compare with those before."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from bihuan.faces.desk import drillsheet, wording
from bihuan.faces.desk.forms import DeedForm
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.numbers import LARGEST_ID
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.audit.actions import record
from bihuan.spine.cases import drilling
from bihuan.spine.messages.channels.choosing import switched_on
from bihuan.spine.messages.drills.answering import at_desk, words_of
from bihuan.spine.messages.drills.reading import Result, list_people, result_of, results_of
from bihuan.spine.messages.drills.starting import LEAST_MIN, MOST_MIN
from bihuan.spine.messages.models import Called, Drill
from bihuan.spine.resources.queries import rota_agencies

COMPARED = 12


class DrillForm(DeedForm):
    """Whom, on which channels, for how long."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Whose duty list"), required=False)
    channels = forms.MultipleChoiceField(label=_("Channels"), widget=forms.CheckboxSelectMultiple)
    window_min = forms.IntegerField(
        label=_("Window in minutes"), min_value=LEAST_MIN, max_value=MOST_MIN, initial=15
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept, agency, channels = rota_agencies(user), self.fields["agency"], self.fields["channels"]
        is_all = drilling.may_start(user, None)
        agency.queryset, agency.required = kept, not is_all  # type: ignore[attr-defined]
        agency.empty_label = gettext("the whole city") if is_all else None  # type: ignore[attr-defined]
        names = list(dict.fromkeys(way.name for way in switched_on()))
        channels.choices = [(name, wording.way(name)) for name in names]  # type: ignore[attr-defined]
        channels.initial = names
        channels.widget.attrs.pop("class", None)


@staff(*drilling.VIEWERS)
def drills(request: StaffRequest) -> HttpResponseBase:
    """Show the drills there were, and start one."""
    may_start = rota_agencies(request.user).exists()
    form = DrillForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            drill = drilling.start(by=request.user, **form.cleaned_data)
            return redirect("desk:drill", drill.pk)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    results = results_of(drilling.visible_drills(request.user)[: drilling.SHOWN])
    context = {
        "form": form if may_start else None,
        "rows": [_named(result) for result in results],
        "data": drillsheet.figures(results[0], results[:COMPARED]) if results else {},
    }
    return render(request, "desk/drills.html", context, status=422 if form.errors else 200)


def _named(result: Result) -> dict[str, Any]:
    return {
        "result": result,
        "agency": drilling.scope_name(result.drill.scope),
        "median": drillsheet.seconds(result.median_s),
    }


@staff()
def drill(request: StaffRequest, drill_id: int) -> HttpResponseBase:
    """Show a drill: to whoever was called, the button; to whoever may see it, what came of it."""
    number = min(drill_id, LARGEST_ID)
    mine = Called.objects.select_related("drill").filter(drill=number, person=request.user).first()
    found = drilling.visible_drills(request.user).filter(pk=number).first()
    if found is None and mine is None:
        raise Http404
    shown = found or mine.drill  # type: ignore[union-attr]
    context = {"drill": shown, "mine": mine, "now": clock.now(), "said": _said(mine)}
    if found:
        context |= _result(request.user, found)
    return render(request, "desk/_drill.html" if request.htmx else "desk/drill.html", context)


def _said(mine: Called | None) -> str:
    return words_of(mine) if mine and mine.answered_at else ""


def _result(user: User, drill: Drill) -> dict[str, Any]:
    result = result_of(drill)
    before = drilling.visible_drills(user).filter(scope=drill.scope, pk__lte=drill.pk)[:COMPARED]
    past = results_of(before)
    may_name = drilling.may_name(user, drill)
    return {
        **_named(result),
        "lines": [(line, drillsheet.seconds(line.median_s)) for line in result.lines],
        "past": [_named(one) for one in past],
        "people": list_people(drill) if may_name else None,
        "may_stop": may_name and drill.is_open,
        "data": drillsheet.figures(result, past),
    }


@require_POST
@staff(*drilling.VIEWERS)
def drill_stop(request: StaffRequest, drill_id: int) -> HttpResponseBase:
    """Close a drill before its time."""
    found = drilling.access_drill(request.user, drill_id)
    try:
        drilling.stop(drill=found, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("desk:drill", found.pk)


@require_POST
@staff()
def drill_answer(request: StaffRequest, drill_id: int) -> HttpResponseBase:
    """Take the click of whoever was called as their answer."""
    mine = Drill.objects.filter(pk=min(drill_id, LARGEST_ID), called__person=request.user).first()
    called = at_desk(mine, request.user) if mine else None
    if called is None:
        raise Http404
    messages.success(request, words_of(called))
    return redirect("desk:drill", called.drill_id)


@staff(*drilling.VIEWERS)
def drill_sheet(request: StaffRequest, drill_id: int, kind: str) -> HttpResponseBase:
    """Send a drill, or who was called in it, as CSV; that it was taken away is written down."""
    found = drilling.access_drill(request.user, drill_id)
    if kind not in {"channels", "people"} or (
        kind == "people" and not drilling.may_name(request.user, found)
    ):
        raise Http404
    result = result_of(found)
    before = drilling.visible_drills(request.user).filter(scope=found.scope, pk__lte=found.pk)[:COMPARED]
    text = (
        drillsheet.people_csv(result, list_people(found))
        if kind == "people"
        else drillsheet.csv_text(results_of(before))
    )
    record(by=request.user, verb="export", subject=found, detail={"as": "csv", "of": kind})
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="drill-{found.pk}-{kind}.csv"'
    response["Cache-Control"] = "no-store"
    return response
