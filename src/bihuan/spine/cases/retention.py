"""Taking personal data out when its time has come, as each model says of each of its fields.

What belongs to an open Case stays, however old: somebody still works with it.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db.models import Exists, JSONField, Model, OuterRef, Q, QuerySet

from bihuan.kernel.clock import now
from bihuan.kernel.retention import Erase, Keep, Scrub
from bihuan.spine.accounts import once
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.cases.models import Asker, Case, Note
from bihuan.spine.door.models import Photo, Submission
from bihuan.spine.door.photos import remove_file
from bihuan.spine.messages.models import Message

MARK = "[…]"
CHUNK = 500
UNUSED_FOR = timedelta(days=2)  # a form that came back can be sent again for a day


def take_out(*, is_dry_run: bool = False) -> dict[str, int]:
    """Scrub and erase what is due; return the number of rows for each ``model.field``.

    A dry run only counts. Doing it again finds nothing more. Leaves one Event.
    """
    counts = {}
    for model, field, rule in rules():
        rows = due(model, field, rule)
        counts[f"{model._meta.model_name}.{field}"] = (
            rows.count() if is_dry_run else _empty(rows, field, rule)
        )
    counts["photo"] = drop_unused(is_dry_run=is_dry_run)
    counts["repeat"] = once.drop_old(is_dry_run=is_dry_run)
    if not is_dry_run:
        record(by=SYSTEM, verb="retention", subject=("retention", None), detail=counts)
    return counts


def drop_unused(*, is_dry_run: bool = False) -> int:
    """Drop photos that a day later belong to nothing: of forms that came back and were never sent."""
    used = Note.objects.filter(photo=OuterRef("pk"))
    before = now() - UNUSED_FOR
    unused = Photo.objects.filter(~Exists(used), submission=None, created_at__lt=before).exclude(path="")
    if is_dry_run:
        return unused.count()
    dropped = 0
    while chunk := list(unused[:CHUNK]):
        for photo in chunk:
            remove_file(photo)
        dropped += Photo.objects.filter(pk__in=[photo.pk for photo in chunk]).delete()[0]
    return dropped


def rules() -> Iterator[tuple[type[Model], str, Scrub | Erase]]:
    """Yield every field of every model that is to be scrubbed or erased some day."""
    for model in apps.get_models():
        for field, rule in getattr(model, "RETENTION", {}).items():
            if not isinstance(rule, Keep):
                yield model, field, rule


def due(model: type[Model], field: str, rule: Scrub | Erase) -> QuerySet[Any]:
    """Return the rows whose field has had its time and is not empty yet."""
    aged = {f"{model.AGED_FROM}__lt": now() - timedelta(days=rule.days)}  # type: ignore[attr-defined]
    return model._default_manager.filter(~_in_use(model), **aged).exclude(_is_empty(model, field, rule))


def _in_use(model: type[Model]) -> Q:
    """Return which rows of the rooms below belong to something that goes on; those above say it by their age."""
    open_asker = Asker.objects.filter(case__is_open=True)
    uses: dict[type[Model], Q] = {
        User: Q(is_active=True),
        Submission: Q(triaged_at=None) | Q(Exists(open_asker.filter(submission=OuterRef("pk")))),
        Photo: Q(submission__isnull=False, submission__triaged_at=None)
        | Q(Exists(open_asker.filter(submission=OuterRef("submission"))))
        | Q(Exists(Note.objects.filter(photo=OuterRef("pk"), case__is_open=True))),
        Message: Q(Exists(Case.objects.filter(pk=OuterRef("case_id"), is_open=True))),
    }
    return uses.get(model, Q(pk__in=[]))


def _emptied(model: type[Model], field: str, rule: Scrub | Erase) -> Any:
    """Return what stands in the field afterwards."""
    column = model._meta.get_field(field)
    if isinstance(column, JSONField):
        return {}
    if isinstance(rule, Scrub):
        return MARK
    return None if column.null else ""


def _is_empty(model: type[Model], field: str, rule: Scrub | Erase) -> Q:
    empty = _emptied(model, field, rule)
    if empty is None:
        return Q(**{f"{field}__isnull": True})
    # Words that were never written need no mark.
    return Q(**{f"{field}__in": [MARK, ""]}) if empty == MARK else Q(**{field: empty})


def _empty(rows: QuerySet[Any], field: str, rule: Scrub | Erase) -> int:
    """Empty the field a few hundred rows at a time, so that nobody waits long for a lock."""
    done, emptied = 0, {field: _emptied(rows.model, field, rule)}
    while chunk := list(rows[:CHUNK]):
        if rows.model is Photo:
            for photo in chunk:
                remove_file(photo)
        done += rows.model._default_manager.filter(pk__in=[row.pk for row in chunk]).update(**emptied)
    return done
