"""Pages of the care list: today, one person, the list, the forms."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import unseal
from bihuan.lines.protection import actions, forms, queries, reading
from bihuan.lines.protection.asking import ask_of
from bihuan.lines.protection.kinds import GRAVE, UNITS, Found, SupplyKind
from bihuan.lines.protection.models import Person, Supply
from bihuan.spine.accounts.guard import StaffRequest, staff
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.questions import PREFIX
from bihuan.spine.door.faults import Unfit
from bihuan.spine.places.queries import find_sites

ANSWERS = (
    (Found.WELL, "check"),
    (Found.NO_ANSWER, "door-closed"),
    (Found.COULD_NOT, "ban"),
)


@staff(Permission.CARE)
def today(request: StaffRequest) -> HttpResponse:
    """Show who is to be looked in on, the most urgent first."""
    site_id = _number(request.GET.get("site", ""))
    rows = queries.list_today(request.user, site_id)
    context = {
        "rows": rows,
        "answers": ANSWERS,
        "grave": GRAVE,
        "outages": queries.list_outages(request.user),
        "counts": {state: sum(row.state == state for row in rows) for state in queries.RANKS},
        "listed": queries.visible_people(request.user).filter(status="listed").count(),
    }
    return render(request, "protection/today.html", context)


@staff(Permission.CARE)
@require_POST
def check(request: StaffRequest, person_id: int) -> HttpResponseBase:
    """Take down a look at a person; to htmx the row as it now stands."""
    person = queries.access_person(request.user, person_id)
    form = forms.CheckForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say what was found."), code="found", field="found")
    done = actions.check(person=person, by=request.user, **form.cleaned_data)
    if not request.htmx:
        messages.success(request, _("Taken down: %(found)s.") % {"found": done.get_found_display()})
        return redirect("protection:today")
    fresh = queries.access_person(request.user, person_id)
    context = {"row": queries.rows_of([fresh])[0], "answers": ANSWERS, "grave": GRAVE, "done": done}
    return render(request, "protection/_row.html", context)


def _page(person: Person) -> str:
    return reverse("protection:person", args=[person.pk])


@staff(Permission.CARE)
def person(request: StaffRequest, person_id: int) -> HttpResponse:
    """Show one person: what is due, what is left, what was found."""
    return _show(request, queries.access_person(request.user, person_id))


def _show(request: StaffRequest, found: Person, shown: dict[str, str] | None = None) -> HttpResponse:
    fields = [
        reading.Field(one.name, one.label, one.masked, (shown or {}).get(one.name, ""))
        for one in reading.fields_of(found)
    ]
    context = {
        "person": found,
        "row": queries.rows_of([found])[0],
        "fields": fields,
        "may_reveal": request.user.may(Permission.REVEAL),
        "answers": ANSWERS,
        "grave": GRAVE,
        "supplies": [_supply(one) for one in found.supplies.filter(ended_at=None).order_by("runs_out_at")],
        "checks": queries.list_checks(found),
        "cases": actions.open_cases(found),
        "weekdays": [label for code, label in forms.WEEKDAYS if code in found.dialysis_days],
    }
    return render(request, "protection/person.html", context)


def _supply(supply: Supply) -> dict[str, Any]:
    return {
        "supply": supply,
        "label": unseal(supply.label_sealed),
        "left": f"{supply.left(clock.now()):.1f}".removesuffix(".0"),
        "unit": UNITS[SupplyKind(supply.kind)],
    }


@staff(Permission.REVEAL)
def reveal(request: StaffRequest, person_id: int, field: str) -> HttpResponse:
    """Ask the purpose; with one, show the field."""
    found = queries.access_person(request.user, person_id)
    form = forms.RevealForm(request.POST or None)
    if form.is_valid():
        text = reading.reveal(person=found, field=field, by=request.user, **form.cleaned_data)
        if request.htmx:
            masked = next(one for one in reading.fields_of(found) if one.name == field)
            shown = reading.Field(field, masked.label, masked.masked, text)
            return render(request, "protection/_private.html", {"person": found, "field": shown})
        return _show(request, found, {field: text})
    template = "protection/_purpose.html" if request.htmx else "protection/reveal.html"
    label = reading.FIELDS.get(field, field)
    return render(
        request, template, {"person": found, "form": form, "field": {"name": field, "label": label}}
    )


@staff(Permission.CARE)
def people(request: StaffRequest) -> HttpResponse:
    """Show the list by site and kind, those who live on power first."""
    form = forms.ListForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    site_id = asked.get("site")
    found = queries.list_people(
        request.user, site_id=site_id, kind=asked.get("kind", ""), has_left=asked.get("left", False)
    )
    context = {
        "form": form,
        "rows": queries.rows_of(found),
        "grave": GRAVE,
        "site": found[0].site if site_id and found else None,
        "outages": queries.list_outages(request.user),
    }
    return render(request, "protection/people.html", context)


@staff(Permission.CARE)
def add(request: StaffRequest) -> HttpResponseBase:
    """Put somebody on the list."""
    form = forms.PersonForm(request.user, request.POST or None, initial={"agency": request.user.agency})
    if form.is_valid():
        try:
            made = actions.add(draft=form.draft(), by=request.user)
        except Refused as refused:
            _blame(form, refused)
        else:
            messages.success(request, _("No. %(number)s is on the list.") % {"number": made.pk})
            return redirect(_page(made))
    return _form(request, form, _("Put somebody on the list"), "protection/edit.html")


@staff(Permission.CARE)
def sites(request: StaffRequest) -> HttpResponse:
    """Show which compounds fit what is typed."""
    return render(request, "desk/_sites.html", {"sites": find_sites(request.GET.get("site", "")[:60])})


@staff(Permission.CARE)
def change(request: StaffRequest, person_id: int) -> HttpResponseBase:
    """Correct an entry. Its personal fields are opened for this, which is written down."""
    found = queries.access_person(request.user, person_id)
    if request.method != "POST":
        initial = forms.initial_of(found, _opened(request, found))
        form = forms.PersonForm(request.user, initial=initial)
        return _form(request, form, _("Correct the entry"), "protection/edit.html", found)
    form = forms.PersonForm(request.user, request.POST)
    if form.is_valid():
        try:
            actions.change(person=found, draft=form.draft(), by=request.user)
        except Refused as refused:
            _blame(form, refused)
        else:
            messages.success(request, _("The entry is corrected."))
            return redirect(_page(found))
    return _form(request, form, _("Correct the entry"), "protection/edit.html", found)


def _opened(request: StaffRequest, found: Person) -> dict[str, str]:
    names = [field.name for field in reading.fields_of(found)]
    return {
        name: reading.reveal(person=found, field=name, purpose=reading.Purpose.CORRECT, by=request.user)
        for name in names
    }


@staff(Permission.CARE)
def need(request: StaffRequest, person_id: int) -> HttpResponseBase:
    """Ask for something in a person's name, through the one door."""
    found = queries.access_person(request.user, person_id)
    known = {"client_id": f"visit-{uuid4().hex}", "service": request.GET.get("service", "")}
    form = forms.NeedForm(request.POST or None, initial=known)
    if form.is_valid():
        try:
            case = actions.ask_for(person=found, payload=ask_of(found, form.said()), by=request.user)
        except Unfit as unfit:
            _blame_unfit(form, unfit)
        else:
            messages.success(request, _("Taken in as No. %(number)s.") % {"number": case.pk})
            return redirect("protection:today")
    return _form(request, form, _("Needs something"), "protection/form.html", found)


