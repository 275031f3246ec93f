"""Telling the askers of a Case what happened: one outbox row each, in the transaction of the action.

The thousands of one fault are told by the worker, a batch at a time.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from bihuan.kernel import clock
from bihuan.kernel.ids import format_receipt
from bihuan.kernel.private import unseal
from bihuan.spine.cases.closing import visits
from bihuan.spine.cases.models import Asker, Case, Telling
from bihuan.spine.door.models import Submission
from bihuan.spine.messages import actions as messages
from bihuan.spine.messages.channels.choosing import DESK, MAIL
from bihuan.spine.messages.conversations.remembering import address_of
from bihuan.spine.messages.models import Message
from bihuan.spine.messages.wording import plain_language

DEFAULT_LANGUAGE = "zh-hans"
AT_ONCE = 50
BATCH = 200
# Channels by which people write from an address that is no telephone.
CONVERSED = frozenset({"wechat", "wecom", MAIL})


def tell(*, case: Case, template: str, words: str = "") -> None:
    """Put one message to every asker of a Case into the outbox; ``words`` are quoted in it.

    Where they are very many the worker goes on with it, so that no request has to write thousands of rows.
    """
    askers = list(case.askers.select_related("submission").order_by("id")[: AT_ONCE + 1])
    if len(askers) > AT_ONCE:
        last = case.askers.order_by("-id").values_list("pk", flat=True)[0]
        _tell_later(case, template, words, last)
    else:
        _send(case, template, words, askers)


def tell_some(*, case: Case, template: str, askers: Sequence[int], words: str = "") -> None:
    """Put one message to some askers, by their numbers, into the outbox."""
    if len(askers) > AT_ONCE:
        _tell_later(case, template, words, max(askers), only=sorted(askers))
    else:
        some = Asker.objects.filter(pk__in=askers).select_related("submission").order_by("id")
        _send(case, template, words, list(some))


def _tell_later(case: Case, template: str, words: str, upto: int, only: Sequence[int] = ()) -> None:
    Telling.objects.create(
        case=case, agency=case.agency, template=template, words=words, upto=upto, only=list(only),
        begun_at=clock.now(),
    )  # fmt: skip


def tell_on(limit: int = BATCH) -> int:
    """Go on with the telling that was begun first; return how many askers were told.

    How far it has come moves in the transaction that writes the messages: whoever dies, each is told once.
    """
    with transaction.atomic():
        waiting = Telling.objects.filter(done_at__isnull=True).order_by("id")
        begun = waiting.select_for_update(of=("self",), skip_locked=True).first()
        if begun is None:
            return 0
        askers = list(_next(begun, limit))
        _send(begun.as_case(), begun.template, begun.words, askers)
        is_done = len(askers) < limit
        begun.after = askers[-1].pk if askers else begun.upto
        begun.done_at = clock.now() if is_done else None
        begun.save(update_fields=["after", "done_at"])
    return len(askers)


def _send(case: Case, template: str, words: str, askers: Sequence[Asker]) -> None:
    """Tell some askers; with the word that it is done each is asked, by a link of their own."""
    links = visits.ask(case, askers) if template == "resolve" else {}
    messages.send_many(draft(case, one.submission, template, words, links.get(one.pk, "")) for one in askers)


def _next(begun: Telling, limit: int) -> QuerySet[Asker]:
    askers = Asker.objects.select_related("submission").filter(pk__gt=begun.after, pk__lte=begun.upto)
    if begun.only:
        left = [number for number in begun.only if number > begun.after]
        return askers.filter(pk__in=left[:limit]).order_by("id")
    return askers.filter(case_id=begun.case_id).order_by("id")[:limit]


def draft(
    case: Case, submission: Submission, template: str, words: str = "", link: str = ""
) -> Message | None:
    """Make the message to one asker without writing it; ``link`` is for that one alone."""
    # Only the languages there are: each other word would stay in memory as a catalogue of its own.
    language = plain_language(submission.language)
    return messages.draft(
        template=template,
        language=language,
        to_channel=submission.channel,
        address=_address_of(submission),
        about=submission.receipt,
        case_id=case.pk,
        context=_context(case, submission.receipt, words, language),
        link=link,
    )


def _address_of(submission: Submission) -> str:
    """Return where whoever asked is reached: on the channel by which it came, else by telephone."""
    if submission.channel in CONVERSED:
        return address_of(submission.receipt)
    return unseal(submission.phone_sealed)


def draft_for_agency(case: Case, template: str) -> Message | None:
    """Make a message to the desk of the agency that has the Case."""
    return messages.draft(
        template=template,
        language=DEFAULT_LANGUAGE,
        to_channel=DESK,
        address="",
        about=case.agency.code if case.agency else "",
        case_id=case.pk,
        context=_context(case, "", "", DEFAULT_LANGUAGE)
        | {"url": f"{settings.BIHUAN_SITE_URL}/desk/case/{case.pk}/"},
    )


def _context(case: Case, receipt: str, words: str, language: str) -> dict[str, str]:
    with translation.override(language):
        return {
            "receipt": format_receipt(receipt),
            "number": str(case.pk),
            "service": case.service.name if case.service else "",
            "agency": case.agency.name if case.agency else "",
            "words": words,
            "url": f"{settings.BIHUAN_SITE_URL}/r/{receipt}/",
        }
