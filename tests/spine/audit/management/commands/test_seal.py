"""`bihuan seal` takes in everything that is left."""

from io import StringIO

import pytest
from django.core.management import call_command

from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.audit.models import Leaf


@pytest.mark.django_db
def test_it_seals_what_is_left_and_says_how_much():
    for number in range(3):
        record(by=SYSTEM, verb="opened", subject=("case", number))
    out = StringIO()
    call_command("seal", stdout=out)
    assert out.getvalue() == "3 Events sealed.\n"
    assert Leaf.objects.count() == 3
