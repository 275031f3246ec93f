"""``bihuan print_font``: let PDFs carry their Chinese font along."""

import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bihuan.kernel import fonts

ASK = ("fc-match", "--format", "%{file}\n%{index}", "sans:lang=zh-cn")


class Command(BaseCommand):
    """Make the font."""

    help = "Make the Chinese font that PDFs carry along, from one of this machine; once on each machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", nargs="?", help="a TTF, OTF or TTC file; left out, fontconfig is asked")
        parser.add_argument("--face", type=int, default=0, help="which face of a TTC file")

    def handle(self, *args: Any, **options: Any) -> None:
        source = options["source"]
        path, face = (Path(source), options["face"]) if source else _machines_own()
        if not path.is_file():
            raise CommandError(f"There is no font file {path}.")
        target = Path(settings.BIHUAN_VAR) / fonts.FILE
        count = fonts.make_font(path, face, target)
        self.stdout.write(f"{count} letters of {path.name} written to {target}")


def _machines_own() -> tuple[Path, int]:
    try:
        said = subprocess.run(ASK, capture_output=True, text=True, check=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise CommandError("Name a font file: there is no fontconfig to ask.") from error
    file, _, index = said.partition("\n")
    return Path(file), int(index or 0) & 0xFFFF
