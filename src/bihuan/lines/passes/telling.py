"""Telling applicants how it stands: one message each, in the transaction of the action."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.ids import format_receipt
from bihuan.kernel.private import unseal
from bihuan.lines.passes.models import Pass
from bihuan.spine.messages import actions as messages
from bihuan.spine.messages.models import Message
from bihuan.spine.messages.wording import Template, plain_language

ABOUT = _("Your vehicle pass %(receipt)s")
TEMPLATES = {
    "pass_issued": Template(ABOUT, _("The pass for %(service)s is valid. Show it or print it: %(url)s")),
    "pass_asked": Template(
        ABOUT, _("%(agency)s asks you: “%(words)s” The clock stands still until you answer: %(url)s")
    ),
    "pass_declined": Template(ABOUT, _("The pass for %(service)s is not granted: “%(words)s” %(url)s")),
    "pass_halted": Template(
        ABOUT, _("The pass for %(service)s is not valid any more: “%(words)s” Don't set out. %(url)s")
    ),
    "pass_lapsed": Template(ABOUT, _("The question was not answered, so the application has ended. %(url)s")),
    "pass_replacing": Template(ABOUT, _("The new pass for %(service)s waits for a second look. %(url)s")),
    "pass_trip_late": Template(ABOUT, _("%(service)s had to be out again by now. Call us: %(url)s")),
}


def tell(template: str, pass_: Pass, words: str = "") -> None:
    """Put one message to the applicant into the outbox."""
    tell_many(template, [pass_], words)


def tell_many(template: str, passes: Sequence[Pass], words: str = "") -> None:
    """Put the same message to many applicants into the outbox, each in their language."""
    messages.send_many(_draft(template, one, words) for one in passes)


def _draft(template: str, pass_: Pass, words: str) -> Message | None:
    language = plain_language(pass_.language)
    with translation.override(language):
        agency = pass_.agency.name
    return messages.draft(
        template=template, language=language, to_channel="sms", address=unseal(pass_.phone_sealed),
        about=pass_.receipt, case_id=None,
        context={
            "receipt": format_receipt(pass_.receipt), "service": pass_.plate, "agency": agency, "words": words,
            "url": f"{settings.BIHUAN_SITE_URL}/passes/r/{pass_.receipt}/",
        },
    )  # fmt: skip
