"""Invented people: common surnames, neutral given names. Any likeness is chance."""

from __future__ import annotations

import random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = [
    "建国",
    "秀英",
    "志强",
    "桂兰",
    "明华",
    "玉兰",
    "海涛",
    "春梅",
    "文斌",
    "晓燕",
    "国庆",
    "丽萍",
    "长青",
    "雪梅",
    "永福",
    "淑珍",
    "立新",
    "红霞",
    "宝山",
    "凤英",
    "成林",
    "小玲",
    "新民",
    "彩云",
    "德胜",
    "月娥",
    "平安",
    "金凤",
    "世杰",
    "爱华",
    "振华",
    "巧云",
    "学军",
    "秋菊",
    "安民",
    "冬梅",
    "正明",
    "银花",
    "先锋",
    "翠兰",
    "一鸣",
    "静",
    "磊",
    "敏",
    "勇",
    "洁",
    "涛",
    "娟",
    "强",
    "芳",
]
JOBS = ["农民"] * 30 + ["工人"] * 11 + ["干部"] * 33 + ["专业技术人员"] * 16 + ["企业负责人"] * 10


def person_name(chance: random.Random) -> str:
    """Return an invented name."""
    return chance.choice(SURNAMES[:60] if chance.random() < 0.8 else SURNAMES) + chance.choice(GIVEN)
