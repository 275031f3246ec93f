"""The words of each message, short and plain, in the language of whoever reads them.

A template is named after the verb it tells of. Values: ``receipt number service agency words url``, and for a
rung of the ladder ``promise percent``. No template takes a name, a telephone or a door number, and words quoted
from an office lose door numbers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHINESE, ENGLISH = "zh-hans", "en"
# Stands in a kept message where its reader alone gets a link; see ``Message.link_sealed``.
LINK = "[link]"
VALUES = ("receipt", "number", "service", "agency", "words", "url", "promise", "percent")


@dataclass(frozen=True)
class Template:
    """A subject and a body with ``%(value)s`` in them."""

    subject: Promise
    body: Promise


YOURS = _("Your ask %(receipt)s")
DESK = _("No. %(number)s")

TEMPLATES: dict[str, Template] = {
    "received": Template(
        YOURS, _("We have received your ask about “%(service)s”. Receipt %(receipt)s. Follow it: %(url)s")
    ),
    "received_unsorted": Template(
        YOURS, _("We have received your ask. Receipt %(receipt)s. Follow it: %(url)s")
    ),
    "received_shelved": Template(
        YOURS,
        _(
            "We have received your ask about “%(service)s” and keep it. Receipt %(receipt)s. Just now: “%(words)s” "
            "It goes on by itself after that. Follow it: %(url)s"
        ),
    ),
    "unshelve": Template(YOURS, _("We take your ask up again; it is with %(agency)s. %(url)s")),
    "assign": Template(YOURS, _("Your ask is now with %(agency)s. %(url)s")),
    "transfer": Template(YOURS, _("Your ask has moved to %(agency)s. The promised time stays. %(url)s")),
    "accept": Template(YOURS, _("%(agency)s has taken your ask in hand. %(url)s")),
    "return_to_triage": Template(YOURS, _("We are finding the right office for your ask. %(url)s")),
    "dispatch": Template(YOURS, _("%(agency)s has sent somebody. %(url)s")),
    "arrive": Template(YOURS, _("Whoever was sent has arrived. %(url)s")),
    "hold": Template(
        YOURS, _("%(agency)s asks you: “%(words)s” The clock stands still until you answer: %(url)s")
    ),
    "resolve": Template(
        YOURS, _("%(agency)s says it is done: “%(words)s” Is it so? Please say yes or no: %(url)s")
    ),
    "confirm": Template(YOURS, _("You said it is done. Your ask is closed. Thank you.")),
    "close": Template(
        YOURS, _("We did not hear from you, so your ask is closed. If it is not done, say so: %(url)s")
    ),
    "reopen": Template(YOURS, _("You said it is not done. Your ask is open again. %(url)s")),
    "reply": Template(YOURS, _("%(agency)s writes: “%(words)s” %(url)s")),
    "check": Template(YOURS, _("A supervisor has checked that it is done. It is closed.")),
    "decline": Template(YOURS, _("This can't be done: “%(words)s” %(url)s")),
    "withdraw": Template(YOURS, _("You took your ask back. It is closed.")),
    "merge": Template(
        YOURS,
        _("Others asked for the same. Your ask goes on with theirs, and you hear of each step. %(url)s"),
    ),
    "unmerge": Template(YOURS, _("Your ask is not the same as the others and goes on by itself. %(url)s")),
    "joined": Template(
        YOURS,
        _(
            "This is known: “%(words)s” Your ask counts with it and you hear when it is over. "
            "Receipt %(receipt)s: %(url)s"
        ),
    ),
    "banner_end": Template(
        YOURS, _("What you reported is over: “%(words)s” If not for you, ask again: %(url)s")
    ),
    "breached": Template(
        YOURS, _("This is later than we promised. We are sorry. It is being looked at. %(url)s")
    ),
    "decide": Template(YOURS, _("Your ask is with %(agency)s now, and stays there. %(url)s")),
    "rung": Template(
        DESK, _("%(promise)s: %(percent)s %% of the time is gone. %(service)s, %(agency)s. %(words)s %(url)s")
    ),
    "rung_late": Template(
        DESK,
        _(
            "%(promise)s: late, %(percent)s %% of the time is gone. %(service)s, %(agency)s. %(words)s %(url)s"
        ),
    ),
    "joint": Template(
        DESK,
        _("This case lies with the joint check: %(words)s. %(service)s. Somebody has to decide. %(url)s"),
    ),
    "decided": Template(
        DESK, _("The joint check has given this case to %(agency)s for good: “%(words)s” %(url)s")
    ),
    "silent": Template(
        _("Nobody is at %(agency)s"),
        _("Cases are due at %(agency)s, and nobody there is connected. Please call them. %(url)s"),
    ),
    "conversed": Template(_("Your message to the city"), _("The answer: %(words)s")),
    "webhook_off": Template(
        _("A webhook was switched off"),
        _(
            "“%(words)s” takes nothing any more. What waits for it goes out when you switch it on again. %(url)s"
        ),
    ),
    "drill": Template(
        _("DRILL: are you there?"),
        _(
            "DRILL. A test of this channel, nothing has happened. Please answer before %(words)s: "
            "open %(url)s or write back %(number)s."
        ),
    ),
    "channel_test": Template(
        _("DRILL: a test of this channel"),
        _("DRILL. This test was sent to you from the page of channels. Nothing has to be done."),
    ),
    "agency_new": Template(DESK, _("A new case for %(agency)s: %(service)s. %(url)s")),
}

# Their words are an office's announcement to everybody: "building 3" says whom it is about, not who asked.
FOR_ALL = frozenset({"joined", "banner_end", "received_shelved"})

# A building, a staircase, a floor or a door, said the way addresses are: 12栋3单元502室, Room 1203. Runs of digits are
# bounded, so that no text takes long.
_DOOR = re.compile(
    r"(?:(?:[0-9０-９]{1,6}|[一二三四五六七八九十]{1,6})\s{0,3}(?:栋|幢|单元|号楼|楼|室|号房)[-\s]{0,3})+"
    r"(?:[0-9０-９]{3,4}(?![0-9])室?)?"
    r"|\b(?:building|unit|room|flat|apartment|apt|floor|door)\.?\s*(?:no\.?\s*)?[0-9]+[a-z]?\b"
    r"|(?<![0-9-])[0-9]{1,3}-(?:[0-9]{1,2}-)?[0-9]{3,4}(?![0-9])",
    re.IGNORECASE,
)


def write(template: str, language: str, context: Mapping[str, str]) -> tuple[str, str]:
    """Return the subject and the body of a message.

    Raises
    ------
    KeyError
        when there is no such template.
    """
    values = dict.fromkeys(VALUES, "") | dict(context)
    if template not in FOR_ALL:
        values["words"] = without_doors(values["words"])
    subject, body = _texts(template, language)
    return subject % values, _tidy(body % values)


@cache
def _texts(template: str, language: str) -> tuple[str, str]:
    chosen = TEMPLATES[template]
    with translation.override(language):
        return str(chosen.subject), str(chosen.body)


def plain_language(said: str) -> str:
    """Return the language that a message is written in: Chinese, unless English was asked for."""
    return ENGLISH if said.lower().startswith(ENGLISH) else CHINESE


def with_link(body: str, link: str) -> str:
    """Put the reader's own link where it belongs; what an office wrote before it may hold the same word."""
    before, mark, after = body.rpartition(LINK)
    return f"{before}{link}{after}" if mark else body


def without_doors(text: str) -> str:
    """Take out what looks like a door number: a reply may be read by every asker of a merged Case."""
    return _DOOR.sub("…", text)


def _tidy(text: str) -> str:
    return re.sub(r"[ \t]+", " ", text).strip()


def add_templates(more: Mapping[str, Template]) -> None:
    """Take in the templates of a line of work; called when Django starts."""
    TEMPLATES.update(more)
