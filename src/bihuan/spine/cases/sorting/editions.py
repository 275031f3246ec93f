"""Editions of the rulebook: a draft is made, tried and switched on; an earlier edition can be taken back."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record
from bihuan.spine.cases.models import Edition, EditionState, Rule, Trial

COPIED = tuple(
    field.name for field in Rule._meta.concrete_fields if field.name not in {"id", "edition", "number"}
)


def in_force() -> Edition | None:
    """Return the edition by which Cases find their owners now."""
    return Edition.objects.filter(state=EditionState.IN_FORCE).first()


def draft() -> Edition | None:
    """Return the draft, if somebody has begun one."""
    return Edition.objects.filter(state=EditionState.DRAFT).select_related("made_by", "based_on").first()


def past() -> QuerySet[Edition]:
    """Return the editions that were in force before, the latest first."""
    found = Edition.objects.filter(state=EditionState.PAST).select_related("switched_by")
    return found.order_by("-switched_at", "-id")


def rules_of(edition: Edition) -> list[Rule]:
    """Return the rules of an edition in their order, with what a sentence about them needs."""
    return list(
        edition.rules.select_related("service", "district", "site", "agency")
        .defer("district__outline", "service__questions")
        .order_by("number")
    )


@transaction.atomic
def begin_draft(*, by: User) -> Edition:
    """Begin a draft as a copy of what is in force; refuses while there is one."""
    check_may(by)
    base = in_force()
    try:
        with transaction.atomic():
            made = Edition.objects.create(based_on=base, made_by=by, made_at=clock.now())
    except IntegrityError as error:
        raise Conflict(_("There is a draft already. Change that one, or throw it away first.")) from error
    _copy(base.rules.order_by("number") if base else [], made)
    record(by=by, verb="rules_drafted", subject=made, detail={"based_on": base.pk if base else None})
    return made


@transaction.atomic
def discard(*, edition: Edition, by: User) -> None:
    """Throw a draft away; what was ever in force stays."""
    check_may(by)
    touch(edition)
    number = edition.pk
    edition.delete()
    record(by=by, verb="rules_discarded", subject=("edition", number))


@transaction.atomic
def switch_on(*, edition: Edition, revision: int, by: User) -> Edition:
    """Put a draft in force that was tried as it stands; whoever comes second is told."""
    check_may(by)
    base = in_force()
    trial = latest_trial(edition)
    if not trial or trial.finished_at is None or (trial.revision, trial.against_id) != (revision, _key(base)):
        raise Refused(_("Try the draft as it stands now on last week's cases first."), code="untried")
    _hand_over(base, edition, by, only={"state": EditionState.DRAFT, "revision": revision})
    record(by=by, verb="rules_switched", subject=edition, detail={"before": _key(base), "revision": revision})
    return edition


@transaction.atomic
def switch_back(*, edition: Edition, by: User) -> Edition:
    """Put an earlier edition in force again; whoever comes second is told."""
    check_may(by)
    base = in_force()
    _hand_over(base, edition, by, only={"state": EditionState.PAST})
    record(by=by, verb="rules_switched_back", subject=edition, detail={"before": _key(base)})
    return edition


def latest_trial(edition: Edition) -> Trial | None:
    """Return the trial of a draft that was asked for last."""
    return edition.trials.select_related("asked_by").order_by("-id").first()


def _hand_over(base: Edition | None, edition: Edition, by: User, only: dict[str, Any]) -> None:
    # The row counts decide: of two who switch at once only one finds both editions as they were looked at.
    if base and not Edition.objects.filter(pk=base.pk, state=EditionState.IN_FORCE).update(
        state=EditionState.PAST
    ):
        raise _too_late()
    now = {"state": EditionState.IN_FORCE, "switched_by": by, "switched_at": clock.now()}
    try:
        with transaction.atomic():
            done = Edition.objects.filter(pk=edition.pk, **only).update(**now)
    except IntegrityError as error:
        raise _too_late() from error
    if not done:
        raise _too_late()
    edition.refresh_from_db()


def _too_late() -> Conflict:
    current = Edition.objects.filter(state=EditionState.IN_FORCE).select_related("switched_by").first()
    if current is None or current.switched_by is None:
        return Conflict(_("The rules have changed in the meantime. Look again."))
    return Conflict(
        _("%(who)s was first: edition %(number)s is in force now.")
        % {"who": current.switched_by, "number": current.pk}
    )


def _key(edition: Edition | None) -> int | None:
    return edition.pk if edition else None


def _copy(rules: Iterable[Rule], into: Edition) -> None:
    rows = (
        Rule(edition=into, number=number, **{name: getattr(rule, name) for name in COPIED})
        for number, rule in enumerate(rules, 1)
    )
    Rule.objects.bulk_create(rows, batch_size=500)


def check_may(by: User) -> None:
    """Refuse whoever may not change rules."""
    if not by.may(Permission.RULES):
        raise Forbidden(
            _("Your role does not include: %(permission)s.") % {"permission": Permission.RULES.label}
        )


def touch(edition: Edition) -> None:
    """Count a change of a draft; refuses where it is one no more."""
    same = Edition.objects.filter(pk=edition.pk, state=EditionState.DRAFT)
    if not same.update(revision=F("revision") + 1):
        raise Conflict(_("This is no draft any more: it was switched on or thrown away."))
    edition.refresh_from_db()
