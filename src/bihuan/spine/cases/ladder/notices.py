"""What the ladder says to a person, in the language in which they last read their desk."""

from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.cases.models import Case, Climb, JointReason, Promised, Whom
from bihuan.spine.messages.inbox import draft_to
from bihuan.spine.messages.models import Message
from bihuan.spine.messages.wording import plain_language
from bihuan.spine.resources.presence import language_of

LATE = 100  # percent

Words = Callable[[], dict[str, str]]


def of_climb(person: User, case: Case, climb: Climb) -> list[Message]:
    """Make what tells a person that a Case has reached a rung."""
    template = "rung" if climb.percent < LATE else "rung_late"

    def words() -> dict[str, str]:
        skipped = climb.whom != climb.meant
        return {
            "promise": str(Promised(climb.promise).label),
            "percent": str(climb.percent),
            "words": skipped_words(climb) if skipped else "",
        }

    return about_case(person, case, template, words)


def skipped_words(climb: Climb) -> str:
    """Say that a rung found nobody on duty and went on to the next one."""
    return _("Meant for: %(meant)s, who is not on duty.") % {"meant": Whom(climb.meant).label}


def of_joint(people: Iterable[User], case: Case, reason: str) -> list[Message]:
    """Make what tells people that a Case has come before the joint check."""
    words = {"words": JointReason(reason).label}
    return [m for person in people for m in about_case(person, case, "joint", lambda: plain(words))]


def of_decision(people: Iterable[User], case: Case, said: str) -> list[Message]:
    """Make what tells people that a Case is theirs for good."""
    return [m for person in people for m in about_case(person, case, "decided", lambda: {"words": said})]


def of_silence(people: Iterable[User], agency: Agency) -> list[Message]:
    """Make what tells people that nobody is connected at an agency."""
    url = f"{settings.BIHUAN_SITE_URL}/desk/?agency={agency.code}"
    return [m for one in people for m in _to(one, "silent", lambda: {"agency": agency.name, "url": url})]


def about_case(person: User, case: Case, template: str, words: Words) -> list[Message]:
    """Make what tells a person something about a Case."""

    def context() -> dict[str, str]:
        return {
            "number": str(case.pk),
            "service": case.service.name if case.service else _("no service yet"),
            "agency": case.agency.name if case.agency else _("no agency yet"),
            "url": f"{settings.BIHUAN_SITE_URL}/desk/case/{case.pk}/",
            **words(),
        }

    return _to(person, template, context, case.pk)


def _to(person: User, template: str, words: Words, case_id: int | None = None) -> list[Message]:
    language = plain_language(language_of(person))
    with translation.override(language):
        return draft_to(person, template, language=language, case_id=case_id, context=words())


def plain(words: Mapping[str, object]) -> dict[str, str]:
    """Return words whose translation is put off, in the language in force."""
    return {name: str(said) for name, said in words.items()}
