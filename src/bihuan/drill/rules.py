"""Ordered rules of the demonstration: which agency a Case goes to. The first that fits decides."""

from dataclasses import asdict, dataclass
from typing import Any

from bihuan.drill.agencies import community_of
from bihuan.drill.divisions import DIVISIONS

Row = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """A rule before it is numbered; an empty condition matches everything."""

    name_zh: str
    name_en: str
    agency: str
    service: str | None = None
    district: str | None = None
    words: tuple[str, ...] = ()
    site: str | None = None
    priority: str = ""


OXYGEN = ("呼吸机", "制氧机", "吸氧", "ventilator", "oxygen")
PRICES = ("涨价", "价格", "天价", "过期", "price", "overcharged", "expired")
ROADS = ("卡口", "通行证", "返乡", "checkpoint", "vehicle pass")
RESCUE = ("叫救护车", "急救车", "EMS:", "ambulance")
BLAZE = ("着火了", "起火", "火灾", "Fire:", "on fire")

POWER_BRANCHES = (
    ("430211", "天元区", "Tianyuan", "power-tianyuan"),
    ("430281", "醴陵市", "Liling", "power-liling"),
    ("430202", "荷塘区", "Hetang", "power-urban"),
    ("430203", "芦淞区", "Lusong", "power-urban"),
    ("430204", "石峰区", "Shifeng", "power-urban"),
    ("430212", "渌口区", "Lukou", "power-counties"),
    ("430223", "攸县", "You County", "power-counties"),
    ("430224", "茶陵县", "Chaling", "power-counties"),
    ("430225", "炎陵县", "Yanling", "power-counties"),
)

CARE = (
    ("老人照护", "care for the elderly", "elderly_care"),
    ("关爱对象漏访", "a missed check on a person in care", "welfare_check"),
    ("关爱对象物资将尽", "what a person in care runs out of", "care_supply"),
)

FIRST = (
    Draft("写明急救的来件交120急救中心", "first aid goes to the 120 centre", "emergency-centre",
          words=RESCUE, priority="urgent"),
    Draft("写明火情的来件交消防", "fire goes to Fire and Rescue", "fire", words=BLAZE, priority="urgent"),
    Draft("靠电维持生命的家庭停电，供电公司急办", "power failure where somebody lives on oxygen is urgent", "power",
          "power_failure", words=OXYGEN, priority="urgent"),
)  # fmt: skip

LAST = (
    Draft("供水归自来水公司", "water goes to the water company", "water", "water"),
    Draft("燃气故障归燃气公司", "gas faults go to the gas company", "gas", "gas_leak"),
    Draft("取暖归住建局", "heating goes to Housing", "housing", "heating"),
    Draft("应急维修归住建局", "urgent repairs go to Housing", "housing", "repair"),
    Draft("购药送药归卫健局", "medicine goes to Health", "health", "medicine"),
    Draft("血透接送归卫健局", "trips to dialysis go to Health", "health", "dialysis_trip"),
    Draft("放化疗接送归卫健局", "trips to cancer treatment go to Health", "health", "chemo_trip"),
    Draft("孕产妇就医归卫健局", "births go to Health", "health", "birth"),
    Draft("心理疏导归心理援助中心", "counselling goes to the Mental Health Centre", "mental-health", "counselling"),
    Draft("米面菜肉归商务局", "food goes to Commerce", "commerce", "food"),
    Draft("婴幼儿用品归商务局", "baby needs go to Commerce", "commerce", "baby_needs"),
    Draft("燃气卡代充归志愿者联合会", "gas cards go to the volunteers", "volunteers", "gas_card"),
    Draft("上门探望归民政局", "visits go to Civil Affairs", "civil-affairs", "elderly_visit"),
    Draft("垃圾清运归城管局", "rubbish goes to Urban Management", "urban-management", "rubbish"),
    Draft("噪声扰民归城管局", "noise goes to Urban Management", "urban-management", "noise"),
    Draft("人员聚集归公安局", "crowding goes to the Police", "police", "crowding"),
    Draft("道路交通归交警支队", "roads go to the Traffic Police", "traffic-police", "road"),
    Draft("问卡口和通行证的归交通运输局", "questions on passes go to Transport", "transport", words=ROADS),
    Draft("车辆通行归交通运输局", "vehicle passes go to Transport", "transport", "vehicle_pass"),
    Draft("价格投诉归市场监管局", "complaints about prices go to Market Regulation", "market", "complaint",
          words=PRICES),
    Draft("表扬归热线", "praise goes to the hotline", "hotline", "praise"),
    Draft("寻人寻物归公安局", "lost and found goes to the Police", "police", "lost"),
    Draft("报名帮忙归志愿者联合会", "offers of help go to the volunteers", "volunteers", "offer_help"),
    Draft("捐物归民政局", "offers of goods go to Civil Affairs", "civil-affairs", "offer_goods"),
)  # fmt: skip


def rule_rows(hospital: str) -> list[Row]:
    """Return the rules in order; ``hospital`` is the code of the site that is supplied before all others."""
    first = Draft(
        "天元区医院停电急办", "power failure at the hospital in Tianyuan is urgent", "power", "power_failure",
        site=hospital, priority="urgent",
    )  # fmt: skip
    drafts = (first, *FIRST, *_branches(), *_communities(), *LAST)
    return [{"number": number, **asdict(draft)} for number, draft in enumerate(drafts, 1)]


def _branches() -> list[Draft]:
    return [
        Draft(
            f"{zh}停电归所在供电所",
            f"power failure in {en} goes to its branch",
            agency,
            "power_failure",
            code,
        )
        for code, zh, en, agency in POWER_BRANCHES
    ]


def _communities() -> list[Draft]:
    """People who need care are looked after by the community centre next door."""
    return [
        Draft(
            f"{d.zh}{zh}归社区服务中心",
            f"{en} in {d.en} goes to its community centre",
            community_of(d.code),
            code,
            d.code,
        )
        for zh, en, code in CARE
        for d in DIVISIONS
    ]
