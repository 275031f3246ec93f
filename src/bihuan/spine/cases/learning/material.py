"""The closed Cases that are learnt from, with who asked, so that nobody stands on both sides of a test."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from bihuan.spine.cases.models import Asker, Taught
from bihuan.spine.cases.retention import MARK
from bihuan.spine.cases.states import Status

MOST = 20_000
HELD_BACK = 0.2


@dataclass(frozen=True)
class Sample:
    """What was written, where, when, by whom (a keyed hash or a number), and what the Case ended as."""

    text: str
    district: str
    service: str
    agency: str
    asker: str
    opened_at: datetime

    def label(self, what: str) -> str:
        return self.service if what == Taught.SERVICE else self.agency


def closed_cases(most: int = MOST) -> list[Sample]:
    """Return the newest closed Cases that have words, oldest first."""
    return sorted(_newest(most), key=lambda sample: sample.opened_at)


def count_closed() -> int:
    """Count the closed Cases there are, up to the most that are learnt from."""
    return _closed()[:MOST].count()


def _closed() -> QuerySet[Asker]:
    closed = Asker.objects.filter(
        first_case__status=Status.CLOSED, first_case__service__isnull=False, first_case__agency__isnull=False
    )
    return closed.exclude(submission__text="").exclude(submission__text=MARK).order_by("-first_case_id")


def _newest(most: int) -> Iterator[Sample]:
    columns = (
        "submission__text", "first_case__district__code", "first_case__service__code",
        "first_case__agency__code", "phone_hash", "submission_id", "first_case__opened_at",
    )  # fmt: skip
    rows = _closed().values_list(*columns)[:most]
    for text, district, service, agency, phone, number, opened_at in rows.iterator(chunk_size=2_000):
        asker = bytes(phone).hex() if phone else f"submission {number}"
        yield Sample(text, district or "", service, agency, asker, opened_at)


def split(samples: Sequence[Sample]) -> tuple[list[Sample], list[Sample]]:
    """Hold the newest fifth back; nobody who asked one of those stands among the rest.

    Somebody who asks the same every day would else be recognised rather than understood.
    """
    ordered = sorted(samples, key=lambda sample: sample.opened_at)
    cut = len(ordered) - round(len(ordered) * HELD_BACK)
    held = ordered[cut:]
    tested = {sample.asker for sample in held}
    return [sample for sample in ordered[:cut] if sample.asker not in tested], held
