"""The kinds of Events of a timeline, each as a condition that the database can see to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bihuan.spine.audit.models import ActorKind, Event

MESSAGES = ("messages",)
READINGS = ("reveal", "export")
CLOCKS = ("breached", "climbed", "recounted", "silent", "heard")
# Decisions of command that belong to a Case.
WITH_A_CASE = ("refer", "decide", "banner", "banner_end")
# Staff's doings without a Case that decide nothing for the city.
DAILY = ("issue_token", "enter", "not_twin", "twin_again", "slip")
DAILY_PREFIX = "care_"


class Kind(models.TextChoices):
    COMMAND = "command", _("decisions of command")
    CASE = "case", _("moves of cases")
    CLOCK = "clock", _("clocks")
    MESSAGE = "message", _("messages")
    READING = "reading", _("readings of personal data")
    UPKEEP = "upkeep", _("everything else")


_ELSEWHERE = Q(verb__in=(*MESSAGES, *READINGS, *CLOCKS))
_DAILY = Q(verb__in=DAILY) | Q(verb__startswith=DAILY_PREFIX)
# What a person did to no Case in particular: a switch, a rule, a level, a banner.
_ALONE = Q(case_id__isnull=True, actor_kind=ActorKind.STAFF) & ~_DAILY
_COMMAND = (_ALONE | Q(verb__in=WITH_A_CASE)) & ~_ELSEWHERE

CONDITIONS: dict[str, Q] = {
    Kind.COMMAND: _COMMAND,
    Kind.CASE: Q(case_id__isnull=False) & ~Q(verb__in=WITH_A_CASE) & ~_ELSEWHERE & ~_DAILY,
    Kind.CLOCK: Q(verb__in=CLOCKS),
    Kind.MESSAGE: Q(verb__in=MESSAGES),
    Kind.READING: Q(verb__in=READINGS),
    Kind.UPKEEP: ~_ELSEWHERE & ~_COMMAND & (Q(case_id__isnull=True) | _DAILY),
}


def kind_of(event: Event) -> Kind:
    """Return the kind of one Event, as its condition would."""
    verb = event.verb
    for kind, verbs in ((Kind.MESSAGE, MESSAGES), (Kind.READING, READINGS), (Kind.CLOCK, CLOCKS)):
        if verb in verbs:
            return kind
    if verb in WITH_A_CASE:
        return Kind.COMMAND
    is_daily = verb in DAILY or verb.startswith(DAILY_PREFIX)
    if event.case_id is not None:
        return Kind.UPKEEP if is_daily else Kind.CASE
    return Kind.COMMAND if event.actor_kind == ActorKind.STAFF and not is_daily else Kind.UPKEEP
