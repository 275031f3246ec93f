"""The rota: who is on duty for an agency, a week at a time."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from bihuan.faces.desk.forms import DeedForm
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.rotaforms import RepeatForm, RotaFileForm, ShiftForm
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.resources import actions, queries
from bihuan.spine.resources.importing import Unreadable, import_shifts
from bihuan.spine.resources.models import Duty, Shift
from bihuan.spine.resources.rota import DAYS, monday_of, week_of

WEEK = timedelta(days=DAYS)
Forms = dict[str, DeedForm]


@staff(Permission.ROTA)
def rota(request: StaffRequest) -> HttpResponse:
    """Show a week of an agency's rota, and who is on duty now."""
    return _page(
        request, _agency(request, request.GET.get("agency", "")), _monday(request.GET.get("week", ""))
    )


def _agency(request: StaffRequest, code: str) -> Agency:
    """Return the named agency of those whose rota this person keeps, or the first of them."""
    kept = queries.rota_agencies(request.user)
    found = kept.filter(code=code).first() if code else kept.first()
    if found is None:
        raise Http404
    return found


def _monday(text: str) -> date:
    try:
        said = date.fromisoformat(text)
    except ValueError:
        said = _today()
    return monday_of(said)


def _today() -> date:
    return timezone.localtime(clock.now()).date()


def _page(
    request: StaffRequest,
    agency: Agency,
    monday: date,
    forms: Forms | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    days = week_of(agency, monday)
    context = {
        "agency": agency,
        "agencies": list(queries.rota_agencies(request.user)),
        "monday": monday,
        "before": _address(agency, monday - WEEK),
        "after": _address(agency, monday + WEEK),
        "days": days,
        "gap_count": sum(len(line.gaps) for day in days for line in day.lines),
        "today": _today(),
        "now": clock.now(),
        "on_now": [_on_now(agency, duty) for duty in Duty],
        **_forms(agency, monday, forms or {}),
        "opened": next(iter(forms), "") if forms else "",
        **more,
    }
    return render(request, "desk/rota.html", context, status=status)


def _forms(agency: Agency, monday: date, bound: Forms) -> Forms:
    start = max(monday, _today()) if monday <= _today() < monday + WEEK else monday
    blank: Forms = {
        "shift_form": ShiftForm(
            agency, auto_id="shift-%s", initial={"on": start, "since": "08:00", "until": "16:00"}
        ),
        "repeat_form": RepeatForm(agency, auto_id="repeat-%s", initial={"first_on": start}),
        "file_form": RotaFileForm(auto_id="file-%s"),
    }
    return blank | bound


def _on_now(agency: Agency, duty: Duty) -> dict[str, Any]:
    people = queries.on_duty(agency, duty, clock.now())
    own = set(queries.running(clock.now()).filter(agency=agency, duty=duty).values_list("person", flat=True))
    return {"duty": duty, "people": people, "is_own": any(one.pk in own for one in people)}


def _address(agency: Agency, monday: date) -> str:
    return f"{reverse('desk:rota')}?{urlencode({'agency': agency.code, 'week': monday.isoformat()})}"


def _named(request: StaffRequest) -> tuple[Agency, date]:
    return _agency(request, request.POST.get("agency", "")), _monday(request.POST.get("week", ""))


def _try(
    request: StaffRequest, name: str, form: DeedForm, act: Callable[[], list[Shift]]
) -> HttpResponseBase:
    """Do what a valid form asks; a refusal goes beside its field, and everything typed stays."""
    agency, monday = _named(request)
    if form.is_valid():
        try:
            return _done(request, agency, monday, act())
        except Unreadable as faults:
            return _page(request, agency, monday, {name: form}, 422, refused=faults, faults=faults.faults)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return _page(request, agency, monday, {name: form}, 422)


def _done(request: StaffRequest, agency: Agency, monday: date, shifts: list[Shift]) -> HttpResponseBase:
    words = ngettext("%(n)d shift written.", "%(n)d shifts written.", len(shifts))
    messages.success(request, words % {"n": len(shifts)})
    return redirect(_address(agency, monday))


@staff(Permission.ROTA)
@require_POST
def rota_add(request: StaffRequest) -> HttpResponseBase:
    """Put somebody on duty for one shift."""
    agency, _ = _named(request)
    form = ShiftForm(agency, request.POST, auto_id="shift-%s")

    def act() -> list[Shift]:
        said, (since, until) = form.cleaned_data, form.span
        return [
            actions.add_shift(
                agency=agency,
                person=said["person"],
                duty=said["duty"],
                from_at=since,
                until_at=until,
                by=request.user,
            )
        ]

    return _try(request, "shift_form", form, act)


@staff(Permission.ROTA)
@require_POST
def rota_repeat(request: StaffRequest) -> HttpResponseBase:
    """Fill three shifts a day with people who take turns."""
    agency, _ = _named(request)
    form = RepeatForm(agency, request.POST, auto_id="repeat-%s")

    def act() -> list[Shift]:
        said = form.cleaned_data
        return actions.repeat_shifts(
            agency=agency,
            people=list(said["people"]),
            duty=said["duty"],
            first_on=said["first_on"],
            days=said["days"],
            by=request.user,
        )

    return _try(request, "repeat_form", form, act)


@staff(Permission.ROTA)
@require_POST
def rota_import(request: StaffRequest) -> HttpResponseBase:
    """Write the shifts of a CSV file, all or none."""
    form = RotaFileForm(request.POST, request.FILES, auto_id="file-%s")
    return _try(
        request,
        "file_form",
        form,
        lambda: import_shifts(raw=form.cleaned_data["file"].read(), by=request.user),
    )


@staff(Permission.ROTA)
@require_POST
def rota_copy(request: StaffRequest) -> HttpResponseBase:
    """Copy the week before into this one."""
    agency, monday = _named(request)
    return _done(request, agency, monday, actions.copy_week(agency=agency, monday=monday, by=request.user))


@staff(Permission.ROTA)
@require_POST
def rota_remove(request: StaffRequest, shift_id: int) -> HttpResponseBase:
    """Take a shift back."""
    kept = Shift.objects.filter(agency__in=queries.rota_agencies(request.user))
    shift = get_object_or_404(kept.select_related("agency", "person"), pk=shift_id)
    actions.remove_shift(shift=shift, by=request.user)
    messages.success(request, gettext("%(person)s: the shift is taken back.") % {"person": shift.person})
    return redirect(_address(shift.agency, _monday(request.POST.get("week", ""))))
