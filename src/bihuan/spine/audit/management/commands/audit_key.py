"""``bihuan audit_key``: print the public key that proves the log."""

from typing import Any

from django.core.management.base import BaseCommand

from bihuan.spine.audit.signing import public_key


class Command(BaseCommand):
    """Print the public key."""

    help = "Print the public key of the audit's signatures, for whoever verifies from outside."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(public_key().hex())
