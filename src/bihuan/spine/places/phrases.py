"""What the words around a place say of it, in Chinese and English: lived in, near by, denied, left, or gone to."""

import re
from enum import StrEnum

NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十百]{1,4})"
_DOOR_AFTER = re.compile(
    rf"^[\s,，的]*(?:第?{NUMBER}\s*(?:栋|幢|座|号楼|楼|单元|号|室|#)|[a-z]\d?\s*(?:栋|幢|座)|(?:building|block|bldg|unit|flat|no\.?)\s*\d)"
)
_DOOR_BEFORE = re.compile(r"(?:building|block|bldg|unit|flat|room)\s*\w{1,4}\s*,?\s*(?:in|of|at)?\s*$")
_UNKNOWN_PHASE = re.compile(rf"^\s*(?:第?{NUMBER}\s*期|phase\s*\w{{1,3}}\b)")
_NOT = re.compile(
    r"(?:(?<!是)不是|并非|而非|不在|不住|没住|没在|不属于|不归|\bisn't|\bnot|\bno longer|\bnever)"
    r"\s*(?:住?在|去|到|于|来自|from|living in|live in|in|at|near)?\s*(?:the\s+)?$"
)
_FROM = re.compile(r"(?:从|来自|离开|\bfrom|\bleft)\s*(?:the\s+)?$")
_ON_THE_WAY = re.compile(r"^[^,.;，。；]{0,10}?(?:去|到|前往|出发|\bto\b)")
_TO = re.compile(
    r"(?:(?<!来)去|(?<![送拿带])到|前往|赶往|转往|(?<!deliver )(?<!come )(?<!bring )\bto)\s*(?:the\s+)?$"
)
_HERE = re.compile(
    r"(?:住在?|家在|位于|地址是?[:：]?|我是|(?<!不)在|送到|来到?|\blives? in|\blive at|\bat|\bin|address:?)"
    r"\s*(?:the\s+)?$"
)
_NEAR_AFTER = re.compile(r"^\s*(?:的)?(?:附近|旁边|旁|对面|隔壁|后面|前面|门口外)")
_NEAR_BEFORE = re.compile(
    r"(?:\bnear|\bopposite|\bnext to|\bbehind|\bbeside|\baround)\s*(?:to\s+)?(?:the\s+)?$"
)
_JOINS = re.compile(r"^\s*[,，、]?\s*(?:的|in|of)?\s*$")


class Role(StrEnum):
    """What the text says of a place that it names."""

    HERE = "here"
    PLAIN = "plain"
    NEAR = "near"
    PHASE = "phase"
    NOT = "not"
    FROM = "from"
    TO = "to"


def role_of(before: str, after: str, *, has_door: bool = False) -> Role:
    """Say what the words before and after an address make of it."""
    if _NOT.search(before):
        return Role.NOT
    if _UNKNOWN_PHASE.search(after):
        return Role.PHASE
    if _NEAR_AFTER.search(after) or _NEAR_BEFORE.search(before):
        return Role.NEAR
    if has_door:
        return Role.HERE
    return _way(before, after)


def _way(before: str, after: str) -> Role:
    if _FROM.search(before):
        # "From home to the hospital" begins where it happens; "back from elsewhere" does not.
        return Role.HERE if _ON_THE_WAY.search(after) else Role.FROM
    if _HERE.search(before):
        return Role.HERE
    return Role.TO if _TO.search(before) else Role.PLAIN


def has_door(before: str, after: str) -> bool:
    """Say whether a building or door number stands right beside a name."""
    return bool(_DOOR_AFTER.search(after) or _DOOR_BEFORE.search(before))


def joins(between: str) -> bool:
    """Say whether what stands between two names lets them be one address."""
    return bool(_JOINS.search(between))
