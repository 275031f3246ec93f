"""`bihuan token` makes a token that works, once seen, and leaves an Event without it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.tokens import user_of
from bihuan.spine.audit.models import Event

pytestmark = pytest.mark.django_db


def test_the_token_it_prints_is_that_persons():
    ben = User.objects.create(username="ben")
    out = StringIO()
    call_command("token", "ben", "import at night", stdout=out)
    token = out.getvalue().strip()
    assert user_of(token) == ben
    event = Event.objects.get(verb="issue_token")
    assert event.subject_id == ben.pk
    assert token not in str(event.detail)


@pytest.mark.parametrize("name", ["nobody", "closed"])
def test_there_is_none_for_an_account_that_is_not_or_is_closed(name):
    User.objects.create(username="closed", is_active=False)
    with pytest.raises(CommandError, match="no active account"):
        call_command("token", name, "x")
