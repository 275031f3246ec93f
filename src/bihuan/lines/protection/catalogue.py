"""The two kinds of Case that the care list raises by itself. Residents are not offered them."""

from bihuan.spine.cases.registry import INTERNAL, ServiceSpec

WELFARE_CHECK = ServiceSpec(
    code="welfare_check",
    zh="关爱对象失联核查",
    en="Missed check on a person in care",
    about_zh="到时没有人看望过的重点照护对象，须马上上门核实。",
    about_en="Nobody has looked in on a person in care in time: somebody has to go now.",
    group=INTERNAL,
    icon="user-round-x",
    agency="civil-affairs",
    urgency="life",
    priority="urgent",
    order=900,
)

CARE_SUPPLY = ServiceSpec(
    code="care_supply",
    zh="关爱对象物资将尽",
    en="A person in care runs out of something",
    about_zh="重点照护对象的药品、氧气、燃气或奶粉快用完了，须提前送到。",
    about_en="Medicine, oxygen, gas or formula of a person in care is about to end and has to be fetched in time.",
    group=INTERNAL,
    icon="package-open",
    agency="civil-affairs",
    urgency="supply",
    order=910,
)

SERVICES = (WELFARE_CHECK, CARE_SUPPLY)
