"""Answers that are written once: the list of them, and the form for one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bihuan.faces.desk.forms import DeedForm
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import own_agencies
from bihuan.spine.cases.models import CannedAnswer, Service
from bihuan.spine.cases.surge import canned
from bihuan.spine.messages.wording import CHINESE, ENGLISH

KEEPERS = canned.KEEPERS


class AnswerForm(DeedForm):
    title = forms.CharField(label=_("Title"), max_length=canned.TITLE_LIMIT)
    service = forms.ModelChoiceField(
        Service.objects.filter(is_active=True),
        label=_("Service"),
        required=False,
        empty_label=_("all services"),
    )
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"))
    text_zh = forms.CharField(label=_("In Chinese"), widget=forms.Textarea({"rows": 4}))
    text_en = forms.CharField(label=_("In English"), widget=forms.Textarea({"rows": 4}), required=False)
    is_active = forms.BooleanField(label=_("Offered"), required=False, initial=True)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_active"].widget.attrs["class"] = "tick"
        agency = self.fields["agency"]
        may_all = user.may(Permission.RULES)
        agency.queryset = Agency.objects.filter(is_active=True) if may_all else own_agencies(user)  # type: ignore[attr-defined]
        agency.required = not may_all
        agency.empty_label = _("every agency") if may_all else None  # type: ignore[attr-defined]


@staff(*KEEPERS)
def answers(request: StaffRequest) -> HttpResponseBase:
    """Show the answers that this person keeps."""
    return render(request, "desk/canned.html", {"answers": canned.kept_by(request.user)})


@staff(*KEEPERS)
def new(request: StaffRequest) -> HttpResponseBase:
    """Write a new one."""
    return _edit(request, None)


@staff(*KEEPERS)
def one(request: StaffRequest, canned_id: int) -> HttpResponseBase:
    """Change one."""
    answer = canned.kept_by(request.user).filter(pk=min(canned_id, 2**63 - 1)).first()
    if answer is None:
        raise Http404
    return _edit(request, answer)


def _edit(request: StaffRequest, answer: CannedAnswer | None) -> HttpResponseBase:
    names = ("title", "service", "agency", "text_zh", "text_en", "is_active")
    initial = {name: getattr(answer, name) for name in names} if answer else {"agency": request.user.agency}
    form = AnswerForm(request.user, request.POST or None, initial=initial)
    if request.POST and "preview" not in request.POST and form.is_valid():
        try:
            canned.keep(by=request.user, answer=answer, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            messages.success(request, gettext("Kept."))
            return redirect("desk:canned")
    return render(request, "desk/canned_one.html", _context(form, answer), status=422 if form.errors else 200)


def _context(form: AnswerForm, answer: CannedAnswer | None) -> dict[str, Any]:
    texts = {CHINESE: form["text_zh"].value() or "", ENGLISH: form["text_en"].value() or ""}
    shown = [(language, canned.preview(text, language)) for language, text in texts.items() if text]
    return {"form": form, "answer": answer, "previews": shown, "placeholders": canned.PLACEHOLDERS}
