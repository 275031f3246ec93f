"""The words of the care list: why somebody is on it, what a check found, what can run out."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Why somebody is looked in on. A person may have several."""

    ALONE = "alone", _("lives alone")
    BEDRIDDEN = "bedridden", _("bedridden")
    DIALYSIS = "dialysis", _("dialysis")
    OXYGEN = "oxygen", _("oxygen or ventilator")
    PREGNANT = "pregnant", _("pregnant")
    INFANT = "infant", _("infant")
    MEDICINE = "medicine", _("lasting medicine")
    DISABLED = "disabled", _("disability")
    CONFUSED = "confused", _("dementia or illness of the mind")
    OTHER = "other", _("other")


GRAVE = (Kind.OXYGEN, Kind.DIALYSIS, Kind.BEDRIDDEN)
NEEDS_POWER = (Kind.OXYGEN, Kind.DIALYSIS)
"""Whom a power failure endangers first."""


class Status(TextChoices):
    LISTED = "listed", _("listed")
    LEFT = "left", _("left the list")


class Leaving(TextChoices):
    RECOVERED = "recovered", _("needs no more care")
    MOVED = "moved", _("moved away")
    DIED = "died", _("died")
    ASKED = "asked", _("asked to be taken off")
    MISTAKE = "mistake", _("was listed by mistake")


class Consent(TextChoices):
    """On what ground somebody's data are kept."""

    SPOKEN = "spoken", _("spoken")
    WRITTEN = "written", _("written")
    KIN = "kin", _("given by next of kin")
    VITAL = "vital", _("none could be asked for; life is in danger")


class Found(TextChoices):
    """What a check came to."""

    WELL = "well", _("seen well")
    NO_ANSWER = "no_answer", _("no answer")
    NEEDS = "needs", _("needs something")
    COULD_NOT = "could_not", _("could not go")


SEEN = (Found.WELL, Found.NEEDS)


class SupplyKind(TextChoices):
    MEDICINE = "medicine", _("medicine")
    OXYGEN = "oxygen", _("oxygen")
    GAS = "gas", _("gas balance")
    FORMULA = "formula", _("infant formula")


UNITS = {
    SupplyKind.MEDICINE: _("doses"),
    SupplyKind.OXYGEN: _("bottles"),
    SupplyKind.GAS: _("m³"),
    SupplyKind.FORMULA: _("tins"),
}


class Reason(TextChoices):
    """Why a Case was raised."""

    MISSED = "missed", _("a check was missed")
    SUPPLY = "supply", _("something runs out")


def pack(kinds: list[str]) -> str:
    """Write kinds as they are stored: each between commas, so that one is found by ``,oxygen,``."""
    known = [kind.value for kind in Kind if kind.value in kinds]
    return f",{','.join(known)}," if known else ""


def unpack(stored: str) -> list[Kind]:
    """Read kinds as they are stored."""
    return [Kind(code) for code in stored.split(",") if code in Kind.values]
