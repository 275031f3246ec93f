"""An invented grammar of names: first halves and endings, drawn without repeats."""

from collections.abc import Iterator
from random import Random

_FIRST = (
    "锦绣 Jinxiu|金桂 Jingui|翠湖 Cuihu|江畔 Jiangpan|云栖 Yunqi|望岳 Wangyue|紫荆 Zijing|香樟 Xiangzhang|"
    "和悦 Heyue|文澜 Wenlan|银杏 Yinxing|青松 Qingsong|碧波 Bibo|春晓 Chunxiao|福临 Fulin|东篱 Dongli|"
    "映月 Yingyue|听雨 Tingyu|梧桐 Wutong|柏翠 Baicui|丹枫 Danfeng|白鹭 Bailu|晨曦 Chenxi|南风 Nanfeng|"
    "星河 Xinghe|橘洲 Juzhou|兰亭 Lanting|杏花 Xinghua|桃源里 Taoyuanli|荷香 Hexiang|松涛 Songtao|竹韵 Zhuyun|"
    "明湖 Minghu|安和 Anhe|吉祥 Jixiang|长乐 Changle|朝阳里 Chaoyangli|清溪 Qingxi|沁园 Qinyuan|怡景 Yijing"
)
_ESTATE = (
    "花园 Garden|家园 Homes|雅苑 Court|府 Residence|小区 Estate|里 Lanes|湾 Bay|城 Town|"
    "公馆 Mansions|新村 New Village"
)
_LAND = (
    "石桥 Shiqiao|枫树 Fengshu|古塘 Gutang|竹山 Zhushan|月形 Yuexing|长岭 Changling|双井 Shuangjing|大屋 Dawu|"
    "茶坪 Chaping|樟木 Zhangmu|油圳 Youzhen|沙洲 Shazhou|鹅颈 Ejing|龙泉冲 Longquanchong|白石 Baishi|杨梅 Yangmei|"
    "黄泥 Huangni|青山 Qingshan|荷叶 Heye|瓦子 Wazi|铁炉 Tielu|高车 Gaoche|清水 Qingshui|楠竹 Nanzhu|"
    "塘边 Tangbian|花桥 Huaqiao|乌石 Wushi|马鞍 Ma'an|仙人 Xianren|板栗 Banli|桐子 Tongzi|横塘 Hengtang|"
    "莲花 Lianhua|狮子 Shizi|老屋 Laowu|新塘 Xintang|梅子 Meizi|鸭婆 Yapo|井湾 Jingwan|松山 Songshan"
)
_VILLAGE = (
    "村 Village|岭村 Ridge Village|冲村 Valley Village|坪村 Meadow Village|湾村 Bend Village|坳村 Pass Village|"
    "桥村 Bridge Village|塘村 Pond Village|垅村 Field Village|集镇小区 Market Estate"
)
_ORDINAL = ("", "二期", "三期", "四期", "五期", "六期")

Name = tuple[str, str]
"""Chinese, English."""


def draw_estates(rng: Random) -> Iterator[Name]:
    """Yield names of compounds in town, each once."""
    return _draw(rng, _FIRST, _ESTATE)


def draw_villages(rng: Random) -> Iterator[Name]:
    """Yield names of villages, each once."""
    return _draw(rng, _LAND, _VILLAGE)


def _draw(rng: Random, first: str, endings: str) -> Iterator[Name]:
    pairs = [(a, b) for a in first.split("|") for b in endings.split("|")]
    rng.shuffle(pairs)
    for phase, zh_phase in enumerate(_ORDINAL, 1):
        en_phase = f" Phase {phase}" if zh_phase else ""
        for a, b in pairs:
            zh, en = (part.split(" ", 1) for part in (a, b))
            yield zh[0] + en[0] + zh_phase, f"{zh[1]} {en[1]}{en_phase}"
