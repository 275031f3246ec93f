"""Later asks join the banner's Case: they get a receipt and its story, but no Case of their own.

Not so an ask with words of danger, one that a rule makes urgent (oxygen at home in a power failure), and one whose
asker said that it is something else.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from django.db.models import F

from bihuan.kernel import clock
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.cases import changes, gist, telling
from bihuan.spine.cases.banners import SOMETHING_ELSE
from bihuan.spine.cases.banners.area import Live, Spot, case_of, first_fit, live
from bihuan.spine.cases.models import Asker, Banner, Case, Caught
from bihuan.spine.cases.rules import pattern_of
from bihuan.spine.cases.states import UNDONE, Priority
from bihuan.spine.door.models import Submission
from bihuan.spine.messages import actions as messages
from bihuan.spine.messages.wording import ENGLISH, plain_language


class Ask(Protocol):
    """A Submission, and the Case that it would open."""

    @property
    def submission(self) -> Submission: ...
    @property
    def case(self) -> Case: ...


URGENT_BY_RULE = (Priority.URGENT, Priority.NORMAL)

A = TypeVar("A", bound=Ask)


def catch(asks: Sequence[A]) -> tuple[list[Case], list[A]]:
    """Let the asks that fit a banner join its Case, inside triage's transaction.

    Returns
    -------
    The Case that each caught ask has joined, and the asks that open Cases of their own.
    """
    up = live() if asks else []
    if not up:
        return [], list(asks)
    fitting: dict[int, list[A]] = {}
    for ask in asks:
        if banner := _banner_for(ask, up):
            fitting.setdefault(banner.pk, []).append(ask)
    joined: list[Case] = []
    caught: set[int] = set()
    for number, theirs in sorted(fitting.items()):
        if case := _join(number, theirs):
            joined += [case] * len(theirs)
            caught.update(ask.submission.pk for ask in theirs)
    return joined, [ask for ask in asks if ask.submission.pk not in caught]


def _banner_for(ask: Ask, up: Sequence[Live]) -> Banner | None:
    case = ask.case
    spot = Spot(case.lon, case.lat, case.site_id)
    banner = first_fit(up, case.service_id, spot)
    return None if banner is None or _is_own(ask) else banner


def _is_own(ask: Ask) -> bool:
    """Say whether an ask needs a Case of its own whatever is known: life comes before order."""
    service = ask.case.service
    usual = service.priority if service else Priority.NORMAL
    if ask.submission.answers.get(SOMETHING_ELSE) or (ask.case.priority, usual) == URGENT_BY_RULE:
        return True
    words = tuple(service.danger_words) if service else ()
    return bool(words) and pattern_of(words).search(gist.words_of(ask.submission)) is not None


def _join(number: int, asks: Sequence[Ask]) -> Case | None:
    """Tie asks to the banner's Case; nothing when it came down or the Case was done in the meantime."""
    banner = Banner.objects.select_related("case__merged_into").get(pk=number)
    related = Case.objects.select_for_update(of=("self",)).select_related("service", "agency")
    case = related.get(pk=case_of(banner).pk)
    locked = Banner.objects.select_for_update(of=("self",)).filter(pk=number, ended_at__isnull=True)
    if case.status not in UNDONE or not locked.exists():
        return None
    askers = Asker.objects.bulk_create(_asker(ask, case) for ask in asks)
    Caught.objects.bulk_create(Caught(banner=banner, asker=asker, at=clock.now()) for asker in askers)
    Banner.objects.filter(pk=number).update(caught_count=F("caught_count") + len(askers))
    # One line for all that came together: the history of a fault that thousands report stays readable.
    submissions = [ask.submission.pk for ask in asks]
    changes.told(case, "join", SYSTEM, {"banner": number, "submissions": submissions})
    messages.send_many(
        telling.draft(case, ask.submission, "joined", words_for(banner, ask.submission)) for ask in asks
    )
    return case


def _asker(ask: Ask, case: Case) -> Asker:
    submission = ask.submission
    return Asker(case=case, first_case=case, submission=submission, phone_hash=submission.phone_hash)


def words_for(banner: Banner, submission: Submission) -> str:
    """Return what a banner says in the language of an asker."""
    is_english = plain_language(submission.language) == ENGLISH
    return (banner.words_en if is_english else "") or banner.words_zh
