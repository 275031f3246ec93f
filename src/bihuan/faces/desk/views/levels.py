"""Service levels: their versions, the lines of a draft, what it would do, and putting it in force."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.leveling import LineForm, hour, line_said
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Agreement, AgreementStatus, Level, Recount
from bihuan.spine.cases.promises import agreeing, levels, spans
from bihuan.spine.cases.promises.calendars import day_minutes
from bihuan.spine.cases.promises.preview import preview

VERSIONS = 50


@dataclass(frozen=True)
class LineView:
    """A line of the levels in words."""

    line: Level
    whom: list[str]
    times: list[str]


@staff(Permission.RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def level_versions(request: StaffRequest) -> HttpResponse:
    """List the versions; begin a draft."""
    if request.method == "POST":
        draft = agreeing.copy_in_force(by=request.user, note=request.POST.get("note", ""))
        return redirect("desk:level_version", draft.number)
    levels.in_force()
    versions = Agreement.objects.select_related("made_by").order_by("-number")[:VERSIONS]
    return render(request, "desk/levels.html", {"versions": versions, "recounts": recounts()})


@staff(Permission.RULES)
@require_http_methods(["GET", "HEAD"])
def level_version(request: StaffRequest, number: int) -> HttpResponse:
    """Show the lines of a version in the order in which they are tried."""
    agreement = _version(number)
    lines = [line_view(line) for line in levels.lines_of(agreement)]
    context = {
        "agreement": agreement,
        "lines": lines,
        "is_draft": _is_draft(agreement),
        "recounts": recounts(),
    }
    return render(request, "desk/level_version.html", context)


@staff(Permission.RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def level_line(request: StaffRequest, number: int, line_id: int = 0) -> HttpResponseBase:
    """Show the form of a line of a draft, and take in what was typed."""
    agreement = _version(number)
    line = _line(agreement, line_id) if line_id else None
    if not _is_draft(agreement):
        return redirect("desk:level_version", number)
    if request.method != "POST":
        begun = line_said(line) if line else {}
        return _form(request, agreement, line, LineForm(initial=begun))
    if line is not None and (deed := request.POST.get("do")) in LINE_DEEDS:
        LINE_DEEDS[deed](agreement, line, request)
        return redirect("desk:level_version", number)
    form = LineForm(request.POST)
    if form.is_valid():
        try:
            agreeing.write_line(draft=agreement, by=request.user, line=line, fields=form.fields_said)
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            return redirect("desk:level_version", number)
    return _form(request, agreement, line, form, status=422)


@staff(Permission.RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def level_preview(request: StaffRequest, number: int) -> HttpResponse:
    """Show what a draft would do to the open Cases; put it in force."""
    agreement = _version(number)
    error = None
    if request.method == "POST":
        try:
            return _put_in_force(request, agreement)
        except Refused as refused:
            error = refused
    if not _is_draft(agreement) and error is None:
        return redirect("desk:level_version", number)
    found = preview(agreement)
    late = (
        queries.visible_cases(request.user)
        .filter(pk__in=found.late_numbers)
        .select_related("service", "agency")
    )
    context = {
        "agreement": agreement, "preview": found, "services": found.services(), "late": late.order_by("id"),
        "over": levels.in_force().number, "error": error,
    }  # fmt: skip
    return render(request, "desk/level_preview.html", context, status=error.status if error else 200)


def _put_in_force(request: StaffRequest, agreement: Agreement) -> HttpResponse:
    over = request.POST.get("over", "")
    agreeing.put_in_force(
        draft=agreement,
        over=int(over) if over.isdecimal() else 0,
        by=request.user,
        also_open=request.POST.get("open") == "1",
    )
    messages.success(request, _("Version %(number)d is in force.") % {"number": agreement.number})
    return redirect("desk:level_version", agreement.number)


LINE_DEEDS: dict[str, Any] = {
    "up": lambda draft, line, request: agreeing.move_line(
        draft=draft, line=line, by=request.user, is_up=True
    ),
    "down": lambda draft, line, request: agreeing.move_line(
        draft=draft, line=line, by=request.user, is_up=False
    ),
    "remove": lambda draft, line, request: agreeing.remove_line(draft=draft, line=line, by=request.user),
}


def line_view(line: Level) -> LineView:
    """Say of a line for which cases it is, and how soon what is promised."""
    said = [
        line.service.name if line.service else "",
        str(line.get_urgency_display()) if line.urgency else "",
        str(line.get_priority_display()) if line.priority else "",
        str(line.get_zone_state_display()) if line.zone_state else "",
        f"{hour(line.from_min)}–{hour(line.until_min)}" if line.from_min is not None else "",
    ]
    day = day_minutes(line.calendar)
    times = [spans.in_words(getattr(line, name), day) for name in levels.MINUTES]
    return LineView(line, [words for words in said if words], times)


def recounts() -> list[dict[str, Any]]:
    """Return what is being counted anew, with how far it has come in percent."""
    rows = Recount.objects.filter(done_at__isnull=True).select_related("agreement", "calendar").order_by("id")
    return [{"row": row, "percent": 100 * row.reached // max(row.upto, 1)} for row in rows]


def _form(
    request: StaffRequest, agreement: Agreement, line: Level | None, form: LineForm, status: int = 200
) -> HttpResponse:
    context = {"agreement": agreement, "line": line, "form": form}
    return render(request, "desk/level_line.html", context, status=status)


def _version(number: int) -> Agreement:
    found = Agreement.objects.filter(number=number).select_related("made_by").first()
    if found is None:
        raise Http404
    return found


def _line(agreement: Agreement, line_id: int) -> Level:
    found = agreement.levels.select_related("calendar", "service").filter(pk=line_id).first()
    if found is None:
        raise Http404
    return found


def _is_draft(agreement: Agreement) -> bool:
    return agreement.status == AgreementStatus.DRAFT
