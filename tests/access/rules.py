"""What somebody may be answered at an address, and the rules that say so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bihuan.lines.passes.models import Pass
from bihuan.lines.protection.models import Person
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission as P  # noqa: N817 - a table is read by its columns
from bihuan.spine.accounts.queries import is_own
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.rights import is_visible
from tests.spine.cases.known import (
    World,
)


@dataclass
class Scene:
    """The small city with one Case of Ben's in it, and the people by name; nobody is None."""

    world: World
    case: Case
    person: Person
    pass_: Pass
    people: dict[str, User | None]
    samples: dict[str, Any]


Answer = str
Rule = Callable[[Scene, User | None], Answer]
IN, LOGIN, TOKEN, FORBIDDEN, UNKNOWN, ANY = "let in", "sent to sign in", "401", "403", "404", "any"


def everybody(scene: Scene, user: User | None) -> Answer:
    return IN


def own(scene: Scene, user: User | None) -> Answer:
    """One's own account; what is not there yet (a second factor) may be 404."""
    return ANY if user else LOGIN


def either_way(scene: Scene, user: User | None) -> Answer:
    """Steps of signing in, which send on whoever stands elsewhere; no error is all that is asked."""
    return ANY


def staff(*permissions: P) -> Rule:
    def rule(scene: Scene, user: User | None) -> Answer:
        if user is None:
            return LOGIN
        return IN if not permissions or any(map(user.may, permissions)) else FORBIDDEN

    return rule


def rules_draft(scene: Scene, user: User | None) -> Answer:
    """Readers see the draft; to begin one takes more, which the action decides."""
    first = staff(P.RULES, P.STEER)(scene, user)
    return ANY if first == IN else first


def of_case(*permissions: P) -> Rule:
    """Ask for a permission first, which tells nothing of the Case; then for the Case."""

    def rule(scene: Scene, user: User | None) -> Answer:
        first = staff(*permissions)(scene, user)
        if first != IN or user is None:
            return first
        return IN if is_visible(user, scene.case) else UNKNOWN

    return rule


def of_care(*permissions: P) -> Rule:
    """Ask for a permission first; then for the person in care, whom only Ben's agency may know of."""

    def rule(scene: Scene, user: User | None) -> Answer:
        first = staff(*permissions)(scene, user)
        if first != IN or user is None:
            return first
        return IN if _looks_after(scene, user) else UNKNOWN

    return rule


def of_sheet(*permissions: P) -> Rule:
    """Ask for a permission first; then for the printed list, which is of a team of Ben's agency."""

    def rule(scene: Scene, user: User | None) -> Answer:
        first = staff(*permissions)(scene, user)
        if first != IN or user is None:
            return first
        return IN if is_own(user, scene.world.grid) else UNKNOWN

    return rule


def of_pass(*permissions: P) -> Rule:
    """Ask for a permission first; then for the pass, which Ben's desk and those that see all desks may know of."""

    def rule(scene: Scene, user: User | None) -> Answer:
        first = staff(*permissions)(scene, user)
        if first != IN or user is None:
            return first
        return IN if _may_know(scene, user) else UNKNOWN

    return rule


def token_of_pass(scene: Scene, user: User | None) -> Answer:
    if user is None:
        return TOKEN
    return ANY if _may_know(scene, user) else UNKNOWN


def passes_of_program(scene: Scene, user: User | None) -> Answer:
    """To read the queue and to apply at the same address: operators apply, supervisors of rules read."""
    if user is None:
        return TOKEN
    if user.may(P.PASSES):
        return IN
    return ANY if user.may(P.ENTER) or user.may(P.PASS_RULES) else FORBIDDEN


def _may_know(scene: Scene, user: User) -> bool:
    if user.may(P.PASSES) and user.may(P.PASS_DESK):
        return True
    if user.may(P.VIEW_ALL) and user.may(P.BOARD):
        return True
    return (user.may(P.PASSES) or user.may(P.PASS_RULES)) and is_own(user, scene.pass_.agency)


