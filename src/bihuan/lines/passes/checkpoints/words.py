"""Every word that the guard's page may have to say without a network."""

from django.utils.translation import gettext as _

from bihuan.lines.passes.kinds import Colour, Goods
from bihuan.lines.passes.seal.reasons import Light, Reason


def words() -> dict[str, dict[str, str]]:
    """Return the words of answers and reasons, of goods and colours, by their codes."""
    return {
        "light": _lights(),
        "reason": {reason.value: said for reason, said in reasons().items()},
        "goods": {one.value: str(one.label) for one in Goods},
        "colour": {one.value: str(one.label) for one in Colour},
        "said": _said(),
    }


def _lights() -> dict[str, str]:
    return {
        Light.PASS.value: _("Let through"),
        Light.ASK.value: _("Ask"),
        Light.REFUSE.value: _("Do not let through"),
    }


def reasons() -> dict[Reason, str]:
    """Return what a guard is told; nothing of anybody's health, because a pass knows nothing of it."""
    return {
        Reason.VALID: _("The pass is genuine and valid. Compare the plate."),
        Reason.LISTED: _("The pass is on the list and valid. Compare the plate."),
        Reason.NOT_A_PASS: _("This is not the code of a pass."),
        Reason.TRUNCATED: _("The code is cut off: part of it is missing."),
        Reason.DAMAGED: _("The code is damaged and can't be read."),
        Reason.RE_ENCODED: _("The code was rewritten by somebody."),
        Reason.WRONG_KEY: _("Signed by somebody else: not a pass of this city."),
        Reason.ALTERED: _("Altered: the code no longer fits its signature."),
        Reason.FORGED: _("Forged: nobody here signed this pass."),
        Reason.REVOKED: _("The pass was revoked."),
        Reason.SUSPENDED: _("The pass is suspended."),
        Reason.REPLACED: _("The pass was replaced by another."),
        Reason.NOT_YET: _("The pass is not valid yet."),
        Reason.EXPIRED: _("The pass has expired."),
        Reason.STALE: _("The list of revoked passes is too old. Ring the desk before letting through."),
        Reason.NOT_LISTED: _("Not on this device's list. Read the code, or ring the desk."),
        Reason.OTHER_PLATE: _("The vehicle bears another plate than the pass."),
    }


def _said() -> dict[str, str]:
    return {
        "mistyped": _("Something is mistyped: thirteen digits, and these don't fit together."),
        "list_age": _("List of revoked passes: {age} old"),
        "list_none": _("No list of revoked passes yet"),
        "minutes": _("{n} min"),
        "hours": _("{n} h"),
        "waiting": _("{n} scans wait for a network"),
        "all_sent": _("all scans sent"),
        "until": _("until {at}"),
        "from": _("from {at}"),
        "blocked": _("This device was blocked. Give it to your supervisor."),
        "away": _("No network. Enrolling needs one; try again when it is there."),
        "no_camera": _("The camera can't be used. Type the number or the plate."),
    }
