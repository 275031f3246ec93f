"""Asking each asker of a resolved Case, once for each time that it was resolved, whether it is done.

Whoever is reached on a telephone gets a link of their own; it opens a page with two buttons and nothing else. Of its
token only the hash is kept. It ends with the answer, or when the Case is closed or opened again.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import QuerySet

from bihuan.kernel import clock
from bihuan.kernel.private import unseal
from bihuan.spine.cases.models import Asker, Case, Content, Visit
from bihuan.spine.cases.states import Status
from bihuan.spine.messages.channels.choosing import channel_for

TOKEN_BYTES = 16
SCREEN, PAPER = "screen", "paper"
# After a yes or a no the same link still takes how content the asker is, this long.
CONTENT_WITHIN = timedelta(days=1)
# From the worst to the best, for the least content of several askers.
WORST_FIRST = (Content.NO, Content.FAIR, Content.YES)


class Turn(StrEnum):
    """What a link still asks: whether it is done, how content one is, or nothing any more."""

    DONE = "done"
    CONTENT = "content"
    OVER = "over"


@dataclass(frozen=True)
class Way:
    """How one asker is asked: by which channel, with which token."""

    channel: str
    token: str

    @property
    def token_hash(self) -> str | None:
        return hash_of(self.token) if self.token else None

    @property
    def link(self) -> str:
        return link_of(self.token) if self.token else ""


def ask(case: Case, askers: Sequence[Asker]) -> dict[int, str]:
    """Ask askers whether the Case is done; return the link of each who gets one, by the asker's number.

    To be called in the transaction that writes the messages. Whoever was asked already for this time that it was
    resolved is passed over, and a Case that is not resolved any more asks nobody.
    """
    at = Case.objects.filter(pk=case.pk, status=Status.RESOLVED).values_list("resolved_at", flat=True).first()
    if at is None or case.is_self_raised:
        return {}
    asked = set(_of(at, askers).values_list("asker_id", flat=True))
    ways = {asker.pk: _way(asker) for asker in askers if asker.pk not in asked}
    now = clock.now()
    Visit.objects.bulk_create(
        [_visit(case, asker, at, now, ways[asker.pk]) for asker in askers if asker.pk in ways], batch_size=500
    )
    return {number: way.link for number, way in ways.items() if way.link}


def _of(at: datetime, askers: Iterable[Asker]) -> QuerySet[Visit]:
    return Visit.objects.filter(asker_id__in=[asker.pk for asker in askers], resolved_at=at)


def _way(asker: Asker) -> Way:
    submission = asker.submission
    channel = channel_for(submission.channel, unseal(submission.phone_sealed))
    # Who reads on the receipt's own page finds the question there; who can't be reached finds it there, too.
    if channel is None or channel.is_immediate:
        return Way(SCREEN, "")
    return Way(channel.name, new_token())


def _visit(case: Case, asker: Asker, resolved_at: datetime, now: datetime, way: Way) -> Visit:
    return Visit(
        case=case, asker=asker, agency=case.agency, resolved_at=resolved_at, asked_at=now, channel=way.channel,
        token_hash=way.token_hash,
    )  # fmt: skip


def new_token() -> str:
    """Return a token that nobody can guess: 128 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(token: str) -> str:
    """Return the address that goes to the asker."""
    return f"{settings.BIHUAN_SITE_URL}/v/{token}/"


# --- Reading ----------------------------------------------------------------------------------------------


def visit_of(token: str) -> Visit | None:
    """Return the asking that a link belongs to, whatever has become of it."""
    related = ("case__service", "case__agency", "asker__submission")
    return Visit.objects.select_related(*related).filter(token_hash=hash_of(token)).first()


def turn_of(visit: Visit) -> Turn:
    """Say what a link still asks."""
    if visit.answered_at is not None:
        is_fresh = clock.now() < visit.answered_at + CONTENT_WITHIN
        return Turn.CONTENT if is_fresh and not visit.content else Turn.OVER
    case, asker = visit.case, visit.asker
    is_now = case.status == Status.RESOLVED and case.resolved_at == visit.resolved_at
    # After an unmerge the asker's word belongs to another Case.
    return Turn.DONE if is_now and asker.case_id == case.pk else Turn.OVER


def latest_of(asker: Asker) -> Visit | None:
    """Return the latest asking of one asker."""
    return Visit.objects.filter(asker=asker).order_by("-resolved_at").first()


def has_askers(case: Case) -> bool:
    """Say whether there is anybody to ask: not where staff or the system raised it themselves."""
    return not case.is_self_raised and case.askers.exists()


def answers(case: Case) -> QuerySet[Visit]:
    """Return what was answered to the latest time that the Case was resolved."""
    return asked(case).filter(answered_at__isnull=False)


def asked(case: Case) -> QuerySet[Visit]:
    """Return who was asked about the latest time that the Case was resolved."""
    if case.resolved_at is None:
        return Visit.objects.none()
    return Visit.objects.filter(case=case, resolved_at=case.resolved_at)


def said_yes(asker: Asker) -> bool:
    """Say whether this asker has said yes and others' answers are awaited."""
    case = asker.case
    return case.status == Status.RESOLVED and answers(case).filter(asker=asker, is_solved=True).exists()


def left_to_ask(case: Case) -> int:
    """Count the askers who have not said yes to the latest time that the Case was resolved."""
    yes = answers(case).filter(is_solved=True).values("asker_id")
    return case.askers.exclude(pk__in=yes).count()


# --- Answering, inside an action's transaction ------------------------------------------------------------


def answer(case: Case, asker: Asker, now: datetime, *, is_solved: bool) -> Visit | None:
    """Take down one asker's yes or no; None when that one has said the same already.

    Who reads the receipt's page may be quicker than the worker that asks thousands: the asking is made up then. A yes
    can turn into a no for as long as the Case can be opened again, a no is final for its time.
    """
    visit, _made = Visit.objects.get_or_create(
        asker=asker,
        resolved_at=case.resolved_at or now,
        defaults={"case": case, "agency": case.agency, "asked_at": now, "channel": SCREEN},
    )
    if visit.is_solved == is_solved:
        return None
    visit.answered_at, visit.is_solved = now, is_solved
    visit.save(update_fields=["answered_at", "is_solved"])
    return visit


def least_content(visit: Visit) -> str:
    """Return how content the least content of those is who said so of the same time that it was resolved."""
    same = Visit.objects.filter(case_id=visit.case_id, resolved_at=visit.resolved_at).exclude(content="")
    said = set(same.values_list("content", flat=True))
    return next((content.value for content in WORST_FIRST if content in said), "")
