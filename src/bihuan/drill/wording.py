"""What people say: for each service some ways to put it, with the answers to its questions.

A way is Chinese, English and answers. ``{age} {block} {hour} {day}`` are filled in.
"""

from random import Random
from typing import Any

Way = tuple[str, str, dict[str, Any]]

POWER: tuple[Way, ...] = (
    ("{block}栋从{hour}点起停电，到现在没来电", "Building {block} has had no power since {hour}:00",
     {"extent": "building", "matter": "out"}),
    ("整个小区都停电了，电梯也停了", "The whole compound is without power and the lifts have stopped",
     {"extent": "compound", "matter": "out"}),
    ("只有我家没电，总闸推不上去", "Only my flat has no power; the main switch won't stay up",
     {"extent": "home", "matter": "out"}),
    ("{block}栋这个单元没电，楼上楼下都一样", "No power in our staircase of building {block}",
     {"extent": "stair", "matter": "out"}),
    ("电压忽高忽低，灯一闪一闪", "The voltage goes up and down and the lights flicker",
     {"extent": "home", "matter": "low"}),
    ("电表显示欠费，出不了门没法充值", "The prepaid meter is empty and I can't go out to top it up",
     {"extent": "home", "matter": "meter"}),
    ("{block}栋楼下的配电箱门开着，下雨会进水", "The switch box below building {block} stands open in the rain",
     {"extent": "building", "matter": "line"}),
    ("{block}栋{age}岁老人在家吸氧，停电了，请快来", "No power, and a man of {age} here lives on oxygen, please hurry",
     {"extent": "home", "matter": "out", "condition": ["oxygen"]}),
)  # fmt: skip

OUTAGE: tuple[Way, ...] = POWER[:2] + POWER[3:4]

