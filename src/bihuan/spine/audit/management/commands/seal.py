"""``bihuan seal``: take in every Event that is not sealed, however old."""

from typing import Any

from django.core.management.base import BaseCommand

from bihuan.spine.audit.sealing import seal_all


class Command(BaseCommand):
    """Seal what is left."""

    help = "Seal every Event that is not sealed yet; the worker does it within seconds, this one looks everywhere."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{seal_all():,} Events sealed.")
