"""A rule said as a sentence, in the reader's language."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from bihuan.spine.cases.models import Rule
from bihuan.spine.cases.states import Priority
from bihuan.spine.places.models import ZoneState


def sentence_of(rule: Rule) -> str:
    """Say under which conditions a rule gives a Case to whom, and how urgently."""
    conditions = _(" and ").join(conditions_of(rule))
    said = _("If %(conditions)s") % {"conditions": conditions} if conditions else _("Always")
    return f"{said} → {outcome_of(rule)}"


def conditions_of(rule: Rule) -> Iterator[str]:
    """Yield each condition of a rule in words."""
    if rule.service:
        yield _("the service is “%(service)s”") % {"service": rule.service}
    if rule.district:
        yield _("the place lies in %(district)s") % {"district": rule.district}
    if rule.site:
        yield _("the place is %(site)s") % {"site": rule.site}
    if rule.words:
        yield words_of(rule)
    if rule.zone_state:
        yield _("the zone is “%(state)s”") % {"state": ZoneState(rule.zone_state).label}


def words_of(rule: Rule) -> str:
    """Name the words of which one has to occur."""
    said = _(" or ").join(_("“%(word)s”") % {"word": word} for word in rule.words)
    return _("%(words)s occurs in the text") % {"words": said}


def outcome_of(rule: Rule) -> str:
    """Say who gets the Case, and how urgent it is where the rule says so."""
    if not rule.priority:
        return _("give it to %(agency)s") % {"agency": rule.agency}
    said = {"agency": rule.agency, "priority": Priority(rule.priority).label}
    return _("give it to %(agency)s as %(priority)s") % said
