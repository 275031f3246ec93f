"""`bihuan retention` reports for each field, and a dry run says that it was one."""

from io import StringIO

import pytest
from django.core.management import call_command

from bihuan.spine.audit.models import Event

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("retention", *arguments, stdout=out)
    return out.getvalue()


def test_it_names_each_field_and_the_sum():
    lines = said().splitlines()
    assert any(line.split() == ["0", "submission.phone_sealed"] for line in lines)
    assert lines[-1].split() == ["0", "fields", "emptied."]


def test_a_dry_run_leaves_no_trace():
    assert "would be emptied" in said("--dry-run")
    assert not Event.objects.exists()
