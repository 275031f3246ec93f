"""``bihuan retention``: take personal data out when its time has come."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bihuan.spine.cases.retention import take_out


class Command(BaseCommand):
    """Take out what is due."""

    help = "Scrub and erase personal data whose days are over; data of open Cases stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = take_out(is_dry_run=options["dry_run"])
        for name, rows in counts.items():
            self.stdout.write(f"{rows:>9,}  {name}")
        said = "would be emptied" if options["dry_run"] else "emptied"
        self.stdout.write(f"{sum(counts.values()):>9,}  fields {said}.")
