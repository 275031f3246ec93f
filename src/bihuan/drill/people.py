"""Invented people: a name and a telephone number that nobody has."""

from dataclasses import dataclass
from random import Random

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑谢宋唐许韩冯邓曹彭曾"
_GIVEN = (
    "建国秀英桂兰志强小红美玲国庆丽华子轩雨桐浩然思远春梅卫东玉珍海燕文博晓峰淑芬家豪"
    "冬生月娥新民佳怡宇航金花德明慧敏立新雪梅"
)
GIVEN = [_GIVEN[i : i + 2] for i in range(0, len(_GIVEN), 2)]
PREFIX = "1990000"  # never given out, so no drill can ring anybody


@dataclass(frozen=True)
class Person:
    """Who asks."""

    name: str
    phone: str
    language: str


def draw_person(rng: Random, number: int) -> Person:
    """Invent a person; ``number`` below 10,000 makes the telephone unique."""
    language = "en" if rng.random() < 0.06 else "zh-hans"
    return Person(rng.choice(SURNAMES) + rng.choice(GIVEN), f"{PREFIX}{number:04d}", language)
