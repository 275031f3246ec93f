"""Answers that are written once: whose they are, and their words for one asker."""

import re

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.kernel.ids import format_receipt
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import is_own, own_agencies
from bihuan.spine.audit.actions import record
from bihuan.spine.cases.models import CannedAnswer, Case, Service
from bihuan.spine.messages.wording import CHINESE, ENGLISH, plain_language

PLACEHOLDERS = ("receipt", "service", "agency", "place")
TITLE_LIMIT = 60
TEXT_LIMIT = 1500
# A plain word between braces and nothing else: no attribute, no index, no format, so that no text reaches further.
_BRACED = re.compile(r"\{([a-z]{1,20})\}")
KEEPERS = (Permission.RULES, Permission.STEER)


def render(text: str, values: dict[str, str]) -> str:
    """Fill the placeholders that are known; anything else stays as it was written."""
    return _BRACED.sub(lambda found: values.get(found[1], found[0]), text)


def text_for(answer: CannedAnswer, case: Case) -> str:
    """Return the words for a Case's first asker, in the asker's language; Chinese where there is no English."""
    return words_of(answer, case, *_first_asker(case))


def _first_asker(case: Case) -> tuple[str, str]:
    """Return the language and the receipt of a Case's first asker."""
    asker = case.askers.select_related("submission").order_by("id").first()
    if asker is None:
        return CHINESE, ""
    return plain_language(asker.submission.language), format_receipt(asker.submission.receipt)


def words_of(answer: CannedAnswer, case: Case, language: str, receipt: str) -> str:
    """Return the words in one language with the Case's values in them."""
    text = answer.text_en if language == ENGLISH and answer.text_en else answer.text_zh
    with translation.override(language):
        values = {
            "receipt": receipt,
            "service": case.service.name if case.service else "",
            "agency": case.agency.name if case.agency else "",
            "place": case.place,
        }
    return render(text, values)


def preview(text: str, language: str) -> str:
    """Return the words as an asker would read them, with made-up values."""
    zh = {"receipt": "1234 5678 9012", "service": "停电报修", "agency": "供电公司", "place": "示例小区"}
    en = {
        "receipt": "1234 5678 9012",
        "service": "Power failure",
        "agency": "Power company",
        "place": "Sample Court",
    }
    return render(text, en if language == ENGLISH else zh)


def offered(user: User, service: Service | None = None) -> QuerySet[CannedAnswer]:
    """Return the answers that this person may give: everybody's and the own office's, for the service or for all."""
    own = own_agencies(user)
    above = user.agency.path.strip("/").split("/") if user.agency else []
    found = CannedAnswer.objects.filter(is_active=True)
    found = found.filter(Q(agency=None) | Q(agency__in=own) | Q(agency__code__in=above))
    return found.filter(Q(service=None) | Q(service=service)) if service else found


def for_case(case: Case) -> dict[int, tuple[str, str]]:
    """Return the title and the filled words of each answer that the office of a Case may give on it."""
    above = case.agency.path.strip("/").split("/") if case.agency else []
    found = CannedAnswer.objects.filter(is_active=True)
    found = found.filter(Q(agency=None) | Q(agency__code__in=above))
    rows = list(found.filter(Q(service=None) | Q(service=case.service_id)))
    if not rows:
        return {}
    language, receipt = _first_asker(case)
    return {one.pk: (one.title, words_of(one, case, language, receipt)) for one in rows}


def kept_by(user: User) -> QuerySet[CannedAnswer]:
    """Return the answers that this person may change."""
    found = CannedAnswer.objects.select_related("service", "agency")
    if user.may(Permission.RULES):
        return found
    if not user.may(Permission.STEER):
        return found.none()
    return found.filter(agency__in=own_agencies(user))


@transaction.atomic
def keep(
    *,
    by: User,
    title: str,
    text_zh: str,
    text_en: str = "",
    service: Service | None = None,
    agency: Agency | None = None,
    is_active: bool = True,
    answer: CannedAnswer | None = None,
) -> CannedAnswer:
    """Write a canned answer or change one; refuses other offices' answers and unknown placeholders."""
    _check_keeper(by, answer, agency)
    _check_words(title, text_zh, text_en)
    kept = answer or CannedAnswer()
    kept.agency, kept.service, kept.is_active = agency, service, is_active
    kept.title, kept.text_zh, kept.text_en = title.strip(), text_zh.strip(), text_en.strip()
    kept.save()
    record(by=by, verb="canned", subject=kept, agency_id=agency.pk if agency else None)
    return kept


def _check_keeper(by: User, answer: CannedAnswer | None, agency: Agency | None) -> None:
    if by.may(Permission.RULES):
        return
    is_theirs = answer is None or is_own(by, answer.agency)
    if not (by.may(Permission.STEER) and is_theirs and is_own(by, agency)):
        raise Forbidden(_("You may keep the answers of your own office only."))


def _check_words(title: str, text_zh: str, text_en: str) -> None:
    for field, text, most in (("title", title, TITLE_LIMIT), ("text_zh", text_zh, TEXT_LIMIT)):
        if not text.strip():
            raise Refused(_("Please write a few words."), code="empty", field=field)
        _check_length(field, text, most)
    _check_length("text_en", text_en, TEXT_LIMIT)
    for field, text in (("text_zh", text_zh), ("text_en", text_en)):
        unknown = sorted(set(_BRACED.findall(text)) - set(PLACEHOLDERS))
        if unknown:
            message = _("There is no placeholder {%(name)s}.") % {"name": unknown[0]}
            raise Refused(message, code="placeholder", field=field)


def _check_length(field: str, text: str, most: int) -> None:
    if len(text) > most or "\x00" in text:
        message = _("At most %(count)d characters, please.") % {"count": most}
        raise Refused(message, code="long", field=field)
