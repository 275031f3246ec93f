"""Search: a number, a receipt, a telephone, or words."""

import re

from django.db.models import QuerySet

from bihuan.kernel.errors import Refused
from bihuan.kernel.ids import is_receipt, plain_receipt
from bihuan.kernel.private import keyed_hash, normal_phone
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.models import Asker, Case
from bihuan.spine.cases.queries.access import LONG, RELATED, visible_cases
from bihuan.spine.cases.queries.filters import LARGEST_ID, TEXT_LIMIT
from bihuan.spine.cases.queries.wording import holding

FOUND_AT_MOST = 50
_NUMBER = re.compile(r"(?:no\.?|第|#)?(\d{1,18})(?:号)?", re.IGNORECASE)


def search(user: User, text: str) -> list[Case]:
    """Return up to 50 visible Cases by number, receipt, telephone or words, newest first."""
    said = text.replace("\x00", "").strip()[:TEXT_LIMIT]
    if not said:
        return []
    found = visible_cases(user).select_related(*RELATED).defer(*LONG)
    plain = plain_receipt(said)
    exact = _by_number(found, plain) or _by_asker(found, plain, may_read=_may_read(user))
    return exact or _by_words(found, said)


def _by_number(found: QuerySet[Case], plain: str) -> list[Case]:
    match = _NUMBER.fullmatch(plain)
    if match is None or int(match[1]) > LARGEST_ID:
        return []
    return list(found.filter(pk=int(match[1])))


def _may_read(user: User) -> bool:
    """Whether a telephone may be looked for: a hit says whose Case it is, as reading the number would."""
    return user.may(Permission.REVEAL) or user.may(Permission.ENTER)


def _by_asker(found: QuerySet[Case], plain: str, *, may_read: bool) -> list[Case]:
    askers = Asker.objects.none()
    if is_receipt(plain):
        askers = Asker.objects.filter(submission__receipt=plain)
    elif may_read and (hashed := _phone_hash(plain)) is not None:
        askers = Asker.objects.filter(phone_hash=hashed)
    numbers = list(askers.order_by("-id").values_list("case_id", flat=True)[:FOUND_AT_MOST])
    return list(found.filter(pk__in=numbers).order_by("-id"))


def _phone_hash(plain: str) -> bytes | None:
    try:
        return keyed_hash(normal_phone(plain))
    except Refused:
        return None


def _by_words(found: QuerySet[Case], said: str) -> list[Case]:
    return list(found.filter(holding(said)).order_by("-id")[:FOUND_AT_MOST])
