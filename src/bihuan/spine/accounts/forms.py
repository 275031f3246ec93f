"""allauth's forms in the clothes of our own: the class of our inputs, no placeholder in place of a label."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import lazy


class _Plain:
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
            field.widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            # Django's own is a list, which may not stand in the paragraph beside the field.
            self.fields["password1"].help_text = lazy(_rules, str)()


def _rules() -> str:
    return " ".join(map(str, password_validators_help_texts()))


class SignIn(_Plain, account.LoginForm):  # type: ignore[misc]  # allauth ships no types
    pass


class ChangePassword(_Plain, account.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    pass


class SetPassword(_Plain, account.SetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    pass


class Reauthenticate(_Plain, account.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    pass


class EnterCode(_Plain, mfa.AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    pass


class ReenterCode(_Plain, mfa.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    pass


class ActivateApp(_Plain, totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    pass
