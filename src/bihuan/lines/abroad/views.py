"""Pages of the links: which agency works with a server of its own, how it does, what a person has to decide."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bihuan.kernel.errors import Refused
from bihuan.lines.abroad import linking
from bihuan.lines.abroad.forms import TICKS, CodeForm, LinkForm, NewLinkForm, NumberForm
from bihuan.lines.abroad.models import Handing, Link, State
from bihuan.spine.accounts.guard import StaffRequest, staff
from bihuan.spine.accounts.permissions import Permission

LARGEST_ID = 2**63 - 1
SHOWN = 100


@staff(Permission.RULES)
def links(request: StaffRequest) -> HttpResponseBase:
    """Show the links and make a new one."""
    form = NewLinkForm(request.POST or None)
    if request.POST and form.is_valid():
        try:
            made = linking.add(by=request.user, **form.cleaned_data)
            return redirect("abroad:link", made.pk)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    found = Link.objects.select_related("agency").order_by("-is_active", "id")
    return render(
        request, "abroad/links.html", {"links": found, "form": form}, status=422 if form.errors else 200
    )


@staff(Permission.RULES)
def link(request: StaffRequest, link_id: int) -> HttpResponseBase:
    """Show one link and change it."""
    found = _link(link_id)
    form = LinkForm(request.POST or None, initial=_initial(found))
    if request.POST and form.is_valid():
        try:
            linking.change(link=found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Kept."))
            return redirect("abroad:link", link_id)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return _page(request, found, form=form)


@require_POST
@staff(Permission.RULES)
def put_code(request: StaffRequest, link_id: int) -> HttpResponseBase:
    """Keep under which code of theirs a service of ours goes out."""
    found, form = _link(link_id), CodeForm(request.POST)
    if form.is_valid():
        try:
            linking.put_code(link=found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Kept."))
            return redirect("abroad:link", link_id)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return _page(request, found, code_form=form)


@require_POST
@staff(Permission.RULES)
def do(request: StaffRequest, link_id: int, deed: str) -> HttpResponseBase:
    """Switch a link on or off, or try it out and show what was found."""
    found = _link(link_id)
    match deed:
        case "on" | "off":
            linking.switch(link=found, by=request.user, is_on=deed == "on")
            messages.success(request, _("Done."))
            return redirect("abroad:link", link_id)
        case "trial":
            return _trial(request, found)
        case _:
            raise Http404


def _trial(request: StaffRequest, found: Link) -> HttpResponseBase:
    try:
        endpoint, offered = linking.try_out(found)
    except Refused as refused:
        return _page(request, found, trial_error=refused.message)
    wanted = linking.questions_of(found)
    return _page(request, found, endpoint=endpoint, offered=offered, wanted=wanted)


@require_POST
@staff(Permission.RULES)
def decide(request: StaffRequest, link_id: int, handing_id: int) -> HttpResponseBase:
    """Say of an unclear ask that they have it, that it is to go again, or that it shall come back."""
    handing = _link(link_id).handings.filter(pk=min(handing_id, LARGEST_ID)).select_related("link", "case")
    found = handing.first()
    if found is None:
        raise Http404
    form = NumberForm(request.POST)
    match request.POST.get("deed"):
        case "again":
            linking.send_again(handing=found, by=request.user)
        case "back":
            linking.take_back(handing=found, by=request.user)
        case _ if form.is_valid():
            linking.settle(handing=found, by=request.user, number=form.cleaned_data["number"])
        case _:
            raise Refused(_("Write the number that it has there."), code="number", field="number")
    messages.success(request, _("Done."))
    return redirect("abroad:link", link_id)


def _link(number: int) -> Link:
    found = Link.objects.select_related("agency").filter(pk=min(number, LARGEST_ID)).first()
    if found is None:
        raise Http404
    return found


def _initial(found: Link) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("url", "jurisdiction", *TICKS)}


def _page(
    request: StaffRequest,
    found: Link,
    form: LinkForm | None = None,
    code_form: CodeForm | None = None,
    **more: Any,
) -> HttpResponseBase:
    handings = Handing.objects.filter(link=found).select_related("case").order_by("-id")
    mappings = found.mappings.select_related("service").order_by("service__order", "service__code")
    context = {
        "link": found,
        "form": form or LinkForm(initial=_initial(found)),
        "code_form": code_form or CodeForm(),
        "codes": [(one, linking.show_attributes(one.attributes)) for one in mappings],
        "unclear": handings.filter(state=State.UNCLEAR)[:SHOWN],
        "handings": handings[:SHOWN],
        **more,
    }
    has_errors = bool((form and form.errors) or (code_form and code_form.errors))
    return render(request, "abroad/link.html", context, status=422 if has_errors else 200)