ERRANDS: dict[str, tuple[Way, ...]] = {
    "medicine": (
        ("{age}岁，高血压，降压药只剩一天，出不去", "{age} years old, blood-pressure tablets for one more day only",
         {"drug": "氨氯地平 5mg", "left": "two", "script": "yes"}),
        ("糖尿病要胰岛素，今晚就断了", "Diabetic, out of insulin tonight",
         {"drug": "门冬胰岛素 3ml", "left": "none", "script": "yes"}),
        ("孩子发烧，要退烧药", "A child with a fever needs medicine",
         {"drug": "布洛芬混悬液", "left": "none", "script": "none"}),
    ),
    "food": (
        ("家里四口人，米和菜都快没了", "Four of us, nearly out of rice and vegetables", {"people": 4, "left": "day"}),
        ("独居，腿脚不便，只剩挂面", "I live alone, can't walk far, only noodles left", {"people": 1, "left": "none"}),
    ),
    "baby_needs": (
        ("宝宝奶粉只够一顿，要一段", "Milk powder for one more meal, stage one please",
         {"items": "婴儿奶粉一段 2罐", "months": 4}),
    ),
    "gas_card": (
        ("燃气卡快没气了，老人不会用手机充值", "The gas card is nearly empty and my parents can't top up by phone",
         {"amount": 100, "left": "little"}),
        ("已经停气，做不了饭", "The gas is off, we can't cook", {"amount": 200, "left": "none"}),
    ),
    "elderly_care": (
        ("隔壁{age}岁老人卧床，儿女被封在外地，没人做饭",
         "My neighbour, {age}, is bedridden and the family is locked out of town",
         {"age": 90, "condition": ["alone", "bedridden"], "help": ["meals", "wash"]}),
    ),
    "elderly_visit": (
        ("我妈{age}岁独居，两天没接电话", "My mother, {age}, lives alone and hasn't answered for two days",
         {"age": 84, "last": "days"}),
    ),
    "dialysis_trip": (
        ("每周三次透析，明早要去医院", "Dialysis three times a week, next one tomorrow morning",
         {"hospital": "演示人民医院", "next_at": "{day}T07:30", "moves": "wheelchair"}),
    ),
    "chemo_trip": (
        ("第三次化疗，明天的号", "Third chemotherapy, appointment tomorrow",
         {"hospital": "演示人民医院", "next_at": "{day}T09:00", "companions": 1}),
    ),
    "birth": (
        ("怀孕38周，今天该产检", "38 weeks pregnant, check-up due today", {"weeks": 38, "hospital": "演示人民医院"}),
    ),
    "counselling": (
        ("一直睡不着，心里慌", "I can't sleep and feel afraid", {"about": ["sleep", "worry"]}),
    ),
    "water": (
        ("{block}栋没水了，水压很低", "No water in building {block}", {"extent": "building", "matter": "low"}),
        ("楼道水管爆了，水往外冒", "A pipe burst in the staircase", {"extent": "stair", "matter": "burst"}),
    ),
    "heating": (
        ("老人家里没有取暖的，被子也薄", "An old couple without a heater", {"extent": "home"}),
    ),
    "repair": (
        ("门锁坏了，人在外面进不去", "The lock is broken and I can't get in", {"what": "lock"}),
    ),
    "rubbish": (
        ("垃圾三天没清了，味道很大", "The rubbish has not been taken for three days", {"matter": "full"}),
    ),
    "noise": (
        ("楼下喇叭从早响到晚", "A loudspeaker all day long below our window", {"source": "speaker"}),
    ),
    "crowding": (
        ("采样点排队挤成一团", "People crowd together at the testing station", {"people": 60}),
    ),
    "vehicle_pass": (
        ("送菜车被卡口拦住，要去超市", "A lorry with vegetables is held at the checkpoint",
         {"plate": "湘B00000", "purpose": "goods"}),
    ),
    "complaint": (
        ("楼下超市白菜卖到15元一斤，价格太离谱", "The shop sells cabbage at three times the price", {"about": "price"}),
        ("志愿者态度不好，敲门很凶", "The man at the gate was rude", {"about": "conduct"}),
        ("公司不给隔离期间的工资", "My firm won't pay for the days of isolation", {"about": "work"}),
    ),
    "praise": (
        ("感谢送药的小伙子，冒雨跑了三趟", "Thank you to the young man who brought medicine in the rain", {}),
    ),
    "advice": (
        ("请问从长沙回来要不要报备", "Do I have to report when I come from Changsha", {}),
        ("请问明天学校开不开门", "Will the school be open tomorrow", {}),
    ),
    "offer_help": (
        ("我有车，白天可以跑腿送药", "I have a car and can run errands by day",
         {"skill": ["drive", "errand"], "hours": 6}),
        ("退休护士，可以上门换药", "Retired nurse, can change dressings", {"skill": ["nurse"], "hours": 3}),
    ),
    "offer_goods": (
        ("捐200箱方便面", "200 boxes of noodles to give", {"goods": "方便面", "quantity": 200}),
    ),
}  # fmt: skip

SHARES = {
    "medicine": 26, "food": 18, "gas_card": 16, "elderly_care": 8, "elderly_visit": 6, "baby_needs": 8,
    "dialysis_trip": 5, "chemo_trip": 3, "birth": 3, "counselling": 5, "water": 10, "heating": 4, "repair": 6,
    "rubbish": 6, "noise": 4, "crowding": 3, "vehicle_pass": 7, "complaint": 10, "praise": 4, "advice": 8,
    "offer_help": 8, "offer_goods": 4,
}  # fmt: skip
"""How many of each the day has, beside the power desk's."""


def word(rng: Random, ways: tuple[Way, ...], language: str, day: str) -> tuple[str, dict[str, Any]]:
    """Draw a way to put it; return the text in that language and the answers."""
    zh, en, answers = rng.choice(ways)
    filled = {"age": rng.randint(66, 93), "block": rng.randint(1, 28), "hour": rng.randint(5, 9), "day": day}
    text = (en if language == "en" else zh).format(**filled)
    return text, {code: a.format(**filled) if isinstance(a, str) else a for code, a in answers.items()}
