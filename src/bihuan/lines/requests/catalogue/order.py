"""The street and the stairwell: what disturbs everybody."""

from bihuan.lines.requests.questions import BY_WHEN, NEED_PLACE, NEED_TEXT_PHONE, NEED_TEXT_PLACE, ask, pick
from bihuan.spine.cases.registry import ServiceSpec

VIOLENCE = ("打架", "持刀", "抢", "打人", "fight", "knife", "robbery", "violence")

RUBBISH = ServiceSpec(
    code="rubbish",
    zh="垃圾清运",
    en="Rubbish",
    about_zh="垃圾没人收、乱堆乱倒、消杀不到位。",
    about_en="Rubbish not collected, dumped, or a place to disinfect.",
    group="order",
    icon="trash",
    agency="urban-management",
    urgency="general",
    order=410,
    needs=NEED_PLACE,
    is_anonymous=True,
    needs_proof=True,
    questions=(
        pick(
            "matter",
            "什么问题",
            "What is wrong",
            ("full", "没有清运", "not collected"),
            ("dump", "乱倒", "dumped"),
            ("vermin", "老鼠蚊虫", "rats or insects"),
            ("clean", "需要消杀", "needs disinfecting"),
        ),
    ),
    keywords=("垃圾", "清运", "消杀", "老鼠", "脏", "rubbish", "garbage", "trash", "rats", "dirty"),
)

NOISE = ServiceSpec(
    code="noise",
    zh="噪声扰民",
    en="Noise",
    about_zh="施工、喇叭、邻居等噪声。",
    about_en="Building works, loudspeakers, neighbours.",
    group="order",
    icon="volume-2",
    agency="urban-management",
    urgency="general",
    order=420,
    needs=NEED_PLACE,
    is_anonymous=True,
    questions=(
        pick(
            "source",
            "哪来的声音",
            "From where",
            ("works", "施工", "building works"),
            ("home", "邻居", "a neighbour"),
            ("speaker", "喇叭音响", "a loudspeaker"),
            ("traffic", "车辆", "traffic"),
            ("other", "其他", "other"),
        ),
    ),
    danger_words=VIOLENCE,
    emergency_number="110",
    keywords=("噪音", "噪声", "吵", "喇叭", "noise", "loud", "music"),
)

CROWDING = ServiceSpec(
    code="crowding",
    zh="人员聚集",
    en="Crowding",
    about_zh="聚餐、打牌、排队拥挤等聚集情况。",
    about_en="Gatherings, or a queue that is too dense.",
    group="order",
    icon="users",
    agency="police",
    urgency="supply",
    order=430,
    needs=NEED_PLACE,
    is_anonymous=True,
    questions=(ask("people", "大约多少人", "About how many people", "number"),),
    danger_words=VIOLENCE,
    emergency_number="110",
    keywords=("聚集", "聚餐", "打牌", "拥挤", "crowd", "gathering", "queue"),
)

ROAD = ServiceSpec(
    code="road",
    zh="道路与交通",
    en="Roads and traffic",
    about_zh="道路堵塞、事故车辆、路面损坏、违停。",
    about_en="A blocked road, a broken-down car, a hole, bad parking.",
    group="order",
    icon="traffic-cone",
    agency="traffic-police",
    urgency="supply",
    order=440,
    needs=NEED_PLACE,
    is_anonymous=True,
    questions=(
        pick(
            "matter",
            "什么问题",
            "What is wrong",
            ("blocked", "道路堵塞", "blocked"),
            ("crash", "交通事故", "a crash"),
            ("car", "故障或弃置车辆", "a dead vehicle"),
            ("hole", "路面损坏", "damage"),
            ("parking", "违停", "parking"),
        ),
    ),
    danger_words=("有人受伤", "被困", "injured", "trapped"),
    emergency_number="120",
    keywords=("道路", "堵车", "违停", "事故", "路面", "road", "traffic", "parking", "accident", "vehicle"),
)

VEHICLE_PASS = ServiceSpec(
    code="vehicle_pass",
    zh="车辆通行",
    en="Vehicle pass",
    about_zh="就医、保供等车辆要通过卡口。",
    about_en="A car or lorry that must get through: hospital, supplies, work.",
    group="order",
    icon="truck",
    agency="transport",
    urgency="supply",
    order=450,
    needs=NEED_TEXT_PHONE,
    questions=(
        ask("plate", "车牌号", "Number plate", required=True),
        pick(
            "purpose",
            "事由",
            "Purpose",
            ("hospital", "就医", "hospital"),
            ("goods", "保供运输", "supplies"),
            ("work", "上班", "essential work"),
            ("home", "返家", "going home"),
        ),
        BY_WHEN,
    ),
    keywords=("通行证", "卡口", "过卡", "货车", "pass", "checkpoint", "lorry", "truck"),
)

LOST = ServiceSpec(
    code="lost",
    zh="寻人寻物",
    en="Lost and found",
    about_zh="走失的人和丢失的东西。",
    about_en="A person who is missing, a thing that was lost.",
    group="order",
    icon="search",
    agency="police",
    urgency="supply",
    order=460,
    needs=NEED_TEXT_PLACE,
    questions=(
        pick("what", "找什么", "What is missing", ("person", "人", "a person"), ("thing", "东西", "a thing")),
        ask("last_at", "最后一次看到", "Last seen", "datetime"),
    ),
    danger_words=("小孩走失", "绑架", "missing child", "kidnap"),
    emergency_number="110",
    keywords=("走失", "丢了", "找人", "失物", "lost", "missing", "found"),
)

SERVICES = (RUBBISH, NOISE, CROWDING, ROAD, VEHICLE_PASS, LOST)
