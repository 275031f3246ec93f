"""Why a place was or was not taken from a text, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "none": _("the text names no place that is known"),
    "site": _("the text names this place"),
    "by_district": _("several places bear this name; the district named beside it tells which"),
    "district": _("the text names the district or street only"),
    "several": _("several places fit; a person has to choose"),
    "elsewhere": _("the place does not lie in the district that the text names"),
    "near": _("the text says near by, not there"),
    "phase": _("the text names a phase of this place that is not known"),
    "not": _("the text says that it is not there"),
    "from": _("the text says that somebody comes from there"),
    "to": _("the text says that somebody goes there"),
}
