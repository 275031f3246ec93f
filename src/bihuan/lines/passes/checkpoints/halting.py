"""The devices' list of numbers that count no longer: what changed, edition by edition."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.lines.passes.models import Halt, HaltEdition, Pass
from bihuan.lines.passes.seal import halts, keys
from bihuan.lines.passes.seal.reasons import Reason
from bihuan.lines.passes.states import Status

REASONS = {
    Status.REVOKED: Reason.REVOKED,
    Status.SUSPENDED: Reason.SUSPENDED,
    Status.REPLACED: Reason.REPLACED,
}


def list_since(since: int) -> str:
    """Return the signed text of what changed after an edition, complete as of now."""
    at = clock.now()
    edition = refresh()
    rows = Halt.objects.filter(edition__gt=since if since <= edition else 0, edition__lte=edition)
    changed = {row.number: _halted(row) for row in rows}
    delta = halts.Delta(since if since <= edition else 0, edition, at, changed)
    return halts.write(delta, keys.signer())


def refresh() -> int:
    """Bring the list up to the passes as they stand; return its edition. Two at once: one does it."""
    before = _edition()
    changed = _changes()
    if not changed:
        return before
    with transaction.atomic():
        moved = HaltEdition.objects.filter(pk=1, edition=before).update(edition=before + 1)
        if moved:
            _write(changed, before + 1)
    return before + 1 if moved else _edition()


def _write(changed: list[Halt], edition: int) -> None:
    for row in changed:
        row.edition = edition
    fields = ["reason", "code_edition", "from_edition", "edition"]
    Halt.objects.bulk_create(changed, update_conflicts=True, unique_fields=["number"], update_fields=fields)


def _edition() -> int:
    try:
        with transaction.atomic():
            return HaltEdition.objects.get_or_create(pk=1)[0].edition
    except IntegrityError:
        return HaltEdition.objects.get(pk=1).edition


def _halted(row: Halt) -> halts.Halted:
    return halts.Halted(Reason(row.reason) if row.reason else None, row.from_edition)


def _changes() -> list[Halt]:
    """Return the lines of the list that are missing or wrong, as they must be."""
    listed = Halt.objects.in_bulk()
    halted = Pass.objects.filter(status__in=REASONS, valid_until__gt=clock.now(), number__isnull=False)
    rows = list(halted.values_list("number", "status", "edition"))
    wanted = {str(number): (REASONS[Status(status)].value, edition) for number, status, edition in rows}
    changed = [
        Halt(number=number, reason=reason, code_edition=edition, from_edition=_from(listed.get(number)))
        for number, (reason, edition) in wanted.items()
        if number not in listed or listed[number].reason != reason
    ]
    again = [number for number, row in listed.items() if row.reason and number not in wanted]
    return changed + _in_force_again(again, listed)


def _from(row: Halt | None) -> int:
    return row.from_edition if row else 1


def _in_force_again(numbers: list[str], listed: Mapping[str, Halt]) -> list[Halt]:
    """What was restored with a new code counts from that one on: the old one may be in other hands."""
    rows = Pass.objects.filter(number__in=numbers, status=Status.ISSUED).values_list("number", "edition")
    return [
        Halt(
            number=str(number), code_edition=edition,
            from_edition=max(edition if edition > listed[str(number)].code_edition else 1, _from(listed[str(number)])),
        )
        for number, edition in rows
    ]  # fmt: skip
