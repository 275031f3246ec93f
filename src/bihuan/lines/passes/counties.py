"""Counties by their code of administrative divisions (GB/T 2260): six digits, the last two not 00."""

from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.spine.places.models import District, DistrictLevel

PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
    ]
)


def check(typed: str, field: str) -> str:
    """Return the plain code of a county; refuses what can be none."""
    code = typed.strip()
    is_code = len(code) == 6 and code.isascii() and code.isdigit()
    if not is_code or code[:2] not in PROVINCES or code.endswith("00"):
        raise Refused(_("Six digits of a county, as 430202."), code="county", field=field)
    return code


def list_own() -> list[tuple[str, str]]:
    """Return the city's own counties: code and name in the reader's language."""
    rows = District.objects.filter(level=DistrictLevel.COUNTY).defer("outline")
    return [(one.code, one.name) for one in rows]


def name_of(code: str) -> str:
    """Return the name of one of the city's own counties; nothing for any other."""
    found = District.objects.filter(code=code, level=DistrictLevel.COUNTY).only("name_zh").first()
    return found.name_zh if found else ""


def code_of(name: str) -> str:
    """Return the code of the city's own county of this name, in either language; nothing for any other."""
    own = District.objects.filter(level=DistrictLevel.COUNTY).values_list("code", "name_zh", "name_en")
    return next((code for code, *names in own if name.strip() and name.strip() in names), "")


def city_of(code: str) -> str:
    """Return the code of the city that a county belongs to."""
    return f"{code[:4]}00"
