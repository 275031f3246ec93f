"""``bihuan token``: make a bearer token for a program."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bihuan.kernel.clock import now
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.tokens import issue
from bihuan.spine.audit.actions import SYSTEM, record


class Command(BaseCommand):
    """Make a token."""

    help = "Make a token with which a program acts for a member of staff; it is shown once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name", help="what the program is called")
        parser.add_argument("--days", type=int, default=365, help="how long it is good")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account {options['username']!r}.")
        token = issue(user, options["name"], now() + timedelta(days=options["days"]))
        record(by=SYSTEM, verb="issue_token", subject=user, detail={"name": options["name"]})
        self.stdout.write(token)
