"""What surrounds the asking back: whose word it is, how content, who could not be reached, a slip of paper."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.cases import changes
from bihuan.spine.cases.actions.ending import end
from bihuan.spine.cases.actions.step import begin, lock
from bihuan.spine.cases.closing import visits
from bihuan.spine.cases.models import Asker, Case, Content, Visit
from bihuan.spine.cases.rights import Who
from bihuan.spine.cases.states import Outcome

# An asker counts as unreachable after so many tries, and not before.
LEAST_TRIES, MOST_TRIES = 3, 99


def whose(case: Case, asker: Asker | None) -> Asker:
    """Return whose word is taken down; refuses a stranger, and to guess where several asked."""
    askers = list(case.askers.order_by("id")[:2]) if asker is None else [asker]
    if len(askers) != 1:
        raise Refused(_("Several asked for this. Say who of them answers."), code="asker", field="asker")
    if askers[0].case_id != case.pk:
        raise Refused(_("This person did not ask for this case."), code="asker", field="asker")
    return askers[0]


def keep_content(visit: Visit, content: str) -> dict[str, Any]:
    """Keep how content an asker is, if it was said; return what that makes of the Case."""
    if not content:
        return {}
    if content not in Content.values:
        raise Refused(_("There is no such answer."), code="content", field="content")
    visit.content = content
    visit.save(update_fields=["content"])
    return {"content": visits.least_content(visit)}


@transaction.atomic
def rate(*, visit: Visit, by: Who, content: str) -> Case:
    """Say how content one is, after a yes or a no; refuses a second time."""
    case = lock(visit.case_id)
    fresh = Visit.objects.select_related("asker", "case").get(pk=visit.pk)
    if visits.turn_of(fresh) != visits.Turn.CONTENT:
        raise Conflict(_("That was answered already, or too long ago."))
    if not content:
        raise Refused(_("There is no such answer."), code="content", field="content")
    least = keep_content(fresh, content)
    detail = {"visit": fresh.pk, "asker": fresh.asker_id}
    changes.write(case, "rate", by, detail=detail, **(least if _is_latest(fresh) else {}))
    return case


def _is_latest(visit: Visit) -> bool:
    later = Visit.objects.filter(case_id=visit.case_id, resolved_at__gt=visit.resolved_at).exclude(content="")
    return not later.exists()


@transaction.atomic
def check(*, case: Case, by: Who) -> Case:
    """Close what no resident asked for: a supervisor, not whoever did the work, has looked at it."""
    step = begin(case, "check", by)
    closed = end(step, Outcome.CHECKED)
    step.tell()
    return closed


@transaction.atomic
def unreachable(*, case: Case, by: Who, tries: int) -> Case:
    """Take down that nobody who asked could be reached after so many tries; the wait goes on."""
    step = begin(case, "unreachable", by)
    if not LEAST_TRIES <= tries <= MOST_TRIES:
        message = _("At least %(count)d tries, please, at different times.") % {"count": LEAST_TRIES}
        raise Refused(message, code="tries", field="tries")
    return step.write(detail={"tries": tries}, unreachable_at=step.now)


@transaction.atomic
def slip(*, case: Case, by: Who, asker: Asker | None = None) -> str:
    """Make a link to be printed for an asker who reads paper only; one sent earlier ends. Return the link."""
    step = begin(case, "slip", by)
    visit = _unanswered(step.case, whose(step.case, asker))
    token = visits.new_token()
    visit.token_hash, visit.channel = visits.hash_of(token), visits.PAPER
    visit.save(update_fields=["token_hash", "channel"])
    step.write(detail={"visit": visit.pk, "asker": visit.asker_id})
    return visits.link_of(token)


def _unanswered(case: Case, asker: Asker) -> Visit:
    visits.ask(case, [asker])
    visit = visits.asked(case).filter(asker=asker, answered_at=None).first()
    if visit is None:
        raise Refused(_("This asker has said so already."), code="said", field="asker")
    return visit