@staff(Permission.CARE)
def supply(request: StaffRequest, person_id: int, supply_id: int | None = None) -> HttpResponseBase:
    """Take down what is left of something, or that it is watched no longer."""
    found = queries.access_person(request.user, person_id)
    known = (
        found.supplies.filter(pk=min(supply_id, queries.LARGEST_ID), ended_at=None).first()
        if supply_id
        else None
    )
    if known and "end" in request.POST:
        actions.end_supply(supply=known, by=request.user)
        return redirect(_page(found))
    form = forms.SupplyForm(request.POST or None, initial=_counted(known))
    if form.is_valid():
        actions.count_supply(person=found, supply=known, by=request.user, **form.cleaned_data)
        messages.success(request, _("Counted."))
        return redirect(_page(found))
    return _form(request, form, _("What is left"), "protection/form.html", found, known)


def _counted(known: Supply | None) -> dict[str, Any]:
    if known is None:
        return {}
    left = round(known.left(clock.now()), 1)
    return {
        "kind": known.kind,
        "label": unseal(known.label_sealed),
        "amount": left,
        "daily_use": known.daily_use,
    }


@staff(Permission.CARE)
def leave(request: StaffRequest, person_id: int) -> HttpResponseBase:
    """Take somebody off the list."""
    found = queries.access_person(request.user, person_id)
    form = forms.LeaveForm(request.POST or None)
    if form.is_valid():
        actions.leave(person=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("No. %(number)s has left the list.") % {"number": found.pk})
        return redirect("protection:people")
    return _form(request, form, _("Take off the list"), "protection/form.html", found)


def _form(
    request: StaffRequest,
    form: Any,
    title: str,
    template: str,
    person: Person | None = None,
    known: Any = None,
) -> HttpResponse:
    context = {"form": form, "title": title, "person": person, "known": known, "groups": forms.GROUPS}
    return render(request, template, context, status=422 if form.errors else 200)


def _blame(form: Any, refused: Refused) -> None:
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)


def _blame_unfit(form: Any, unfit: Unfit) -> None:
    for fault in unfit.faults:
        field = fault.field.replace("answers.", PREFIX)
        form.add_error(field if field in form.fields else None, str(fault))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
