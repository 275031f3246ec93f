"""``bihuan token``: make a bearer token for a program."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Scope, User
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.audit.tokens import give_out


class Command(BaseCommand):
    """Make a token."""

    help = "Make a token with which a program acts for a member of staff; it is shown once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name", help="what the program is called")
        parser.add_argument("--days", type=int, default=365, help="how long it is good")
        parser.add_argument("--scopes", nargs="+", choices=Scope.values, default=Scope.values)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account {options['username']!r}.")
        try:
            _, token = give_out(
                by=SYSTEM, holder=user, name=options["name"], scopes=options["scopes"], days=options["days"]
            )
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(token)
