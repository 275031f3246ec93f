"""Zhuzhou's nine districts and their streets and towns: real names and codes, synthetic figures.

Codes and names: the statistical division codes of China's National Bureau of Statistics (30 June 2023).
``TOTAL`` is the number of people in the demonstration; how it is shared out is invented.
"""

from dataclasses import dataclass

TOTAL = 3_902_738
CITY_CODE = "430200"
CITY_ZH = "株洲市"
CITY_EN = "Zhuzhou"


@dataclass(frozen=True)
class Division:
    """A district or county: its centre (WGS 84, rounded) and its streets as ``code name pinyin`` lines."""

    code: str
    zh: str
    en: str
    lon: float
    lat: float
    weight: float
    lines: str

    @property
    def streets(self) -> list["Street"]:
        """Read the table of streets."""
        return [_street(self.code, line) for line in self.lines.strip().splitlines()]


@dataclass(frozen=True)
class Street:
    """A street, town or farm, the level below the district."""

    code: str
    zh: str
    en: str

    @property
    def is_town(self) -> bool:
        """Say whether it lies in the country (streets are numbered below 100)."""
        return int(self.code[6:]) >= 100


_ENDINGS = (("街道", "Street"), ("镇", "Town"), ("瑶族乡", "Yao Township"), ("乡", "Township"))


def _street(parent: str, line: str) -> Street:
    code, zh, pinyin = line.split(maxsplit=2)
    ending = next((en for end, en in _ENDINGS if zh.endswith(end)), "")
    return Street(parent + code, zh, f"{pinyin} {ending}".strip())


DIVISIONS = (
    Division("430202", "荷塘区", "Hetang District", 113.22, 27.90, 9.0, """
001 月塘街道 Yuetang
002 茨菇塘街道 Cigutang
003 宋家桥街道 Songjiaqiao
004 桂花街道 Guihua
005 金山街道 Jinshan
006 明照街道 Mingzhao
100 仙庾镇 Xianyu
"""),
    Division("430203", "芦淞区", "Lusong District", 113.25, 27.80, 8.0, """
001 贺家土街道 Hejiatu
002 建设街道 Jianshe
003 建宁街道 Jianning
004 董家塅街道 Dongjiaduan
005 庆云街道 Qingyun
006 枫溪街道 Fengxi
007 龙泉街道 Longquan
100 白关镇 Baiguan
"""),
    Division("430204", "石峰区", "Shifeng District", 113.14, 27.93, 8.0, """
001 田心街道 Tianxin
002 响石岭街道 Xiangshiling
003 清水塘街道 Qingshuitang
004 铜塘湾街道 Tongtangwan
005 井龙街道 Jinglong
008 学林街道 Xuelin
009 龙头铺街道 Longtoupu
102 云田镇 Yuntian
"""),
    Division("430211", "天元区", "Tianyuan District", 113.07, 27.71, 12.0, """
001 嵩山路街道 Songshanlu
002 泰山路街道 Taishanlu
003 栗雨街道 Liyu
004 马家河街道 Majiahe
101 群丰镇 Qunfeng
102 雷打石镇 Leidashi
103 三门镇 Sanmen
"""),
    Division("430212", "渌口区", "Lukou District", 113.14, 27.47, 7.0, """
100 渌口镇 Lukou
101 朱亭镇 Zhuting
106 古岳峰镇 Guyuefeng
107 淦田镇 Gantian
108 龙门镇 Longmen
109 龙潭镇 Longtan
110 南洲镇 Nanzhou
111 龙船镇 Longchuan
"""),
    Division("430223", "攸县", "You County", 113.48, 27.17, 17.0, """
001 联星街道 Lianxing
002 江桥街道 Jiangqiao
003 春联街道 Chunlian
004 谭桥街道 Tanqiao
102 酒埠江镇 Jiubujiang
103 桃水镇 Taoshui
106 网岭镇 Wangling
109 渌田镇 Lutian
115 石羊塘镇 Shiyangtang
118 黄丰桥镇 Huangfengqiao
119 鸾山镇 Luanshan
120 丫江桥镇 Yajiangqiao
122 皇图岭镇 Huangtuling
123 新市镇 Xinshi
124 菜花坪镇 Caihuaping
125 莲塘坳镇 Liantang'ao
126 宁家坪镇 Ningjiaping
400 攸县工业园 You County Industrial Park
401 攸县网岭循环经济园 Wangling Circular Economy Park
"""),
    Division("430224", "茶陵县", "Chaling County", 113.65, 26.80, 13.0, """
002 下东街道 Xiadong
003 思聪街道 Sicong
004 洣江街道 Mijiang
005 云阳街道 Yunyang
101 界首镇 Jieshou
103 湖口镇 Hukou
105 马江镇 Majiang
106 高陇镇 Gaolong
109 虎踞镇 Huju
111 枣市镇 Zaoshi
112 火田镇 Huotian
113 严塘镇 Yantang
115 秩堂镇 Zhitang
116 腰潞镇 Yaolu
203 舲舫乡 Lingfang
213 桃坑乡 Taokeng
404 汉背管理处 Hanbei Administration
500 茶陵县红色农场 Chaling Hongse Farm
"""),
    Division("430225", "炎陵县", "Yanling County", 113.84, 26.37, 4.0, """
100 霞阳镇 Xiayang
101 沔渡镇 Miandu
102 十都镇 Shidu
103 水口镇 Shuikou
105 鹿原镇 Luyuan
200 垄溪乡 Longxi
202 策源乡 Ceyuan
203 下村乡 Xiacun
207 船形乡 Chuanxing
209 中村瑶族乡 Zhongcun
400 炎陵县大院农场 Yanling Dayuan Farm
401 炎陵县桃源洞管理局 Taoyuandong Administration
"""),
    Division("430281", "醴陵市", "Liling City", 113.46, 27.66, 22.0, """
002 阳三石街道 Yangsanshi
003 仙岳山街道 Xianyueshan
004 国瓷街道 Guoci
006 来龙门街道 Lailongmen
007 长庆街道 Changqing
102 白兔潭镇 Baitutan
103 浦口镇 Pukou
105 王仙镇 Wangxian
107 泗汾镇 Sifen
108 沈潭镇 Shentan
109 船湾镇 Chuanwan
120 均楚镇 Junchu
121 东富镇 Dongfu
122 石亭镇 Shiting
125 孙家湾镇 Sunjiawan
126 官庄镇 Guanzhuang
127 嘉树镇 Jiashu
128 板杉镇 Banshan
129 沩山镇 Weishan
130 枫林镇 Fenglin
131 李畋镇 Litian
132 明月镇 Mingyue
133 左权镇 Zuoquan
134 茶山镇 Chashan
400 湖南醴陵经济开发区 Liling Economic Development Zone
"""),
)  # fmt: skip
