"""Changing the tree of agencies."""

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency


def is_loop(agency: Agency) -> bool:
    """Say whether an agency would come to stand below itself."""
    above = agency.parent
    while above is not None and above.pk != agency.pk:
        above = above.parent
    return above is not None and agency.pk is not None


@transaction.atomic
def save_agency(agency: Agency) -> Agency:
    """Save a new, renamed or moved agency, and take along those below it; refuse a loop."""
    if is_loop(agency):
        raise Refused(_("An agency can't stand below itself."), code="loop", field="parent")
    before = Agency.objects.filter(pk=agency.pk).values_list("path", flat=True).first()
    agency.place_under_parent()
    agency.save()
    if before and before != agency.path:
        below = Agency.objects.filter(path__startswith=before).exclude(pk=agency.pk)
        below.update(path=Concat(Value(agency.path), Substr(F("path"), Length(Value(before)) + 1)))
    return agency
