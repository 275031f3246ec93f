"""Tokens with which programs act for somebody: made, seen, taken back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from bihuan.faces.desk.forms import DeedForm
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Scope, Token, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit import tokens as kept

SHOWN = 200
DAYS = (30, 90, 365)


class TokenForm(DeedForm):
    name = forms.CharField(label=_("Which program"), max_length=60)
    holder = forms.ModelChoiceField(
        User.objects.none(), label=_("Acts for"),
        help_text=_("The program may do no more than this person; what it does is written down as theirs."),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=_("What it opens"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=_("Good for"), coerce=int, initial=90)

    def __init__(self, user: User, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = kept.holders_for(user)  # type: ignore[attr-defined]
        self.fields["holder"].label_from_instance = _holder_label  # type: ignore[attr-defined]
        self.fields["scopes"].widget.attrs.pop("class")
        spans = [(days, ngettext("%(n)d day", "%(n)d days", days) % {"n": days}) for days in DAYS]
        self.fields["days"].choices = spans  # type: ignore[attr-defined]


def _holder_label(user: User) -> str:
    return " · ".join(str(part) for part in (user.agency, user, user.role) if part)


@staff(Permission.STAFF, Permission.STEER)
def tokens(request: StaffRequest) -> HttpResponse:
    """Show the tokens and make a new one, whose secret is shown this once."""
    if not kept.may_keep(request.user):
        raise PermissionDenied
    form, made, secret = TokenForm(request.user, request.POST or None), None, ""
    if request.POST and form.is_valid():
        try:
            made, secret = kept.give_out(by=request.user, **form.cleaned_data)
            form = TokenForm(request.user)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    rows = [(one, _state(one), _opens(one)) for one in kept.tokens_for(request.user)[:SHOWN]]
    context = {"form": form, "rows": rows, "made": made, "secret": secret}
    return render(request, "desk/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@staff(Permission.STAFF, Permission.STEER)
def token_end(request: StaffRequest, token_id: int) -> HttpResponseBase:
    """Take a token back, for good."""
    if not kept.may_keep(request.user):
        raise PermissionDenied
    token = kept.tokens_for(request.user).filter(pk=min(token_id, 2**63 - 1)).first()
    if token is None:
        raise Http404
    if kept.take_back(by=request.user, token=token):
        messages.success(request, gettext("The token is taken back: it opens nothing any more."))
    else:
        messages.info(request, gettext("It was taken back already."))
    return redirect("desk:tokens")


def _state(token: Token) -> str:
    if token.revoked_at:
        return "revoked"
    if token.expires_at and token.expires_at <= clock.now():
        return "expired"
    return "good" if token.agency_id in {None, token.user.agency_id} and token.user.is_active else "away"


def _opens(token: Token) -> list[str]:
    return [str(scope.label) for scope in Scope if token.opens(scope)]
