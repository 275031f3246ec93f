"""Takes a real file in through the door and says who owns what came of it."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bihuan.kernel.errors import Refused
from bihuan.spine.audit.sealing import seal_all
from bihuan.spine.cases.models import Asker
from bihuan.spine.cases.triage import triage_all
from bihuan.spine.door.importing import ErrorFile, Report, import_rows, read_rows
from bihuan.spine.door.mappings import MAPPINGS

BAR_WIDTH = 30
LOOKED_UP_AT_ONCE = 500


class Command(BaseCommand):
    help = "Import a CSV or XLSX file through the door. Importing it again makes nothing new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--mapping", required=True, choices=sorted(MAPPINGS), help="what the columns mean"
        )
        parser.add_argument("--errors", type=Path, help="where to name bad rows (FILE.errors.csv, here)")
        parser.add_argument("--no-triage", action="store_true", help="leave finding owners to the worker")

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        errors = ErrorFile(options["errors"] or Path(f"{path.name}.errors.csv"))
        try:
            report = self.take_in(path, options["mapping"], errors)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.tell(report, errors)
        if not options["no_triage"]:
            triage_all()
            # Without a worker near by nobody else would, and `verify` would call the log unsealed.
            seal_all()
            self.tell_owners(report)

    def take_in(self, path: Path, name: str, errors: ErrorFile) -> Report:
        """Hand every row in, and show how far it is."""
        mapping, report = MAPPINGS[name], Report()
        total = sum(1 for _ in read_rows(path, mapping.columns))
        rows = read_rows(path, mapping.columns)
        for report in import_rows(rows, mapping, errors.write):
            self.show(report.read, total)
        return report

    def show(self, done: int, total: int) -> None:
        """Draw the bar anew on a terminal; elsewhere it would only fill a log."""
        if sys.stderr.isatty():
            filled = BAR_WIDTH * done // max(total, 1)
            end = "\n" if done >= total else ""
            bar = "#" * filled + "-" * (BAR_WIDTH - filled)
            self.stderr.write(f"\r[{bar}] {done} of {total}", ending=end)
            self.stderr.flush()

    def tell(self, report: Report, errors: ErrorFile) -> None:
        self.stdout.write(f"rows: {report.read}")
        self.stdout.write(f"new: {report.new}, there already: {report.again}, refused: {report.refused}")
        if report.refused:
            self.stdout.write(f"what is wrong with them: {errors.path}")

    def tell_owners(self, report: Report) -> None:
        owned = sum(_owned(part) for part in _parts(list(set(report.client_ids))))
        asks = len(set(report.client_ids))
        share = 100 * owned / asks if asks else 0
        self.stdout.write(
            f"owner found by rule: {owned} of {asks} ({share:.1f} %), the rest waits for triage"
        )


def _owned(client_ids: list[str]) -> int:
    asked = Asker.objects.filter(submission__client_id__in=client_ids)
    return asked.filter(first_case__agency__isnull=False).count()


def _parts(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), LOOKED_UP_AT_ONCE):
        yield ids[start : start + LOOKED_UP_AT_ONCE]
