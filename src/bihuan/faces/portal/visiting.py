"""What the asker's own link shows and takes: ready-made reasons for a no, three faces for how content one is."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bihuan.spine.cases.models import Content, Note, NoteKind, Visit
from bihuan.spine.messages.wording import without_doors

REASONS: dict[str, Promise] = {
    "nobody": _("Nobody came"),
    "undone": _("They came, but it is not done"),
    "back": _("It was done, and has come back"),
}


@dataclass(frozen=True)
class Face:
    """One answer to how content one is, with its icon."""

    code: str
    label: Promise
    icon: str


FACES = (
    Face(Content.YES.value, _("Satisfied"), "face-slightly-smiling"),
    Face(Content.FAIR.value, _("Fair"), "face-neutral"),
    Face(Content.NO.value, _("Not satisfied"), "face-slightly-frowning"),
)


def reason_of(said: Mapping[str, str]) -> str:
    """Put the reason that was pressed and the words that were typed together."""
    parts = [str(REASONS.get(said.get("reason", ""), "")), said.get("text", "").strip()]
    return "\n".join(part for part in parts if part)


def reply_of(visit: Visit) -> str:
    """Return what the office said when it reported the Case as done, without door numbers."""
    notes = Note.objects.filter(case_id=visit.case_id, kind=NoteKind.REPLY, verb="resolve")
    text = (
        notes.filter(at__lte=visit.resolved_at).order_by("-at", "-id").values_list("text", flat=True).first()
    )
    return without_doors(text or "")
