"""What of a Case goes to an agency's own server: what is needed to do the work, and no more than the link allows."""

from django.utils import translation
from django.utils.translation import gettext as _

from bihuan.kernel.private import unseal
from bihuan.lines.abroad.models import Handing, Mapping
from bihuan.lines.abroad.wire import show
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Case, Note
from bihuan.spine.cases.words import LABELS
from bihuan.spine.door.models import Submission
from bihuan.spine.messages.wording import CHINESE

DESCRIPTION = 4000
FIXED = "="
STATUS_OF = {
    "say": "OPEN", "answer": "OPEN", "reopen": "REOPEN", "confirm": "CLOSED", "close": "CLOSED", "check": "CLOSED",
    "withdraw": "CANCELLED", "transfer": "CANCELLED", "decline": "CANCELLED", "merge": "DUPLICATE",
}  # fmt: skip
"""What a step of ours is called there."""


def mark_of(handing: Handing) -> str:
    """Return the words by which an ask of ours is found again among theirs."""
    return f"[Bihuan {handing.case_id}-{handing.pk}]"


def ask_of(handing: Handing, mapping: Mapping) -> list[tuple[str, str]]:
    """Return the form of an ask; the same each time it is sent."""
    case, link = handing.case, handing.link
    asker = case.askers.select_related("submission").order_by("id").first()
    submission = asker.submission if asker else None
    pairs = [("service_code", mapping.code), *_place(case), ("description", _words(handing, submission))]
    pairs += _attributes(mapping, submission.answers if submission else {})
    if submission and link.sends_person:
        name, phone = unseal(submission.name_sealed), unseal(submission.phone_sealed)
        pairs += [(key, value) for key, value in (("first_name", name), ("phone", phone)) if value]
    return pairs


def _words(handing: Handing, submission: Submission | None) -> str:
    case = handing.case
    with translation.override(CHINESE):
        words = submission.text if submission and handing.link.sends_words else ""
        words = words or (str(case.service) if case.service else "")
    return f"{words[: DESCRIPTION - 60]}\n{mark_of(handing)}"


def _place(case: Case) -> list[tuple[str, str]]:
    """A position or an address: one of them every server wants."""
    address = " ".join(str(one) for one in (case.district, case.site or case.place) if one)
    pairs = [("lat", f"{case.lat:.6f}"), ("long", f"{case.lon:.6f}")] if case.lat is not None else []
    return pairs + ([("address_string", address)] if address else [])


def _attributes(mapping: Mapping, answers: dict[str, object]) -> list[tuple[str, str]]:
    pairs = []
    # By their codes: of two databases one keeps the order of a JSON object.
    for code, source in sorted(mapping.attributes.items()):
        said = source[1:] if source.startswith(FIXED) else answers.get(source)
        if isinstance(said, list):
            pairs += [(f"attribute[{code}][]", str(one)) for one in said]
        elif said not in (None, ""):
            pairs.append((f"attribute[{code}]", str(said)))
    return pairs


def update_of(handing: Handing, event: Event) -> list[tuple[str, str]]:
    """Return the form of an update: a step of ours, with the asker's words where the link lets them go."""
    note_id = event.detail.get("note_id")
    note = Note.objects.filter(pk=note_id).first() if note_id and handing.link.sends_words else None
    with translation.override(CHINESE):
        words = note.text if note else str(LABELS[event.verb])
        if event.verb in ("transfer", "decline"):
            words = _("It is no longer with you.")
    return [
        ("service_request_id", handing.number), ("update_id", f"bihuan-{event.pk}"),
        ("updated_datetime", show(event.at)), ("status", STATUS_OF[event.verb]), ("description", words[:DESCRIPTION]),
    ]  # fmt: skip
