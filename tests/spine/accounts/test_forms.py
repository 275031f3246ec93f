"""allauth's forms look and read like ours."""

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from bihuan.spine.accounts.forms import ChangePassword, SignIn
from bihuan.spine.accounts.models import User

pytestmark = pytest.mark.once


def test_inputs_have_our_class_and_a_label_instead_of_a_placeholder():
    for field in SignIn().fields.values():
        assert field.widget.attrs["class"] == "input"
        assert "placeholder" not in field.widget.attrs
        assert field.label


def test_browsers_and_password_managers_are_told_what_is_what():
    fields = SignIn().fields
    assert fields["login"].widget.attrs["autocomplete"] == "username"
    assert fields["password"].widget.attrs["autocomplete"] == "current-password"


def test_the_rules_for_passwords_are_one_text_without_markup():
    help_text = str(ChangePassword(user=User()).fields["password1"].help_text)
    assert "10" in help_text
    assert "<" not in help_text


def test_every_form_in_the_settings_is_there():
    for name in [*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()]:
        assert import_string(name)
