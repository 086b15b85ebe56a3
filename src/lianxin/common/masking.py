"""Masking what betrays people in free text: phones, numbers of papers, plates, names. Pure.

The keeper sees what was masked and may mask more; the original stays in the station.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_GAP = r"[\s\-－—_.·,，、]*"
_DIGIT = "[0-9０-９零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
_MOBILE = re.compile(
    rf"(?<![0-9０-９])(?:\+?86{_GAP})?[1１一幺壹]{_GAP}(?:{_DIGIT}{_GAP}){{9}}{_DIGIT}(?![0-9０-９])"
)
_IDCARD = re.compile(rf"(?:{_DIGIT}{_GAP}){{17}}(?:{_DIGIT}|[xXｘＸ])")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[\s\-－—]?\d{7,8}(?!\d)")
_CARD = re.compile(r"(?<!\d)(?:\d[ \-]?){15,18}\d(?!\d)")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z][\s·•.]?[A-HJ-NP-Za-hj-np-z0-9]{5,6}"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WECHAT = re.compile(r"(?:微信号?|QQ号?|qq号?|vx|VX)[\s:：是为]*[A-Za-z0-9_-]{5,20}")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞"
    "任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛禹狄米贝明臧计伏成戴宋"
    "庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房解应宗丁宣邓单杭洪包左"
    "石崔吉龚程邢裴陆荣翁荀甄曲封储靳邴糜松段富乌焦巴弓牧隗谷车侯伊宁仇栾甘厉祖武符刘景詹龙叶黎白蒲邰从赖卓屠蒙池乔阎温庄柴瞿习"
)
_AFTER = re.compile(
    rf"(?P<lead>我叫|我是|我名叫|名字叫|姓名[:：]?|联系人[:：]?|本人|户主[:：]?|家属[:：]?)(?P<name>[{_SURNAMES}][\u4e00-\u9fff·]{{1,2}})(?![村镇乡县市区组社])"
)
_TITLE = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{0,2}})(?P<title>先生|女士|大爷|大妈|大姐|大哥|大叔|阿姨|师傅|同志)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """What was masked: where in the original, and what it looked like."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with what betrays people replaced, and what was replaced."""

    text: str
    spans: tuple[Span, ...]


def mask(text: str) -> Masked:
    """Return the text as it may leave the station, before a keeper has looked at it."""
    spans = _spans(text)
    out, at = [], 0
    for span in spans:
        out += [text[at : span.start], f"〔{WORDS[span.kind]}已隐去〕"]
        at = span.end
    return Masked("".join([*out, text[at:]]), tuple(spans))


WORDS = {"phone": "电话", "id": "证件号", "plate": "车牌", "account": "账号", "name": "姓名"}


def _spans(text: str) -> list[Span]:
    flat = _flat(text)
    found = [
        Span(*match.span(), kind)
        for kind, pattern in (
            ("id", _IDCARD),
            ("account", _CARD),
            ("phone", _MOBILE),
            ("phone", _LANDLINE),
            ("plate", _PLATE),
            ("account", _MAIL),
            ("account", _WECHAT),
        )
        for match in pattern.finditer(flat)
    ]
    found += [Span(*match.span("name"), "name") for match in (*_AFTER.finditer(flat), *_TITLE.finditer(flat))]
    return _without_overlaps(found)


def _flat(text: str) -> str:
    """Return the text with full-width signs narrowed one by one, so that places stay the same."""
    return "".join(
        narrow if len(narrow := unicodedata.normalize("NFKC", sign)) == 1 else sign for sign in text
    )


def _without_overlaps(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if kept and span.start < kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end), kept[-1].kind)
        else:
            kept.append(span)
    return kept


def masked_name(name: str) -> str:
    """Return a name as lists show it: 张**."""
    return f"{name[:1]}**" if name else ""


def masked_phone(phone: str) -> str:
    """Return a phone number as lists show it: 138****1234."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else "****"
