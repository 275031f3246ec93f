"""What can be wrong with what came in, in words that name the field."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext, gettext_noop

from bihuan.kernel.errors import Refused


class Fault(NamedTuple):
    """One thing that is wrong with one field; ``limit`` is what the sentence speaks of."""

    field: str
    code: str
    limit: str = ""

    def __str__(self) -> str:
        return gettext(SENTENCES[self.code]) % {"limit": self.limit}


SENTENCES = {
    "json": gettext_noop("This is not well-formed JSON."),
    "utf8": gettext_noop("This is not UTF-8."),
    "object": gettext_noop("One JSON object is expected."),
    "deep": gettext_noop("This is nested too deeply."),
    "unknown": gettext_noop("There is no such field."),
    "required": gettext_noop("This is needed."),
    "type": gettext_noop("The type is wrong: %(limit)s is expected."),
    "nul": gettext_noop("A NUL character can't be kept."),
    "surrogate": gettext_noop("Half a character can't be kept."),
    "long": gettext_noop("At most %(limit)s characters can be kept."),
    "many": gettext_noop("At most %(limit)s answers can be kept."),
    "code": gettext_noop("Only Latin letters, digits and . _ : - can stand here."),
    "position": gettext_noop("Longitude and latitude belong together, in degrees on the globe."),
    "service": gettext_noop("There is no such service."),
    "phone": gettext_noop("This is not a telephone number."),
    "question": gettext_noop("The service does not ask this."),
    "choice": gettext_noop("Choose one of: %(limit)s."),
    "number": gettext_noop("A number is expected."),
    "datetime": gettext_noop("A date and time like 2026-01-31T08:00 is expected."),
    "store": gettext_noop("The database can't keep this."),
}
MALFORMED = {"json", "utf8", "object", "deep"}


class Unfit(Refused):
    """What came in can't be taken: malformed (400) or with wrong values (422)."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(self.say(), code=first.code, field=first.field)
        self.status = 400 if first.code in MALFORMED else 422

    def say(self) -> str:
        """Return the sentence for the whole, in the language in force."""
        if self.faults[0].code in MALFORMED:
            return str(self.faults[0])
        return gettext("Some fields can't be taken as they are.")

    def errors(self) -> list[tuple[str, str]]:
        """Return field and sentence of each fault, in the language in force."""
        return [(fault.field, str(fault)) for fault in self.faults]
