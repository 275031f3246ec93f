"""Power, water, gas, warmth and repairs."""

from bihuan.lines.requests.questions import CONDITION, NEED_PLACE, ask, pick
from bihuan.spine.cases.registry import ServiceSpec

FIRE = ("着火", "冒烟", "爆炸", "触电", "电线掉", "fire", "smoke", "explosion", "electric shock", "wire down")
GAS = ("漏气", "煤气味", "爆炸", "中毒", "gas smell", "explosion", "poisoning")

EXTENT = pick(
    "extent",
    "影响范围",
    "How far",
    ("home", "只有我家", "only my home"),
    ("stair", "本单元", "my staircase"),
    ("building", "整栋楼", "the whole building"),
    ("compound", "整个小区", "the whole compound"),
)

POWER = ServiceSpec(
    code="power_failure",
    zh="停电与用电",
    en="Power failure",
    about_zh="停电、电压不稳、电表充值、线路隐患。",
    about_en="No power, low voltage, a prepaid meter, a damaged line.",
    group="utilities",
    icon="zap-off",
    agency="power",
    urgency="supply",
    order=310,
    needs=NEED_PLACE,
    needs_proof=True,
    questions=(
        EXTENT,
        pick(
            "matter",
            "什么问题",
            "What is wrong",
            ("out", "停电", "no power"),
            ("low", "电压不稳", "low voltage"),
            ("meter", "电表欠费或充值", "meter or top-up"),
            ("line", "线路或设备损坏", "damaged line"),
        ),
        CONDITION,
    ),
    danger_words=FIRE,
    emergency_number="119",
    keywords=("停电", "没电", "跳闸", "电压", "电表", "电费", "power", "electricity", "outage", "meter"),
)

WATER = ServiceSpec(
    code="water",
    zh="供水与漏水",
    en="Water",
    about_zh="停水、水压低、水质差、水管爆裂、下水堵塞。",
    about_en="No water, low pressure, bad water, a burst pipe, a blocked drain.",
    group="utilities",
    icon="droplet",
    agency="water",
    urgency="supply",
    order=320,
    needs=NEED_PLACE,
    questions=(
        EXTENT,
        pick(
            "matter",
            "什么问题",
            "What is wrong",
            ("none", "停水", "no water"),
            ("low", "水压低", "low pressure"),
            ("bad", "水质差", "bad water"),
            ("burst", "爆管漏水", "burst or leak"),
            ("drain", "下水堵塞", "drain"),
        ),
    ),
    keywords=(
        "停水",
        "没水",
        "水压",
        "水质",
        "漏水",
        "爆管",
        "下水道",
        "water",
        "leak",
        "pipe",
        "sewer",
        "drain",
    ),
)

GAS_LEAK = ServiceSpec(
    code="gas_leak",
    zh="燃气故障",
    en="Gas fault",
    about_zh="停气、打不着火、燃气表故障。闻到煤气味请先离开再打电话。",
    about_en="No gas or a faulty meter. If you smell gas, leave first, then call.",
    group="utilities",
    icon="flame",
    agency="gas",
    urgency="life",
    priority="urgent",
    order=330,
    needs=NEED_PLACE,
    questions=(
        EXTENT,
        pick("smell", "有没有气味", "Do you smell gas", ("yes", "有", "yes"), ("no", "没有", "no")),
    ),
    danger_words=GAS + FIRE[:3],
    emergency_number="119",
    keywords=("燃气", "煤气", "天然气", "停气", "gas"),
)

HEATING = ServiceSpec(
    code="heating",
    zh="取暖保暖",
    en="Heating and warmth",
    about_zh="供暖、热水故障，或缺少棉被、取暖设备。",
    about_en="Heating or hot water that fails, or a home without blankets or a heater.",
    group="utilities",
    icon="thermometer-snowflake",
    agency="housing",
    urgency="supply",
    order=340,
    needs=NEED_PLACE,
    questions=(EXTENT, CONDITION),
    danger_words=("失温", "一氧化碳", "hypothermia", "carbon monoxide"),
    emergency_number="120",
    keywords=("暖气", "取暖", "热水", "棉被", "heat", "heating", "hot water", "boiler", "blanket"),
)

REPAIR = ServiceSpec(
    code="repair",
    zh="应急维修",
    en="Urgent repairs",
    about_zh="电梯、门锁、门窗、屋顶、墙体等影响安全的损坏。",
    about_en="Lift, lock, window, roof or wall: damage that can't wait.",
    group="utilities",
    icon="wrench",
    agency="housing",
    urgency="supply",
    order=350,
    needs=NEED_PLACE,
    questions=(
        pick(
            "what",
            "哪里坏了",
            "What is broken",
            ("lift", "电梯", "lift"),
            ("lock", "门锁", "lock or door"),
            ("window", "门窗", "window"),
            ("roof", "屋顶墙体", "roof or wall"),
            ("other", "其他", "something else"),
        ),
        ask("visit_at", "什么时候方便上门", "When may we come", "datetime"),
    ),
    danger_words=("困在电梯", "坍塌", "trapped", "collapse"),
    emergency_number="119",
    keywords=("电梯", "门锁", "维修", "坏了", "lift", "elevator", "lock", "broken", "repair"),
)

SERVICES = (POWER, WATER, GAS_LEAK, HEATING, REPAIR)
