"""``bihuan pass_key``: print the public key that proves passes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bihuan.kernel import clock
from bihuan.lines.passes.seal.keys import current


class Command(BaseCommand):
    """Print the public key."""

    help = "Print the public key of passes and its id, for whoever writes a scanner."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retire", action="store_true", help="as the file of a key that signs no more")

    def handle(self, *args: Any, **options: Any) -> None:
        key = current()
        second = clock.now().isoformat(timespec="seconds") if options["retire"] else key.kid.hex()
        self.stdout.write(f"{key.public.hex()} {second}")
