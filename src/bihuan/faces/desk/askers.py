"""The people behind a Case as its page may show them: masked, with their answers and photos."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from bihuan.spine.accounts.named import in_language
from bihuan.spine.cases.models import Asker, Case, Service
from bihuan.spine.cases.reading import masked
from bihuan.spine.door.models import Photo, Submission

LABELS: dict[str, Promise] = {
    "name": pgettext_lazy("of a person", "name"),
    "phone": pgettext_lazy("of a person", "telephone"),
    "door": pgettext_lazy("of a person", "door"),
}
HIDDEN = "••••"
PAGE = 20


@dataclass(frozen=True)
class Private:
    """One personal field: masked, or shown for once."""

    submission_id: int
    field: str
    masked: str
    shown: str = ""

    @property
    def label(self) -> Promise:
        return LABELS[self.field]


@dataclass(frozen=True)
class AskerView:
    """One asker of a Case."""

    pk: int
    submission: Submission
    first_case_id: int
    private: list[Private]
    answers: list[tuple[str, str]]
    photos: list[Photo]


@dataclass(frozen=True)
class AskerPage:
    """Some askers of a Case: a fault that thousands report stays one screen."""

    first: AskerView | None
    shown: list[AskerView]
    total: int
    after: int
    next: int | None

    @property
    def is_begun(self) -> bool:
        """Whether askers before these are left out."""
        return self.after > 0


def askers_of(case: Case, after: int = 0) -> AskerPage:
    """Return a Case's askers a page at a time, the first one first; ``after`` is the asker before the page."""
    found = case.askers.select_related("submission").prefetch_related("submission__photos").order_by("id")
    rows = list(found.filter(pk__gt=after)[: PAGE + 1])
    shown = [_view(asker, case.service) for asker in rows[:PAGE]]
    eldest = found.first() if after else None
    first = _view(eldest, case.service) if eldest else next(iter(shown), None)
    following = rows[PAGE - 1].pk if len(rows) > PAGE else None
    total = case.askers.count() if after or following else len(rows)
    return AskerPage(first, shown, total, after, following)


def _view(asker: Asker, service: Service | None) -> AskerView:
    submission = asker.submission
    return AskerView(
        pk=asker.pk,
        submission=submission,
        first_case_id=asker.first_case_id,
        private=private_of(submission),
        answers=answers_of(submission.answers, service.questions if service else []),
        photos=list(submission.photos.all()),
    )


def private_of(submission: Submission) -> list[Private]:
    """Return the personal fields that a Submission holds, masked."""
    said = masked(submission)
    shown = {"name": said.name, "phone": said.phone, "door": HIDDEN if said.has_door else ""}
    return [Private(submission.pk, field, text) for field, text in shown.items() if text]


def answers_of(answers: Mapping[str, Any], questions: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Put answers beside the words of their questions, choices by their names; what nobody asked comes last."""
    asked = {question["code"]: question for question in questions}
    known = [(_words(asked[code]), _answer(asked[code], answers[code])) for code in asked if code in answers]
    others = [(code, str(value)) for code, value in answers.items() if code not in asked]
    return known + others


def _words(entry: Mapping[str, Any]) -> str:
    return in_language(entry.get("zh", ""), entry.get("en", ""))


def _answer(question: Mapping[str, Any], value: Any) -> str:
    names = {choice["key"]: _words(choice) for choice in question.get("choices", ())}
    values = value if isinstance(value, list) else [value]
    # A moment comes as its form field wrote it: 2026-11-24T09:00.
    is_moment = question.get("kind") == "datetime"
    said = [str(one).replace("T", " ") if is_moment else names.get(one, str(one)) for one in values]
    return in_language("、", ", ").join(said)