def token_of_care(scene: Scene, user: User | None) -> Answer:
    if user is None:
        return TOKEN
    return ANY if _looks_after(scene, user) else UNKNOWN


def _looks_after(scene: Scene, user: User) -> bool:
    return user.may(P.CARE) and is_own(user, scene.person.agency)


def administration(scene: Scene, user: User | None) -> Answer:
    if user is None:
        return LOGIN
    return ANY if user.may(P.STAFF) or user.may(P.RULES) else UNKNOWN


def token(*permissions: P) -> Rule:
    def rule(scene: Scene, user: User | None) -> Answer:
        if user is None:
            return TOKEN
        return IN if not permissions or any(map(user.may, permissions)) else FORBIDDEN

    return rule


def token_of_case(scene: Scene, user: User | None) -> Answer:
    if user is None:
        return TOKEN
    return ANY if is_visible(user, scene.case) else UNKNOWN


def of_drill(scene: Scene, user: User | None) -> Answer:
    """The drill is the grid's: for those who keep its rota or see the whole city, and for Ben, who was called."""
    if user is None:
        return LOGIN
    return IN if _sees_drill(scene, user) or user == scene.world.ben else UNKNOWN


def run_drill(scene: Scene, user: User | None) -> Answer:
    return token_of_drill(scene, user) if user else LOGIN


def called_in_drill(scene: Scene, user: User | None) -> Answer:
    """Ben was called; to the rest there is nothing to answer."""
    if user is None:
        return LOGIN
    return IN if user == scene.world.ben else UNKNOWN


def token_of_drill(scene: Scene, user: User | None) -> Answer:
    if user is None:
        return TOKEN
    if _is_refused(user):
        return FORBIDDEN
    return ANY if _sees_drill(scene, user) else UNKNOWN


def drills_of_program(scene: Scene, user: User | None) -> Answer:
    """To read them and to start one at the same address: the second takes the rota of the agency that is named."""
    if user is None:
        return TOKEN
    return FORBIDDEN if _is_refused(user) else ANY


def _is_refused(user: User) -> bool:
    return not (user.may(P.ROTA) or user.may(P.BOARD))


def _sees_drill(scene: Scene, user: User) -> bool:
    return not _is_refused(user) and (
        is_own(user, scene.world.grid) or user.may(P.VIEW_ALL) or (user.agency is None and user.may(P.STAFF))
    )


def looking_back(scene: Scene, user: User | None) -> Answer:
    """Auditors, and who sees the board and all Cases."""
    if user is None:
        return LOGIN
    return IN if user.may(P.AUDIT) or (user.may(P.BOARD) and user.may(P.VIEW_ALL)) else FORBIDDEN


def token_looking_back(scene: Scene, user: User | None) -> Answer:
    return looking_back(scene, user) if user else TOKEN


def photo(scene: Scene, user: User | None) -> Answer:
    """A photo of the Case: for whoever may see the Case; to the rest it is not there."""
    return IN if user and is_visible(user, scene.case) else UNKNOWN


def nowhere(scene: Scene, user: User | None) -> Answer:
    return UNKNOWN


def keeps_tokens(scene: Scene, user: User | None) -> Answer:
    """Administrators, and who steers the cases of their own agency; to these the tokens of others are not there."""
    if user is None:
        return LOGIN
    if user.may(P.STAFF) or (user.may(P.STEER) and user.may(P.VIEW_OWN)):
        return ANY
    return FORBIDDEN


def read_by_all(scene: Scene, user: User | None) -> Answer:
    """An address that all staff read, and to which some write; its own tests say who."""
    return ANY if user else TOKEN


def rules_of_program(scene: Scene, user: User | None) -> Answer:
    """There is no draft: whoever may read rules is told that."""
    first = token(P.RULES, P.STEER)(scene, user)
    return ANY if first == IN else first


VIEW = (P.VIEW_OWN, P.VIEW_ALL)
