"""``channel_drill``: a test on every channel to whoever is on duty now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.cases import drilling
from bihuan.spine.messages.channels.choosing import switched_on
from bihuan.spine.messages.drills.reading import result_of


class Command(BaseCommand):
    help = "Sends a test on every channel to whoever is on duty now; answers are counted at the desk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take who starts it, for which agency, on which channels, for how long."""
        parser.add_argument("username", help="who starts it; keeps the rota of the agency")
        parser.add_argument("--agency", default="", help="code of the agency; without it the whole city")
        parser.add_argument(
            "--channels", nargs="+", default=[], help="names; without it all that are switched on"
        )
        parser.add_argument("--minutes", type=int, default=15, help="how long answers count")

    def handle(self, **options: Any) -> None:
        """Start it and say what was written."""
        by = User.objects.filter(username=options["username"]).first()
        agency = Agency.objects.filter(code=options["agency"]).first()
        if by is None or (options["agency"] and agency is None):
            raise CommandError("There is no such person or agency.")
        channels = options["channels"] or [way.name for way in switched_on()]
        try:
            drill = drilling.start(by=by, agency=agency, channels=channels, window_min=options["minutes"])
        except Refused as refused:
            raise CommandError(refused.message) from refused
        result = result_of(drill)
        lines = ", ".join(f"{line.channel} {line.written}" for line in result.lines)
        self.stdout.write(f"Drill {drill.pk}: {result.called} called ({lines}).")
