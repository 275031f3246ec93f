"""The words of a pass: who asks, what is carried, why not."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Applicant(TextChoices):
    SENDER = "sender", _("sender")
    RECEIVER = "receiver", _("receiver")
    CARRIER = "carrier", _("carrier")


class Goods(TextChoices):
    """Classes of key goods, by which the desk is chosen."""

    MEDICAL = "medical", _("medical and protective goods")
    LIVING = "living", _("daily necessities")
    RESERVE = "reserve", _("government reserves")
    POST = "post", _("post and parcels")
    FARM = "farm", _("farming")
    ENERGY = "energy", _("energy")
    MATERIAL = "material", _("raw materials")
    INDUSTRY = "industry", _("key industrial goods")
    TRADE = "trade", _("foreign trade")


class Unit(TextChoices):
    KG = "kg", _("kg")
    TONNE = "t", _("tonnes")
    PIECE = "piece", _("pieces")
    BOX = "box", _("boxes")
    CUBIC = "m3", _("m³")


class Colour(TextChoices):
    """Colours of Chinese plates; the same signs can stand on a blue and on a yellow one."""

    BLUE = "blue", _("blue")
    YELLOW = "yellow", _("yellow")
    GREEN = "green", _("green")
    YELLOW_GREEN = "yellow_green", _("yellow and green")
    WHITE = "white", _("white")
    BLACK = "black", _("black")


class Lane(TextChoices):
    """Sorted as they are served: ``a`` before ``b``."""

    EXPRESS = "a", _("express lane")
    ORDINARY = "b", _("ordinary lane")


class Reason(TextChoices):
    """Why a pass is not granted, suspended or revoked."""

    NOT_NEEDED = "not_needed", _("no pass is needed on this route")
    NOT_KEY = "not_key", _("the goods are not among those let through")
    PAPERS = "papers", _("papers are missing or do not fit")
    VEHICLE = "vehicle", _("the vehicle does not fit")
    ROUTE = "route", _("the route is closed")
    QUOTA = "quota", _("the quota is used up")
    MISUSE = "misuse", _("the pass was misused")
    CLONED = "cloned", _("the code was copied")
    LOST = "lost", _("lost or stolen")
    OTHER = "other", _("another reason")


class Channel(TextChoices):
    PORTAL = "portal", _("portal")
    BULK = "bulk", _("file")
    DESK = "desk", _("entered at the desk")
    API = "api", _("program")


class How(TextChoices):
    """How a guard came to know of a pass."""

    CODE = "code", _("code read")
    NUMBER = "number", _("number typed")
    PLATE = "plate", _("plate looked up")


class Direction(TextChoices):
    IN = "in", pgettext_lazy("checkpoint", "in")
    OUT = "out", pgettext_lazy("checkpoint", "out")


class Outcome(TextChoices):
    """What the guard did."""

    LET = "let", _("let through")
    TURNED = "turned", _("turned back")
    LEFT = "left", _("not said")


class AlarmKind(TextChoices):
    CLONE = "clone", _("in at two checkpoints without having left")
    TRAVEL = "travel", _("too far apart for the time between")
    PLATE = "plate", _("shown by a vehicle with another plate")
    HALTED = "halted", _("let through although it was halted")
