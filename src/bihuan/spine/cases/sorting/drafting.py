"""Changing the rules of a draft. Each change counts its revision, so that a trial of an older wording is known."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import record
from bihuan.spine.cases.models import Edition, Rule
from bihuan.spine.cases.sorting.editions import check_may, touch

MOST_RULES = 1_000
MOST_WORDS = 100
LONGEST_WORD = 60
FIELDS = (
    "name_zh",
    "name_en",
    "service",
    "district",
    "site",
    "words",
    "zone_state",
    "agency",
    "priority",
    "is_active",
)


@transaction.atomic
def add_rule(*, edition: Edition, by: User, number: int | None = None, **said: Any) -> Rule:
    """Add a rule at a place, else at the end; those below move down."""
    check_may(by)
    touch(edition)
    count = edition.rules.count()
    if count >= MOST_RULES:
        raise Refused(_("A rulebook holds %(n)d rules at the most.") % {"n": MOST_RULES}, code="many")
    rule = Rule(edition=edition, number=count + 1, **_checked(said))
    rule.save(force_insert=True)
    if number is not None:
        _place(rule, number)
    record(by=by, verb="rule_added", subject=edition, detail={"rule": rule.pk, "number": rule.number})
    return rule


@transaction.atomic
def change_rule(*, rule: Rule, by: User, number: int | None = None, **said: Any) -> Rule:
    """Change what a rule of a draft says, and its place where one is named."""
    check_may(by)
    touch(rule.edition)
    for name, value in _checked(said).items():
        setattr(rule, name, value)
    rule.save(update_fields=sorted(said))
    if number is not None:
        _place(rule, number)
    record(by=by, verb="rule_changed", subject=rule.edition, detail={"rule": rule.pk, "fields": sorted(said)})
    return rule


@transaction.atomic
def move_rule(*, rule: Rule, to: int, by: User) -> Rule:
    """Put a rule of a draft at another place in the order."""
    check_may(by)
    before = rule.number
    if max(1, min(to, rule.edition.rules.count())) == before:
        return rule
    touch(rule.edition)
    _place(rule, to)
    detail = {"rule": rule.pk, "from": before, "to": rule.number}
    record(by=by, verb="rule_moved", subject=rule.edition, detail=detail)
    return rule


@transaction.atomic
def remove_rule(*, rule: Rule, by: User) -> None:
    """Take a rule out of a draft; the editions that were in force keep theirs."""
    check_may(by)
    touch(rule.edition)
    detail = {"rule": rule.pk, "number": rule.number}
    _place(rule, rule.edition.rules.count())
    rule.delete()
    record(by=by, verb="rule_removed", subject=rule.edition, detail=detail)


def _place(rule: Rule, to: int) -> None:
    """Move a rule; those between give way by one."""
    rule.refresh_from_db(fields=["number"])
    others = Rule.objects.filter(edition=rule.edition_id)
    to = max(1, min(to, others.count()))
    if to == rule.number:
        return
    low, high, step = (to, rule.number - 1, 1) if to < rule.number else (rule.number + 1, to, -1)
    # A number may stand once only, at every moment: what gives way goes aside first.
    others.filter(pk=rule.pk).update(number=0)
    others.filter(number__range=(low, high)).update(number=-F("number"))
    others.filter(number__lt=0).update(number=step - F("number"))
    others.filter(pk=rule.pk).update(number=to)
    rule.number = to


def _checked(said: dict[str, Any]) -> dict[str, Any]:
    unknown = set(said) - set(FIELDS)
    if unknown:
        raise TypeError(f"a rule has no {sorted(unknown)}")
    if "words" in said:
        said["words"] = plain_words(said["words"])
    site, district = said.get("site"), said.get("district")
    if site and district and district.pk not in (site.district_id, site.street_id):
        message = _("%(site)s does not lie in %(district)s: no case could ever fit.")
        raise Refused(message % {"site": site, "district": district}, code="nowhere", field="site")
    return said


def plain_words(words: list[str]) -> list[str]:
    """Return each word once, without spaces around it; refuses far too many or far too long ones."""
    kept = list(dict.fromkeys(word.strip() for word in words if word.strip()))
    if len(kept) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in kept):
        message = _("At most %(n)d words of %(long)d characters each, please.")
        raise Refused(message % {"n": MOST_WORDS, "long": LONGEST_WORD}, code="words", field="words")
    return kept


def rule_of_draft(edition: Edition, number: int) -> Rule:
    """Return a rule of a draft by its key; who comes too late is told."""
    rule = Rule.objects.select_related("edition").filter(edition=edition, pk=number).first()
    if rule is None:
        raise Conflict(_("This rule is no longer in the draft."))
    return rule
