"""Masking what betrays people in free text: phones, numbers of papers, plates, names. Pure.

The keeper sees what was masked and may mask more; the original stays in the station.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_GAP = r"[\s\-－—_.·,，()（）]*"
_SPOKEN = "零〇洞一幺二两三四五六七拐八九勾壹贰叁肆伍陆柒捌玖"
_MEANS = str.maketrans(_SPOKEN, "0001122345677899123456789")
_DIGIT = f"[0-9{_SPOKEN}]"
_MOBILE = re.compile(
    rf"(?<![0-9])(?:\+?(?:00)?86{_GAP})?"
    rf"(?:1[0-9]{{10}}|[1一幺壹]{_GAP}[3-9三四五六七拐八九勾叁肆伍陆柒捌玖]{_GAP}(?:{_DIGIT}{_GAP}){{8}}{_DIGIT})"
    r"(?![0-9])"
)
_IDCARD = re.compile(rf"(?<![0-9])(?:{_DIGIT}{_GAP}){{17}}(?:{_DIGIT}|[xX])(?![0-9])")
_OLD_IDCARD = re.compile(rf"(?<![0-9])(?:{_DIGIT}{_GAP}){{14}}{_DIGIT}(?![0-9])")
_LANDLINE = re.compile(
    rf"(?<![0-9])[(（]?0[0-9]{{2,3}}{_GAP}[2-8](?:[0-9][ \-]?){{5,6}}[0-9](?![0-9])"
    r"|(?:(?<=电话)|(?<=座机)|(?<=手机)|(?<=号码))[是为:：\s]{0,2}[2-8][0-9]{2,3}[ \-]?[0-9]{4}(?![0-9])"
)
_CARD = re.compile(r"(?<![0-9])(?:[0-9]{16,19}|[0-9]{4}(?:[ \-][0-9]{4}){3}(?:[ \-][0-9]{1,3})?)(?![0-9])")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[A-HJ-NP-Za-hj-np-z][\s·•.\-]{0,2}"
    r"(?=[A-Za-z0-9]*[0-9]{2})(?:[A-HJ-NP-Za-hj-np-z0-9]\s?){4,5}[A-HJ-NP-Za-hj-np-z0-9](?![A-Za-z0-9])"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_WECHAT = re.compile(r"(?:微信号?|QQ号?|qq号?|vx|VX)[\s:：是为]*[A-Za-z0-9_-]{5,20}")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞"
    "任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛禹狄米贝明臧计伏成戴宋"
    "庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房解应宗丁宣邓单杭洪包左"
    "石崔吉龚程邢裴陆荣翁荀甄曲封储靳邴糜松段富乌焦巴弓牧隗谷车侯伊宁仇栾甘厉祖武符刘景詹龙叶黎白蒲邰从赖卓屠蒙池乔阎温庄柴瞿习"
    "曾肖谭廖付闫覃向佘党晏聂沙艾尚古柏查冉刁鞠敖"
)
_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙朱胡郭罗郑梁谢宋唐韩冯邓曹彭曾肖董袁潘蒋蔡余杜"
    "苏魏吕丁沈姚卢姜崔谭陆汪范廖贾韦付邹孟熊秦邱尹薛闫段侯陶黎贺郝龚邵覃戴柯"
)
_DOUBLE = "欧阳|司马|上官|诸葛|司徒|皇甫|令狐|慕容|尉迟|公孙|夏侯"
_HAN = "\u4e00-\u9fff"
_NAME = rf"(?P<name>(?:{_DOUBLE})[{_HAN}]{{1,2}}|[{_SURNAMES}][{_HAN}·]{{1,2}})"
_KIN = (
    "老公|丈夫|男人|媳妇|婆娘|老婆|爱人|儿子|女儿|女子|娃儿|娃|孩子|父亲|母亲|爸爸?|妈妈?|爹|娘|爷爷|奶奶|"
    "哥哥?|姐姐?|弟弟?|妹妹?|屋里人|老汉|老人|孙子|孙女|邻居"
)
_LEADS = (
    r"(?:我|俺|咱|本人|在下|小的|名字|大名|真名)的?(?:名字)?(?:就)?(?:叫做|喊做|喊作|名叫|叫|喊)(?:做|个)?|我是|俺是|我就是|姓名[是为]?[:：]?|"
    r"(?:联系人|本人|户主|家属|住户|署名|反映人|反映者|投诉人|申请人|当事人|报料人)(?:是|为|叫)?[:：]?"
    rf"|(?:{_KIN})(?:名字)?(?:名叫|叫做|喊做|叫|喊)"
)
_AFTER = re.compile(rf"(?:{_LEADS})\s*{_NAME}")
_OF_PLACE = re.compile(
    rf"(?:我|俺)(?:们)?(?:是|就是|住在?)[^，,。；;！!？?\n]{{0,14}}?(?:村|组|社区|镇|小区|院子)的\s*{_NAME}(?=[，,。；;！!？?\s]|$)"
)
_FAMILY = re.compile(rf"(?:我|俺|免贵)(?:本人)?姓\s*(?P<name>{_DOUBLE}|[{_SURNAMES}])")
_GIVEN = re.compile(
    rf"(?:我|俺|免贵)姓[{_SURNAMES}][，,、\s]*(?:名|单名|名字)?(?:叫|喊)?\s*(?P<name>[{_HAN}]{{1,2}})(?=[，,。；;！!？?\s]|$)"
)
_TITLES = (
    "先生|女士|大爷|大妈|大娘|大姐|大哥|大叔|大伯|大婶|大嫂|阿姨|师傅|同志|婆婆|老汉|嫂子|婶婶|婶子|幺爸|表叔"
)
_TITLE = re.compile(
    rf"(?:(?<![{_HAN}])(?P<name>[{_SURNAMES}][{_HAN}]{{0,2}}?)|(?P<inner>[{_COMMON}][{_HAN}]{{0,2}}?))(?:{_TITLES})"
)
_SIGNED = re.compile(rf"(?:[—\-]{{1,4}}|\n)\s*{_NAME}\s*$")
_PLACE = re.compile(
    rf"[{_HAN}]{{1,5}}?(?:村|镇|乡|县|市|区|组|社|庄|河|沟|湾|坪|岭|坡|小学|中学|居民|家长|桥|山上|院|垭|坝|铺|寨|关|店|街)"
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


def mask(text: str, known: Sequence[str] = ()) -> Masked:
    """Return the text as it may leave the station, before a keeper has looked at it.

    `known` are words that must not appear in any case: the name and the phone of the person who
    said it.
    """
    spans = _without_overlaps([*_spans(text), *_known_spans(text, known)])
    out, at = [], 0
    for span in spans:
        out += [text[at : span.start], f"〔{WORDS[span.kind]}已隐去〕"]
        at = span.end
    return Masked("".join([*out, text[at:]]), tuple(spans))


def hide(text: str, known: Sequence[str]) -> str:
    """Return the text without the words of `known` only: for sentences that staff write themselves."""
    out, at = [], 0
    for span in _without_overlaps(_known_spans(text, known)):
        out += [text[at : span.start], f"〔{WORDS[span.kind]}已隐去〕"]
        at = span.end
    return "".join([*out, text[at:]])


WORDS = {"phone": "电话", "id": "证件号", "plate": "车牌", "account": "账号", "name": "姓名"}


def _spans(text: str) -> list[Span]:
    flat = _flat(text)
    found = [
        Span(*match.span(), kind)
        for kind, pattern in (
            ("account", _CARD),
            ("phone", _MOBILE),
            ("phone", _LANDLINE),
            ("plate", _PLATE),
            ("account", _MAIL),
            ("account", _WECHAT),
        )
        for match in pattern.finditer(flat)
    ]
    return [*_papers(flat), *found, *_names(flat)]


def _papers(flat: str) -> list[Span]:
    """Find identity numbers of 18 and 15 digits; the birthday inside tells them from other numbers."""
    found = [match.span() for match in _IDCARD.finditer(flat) if _born(_digits(match.group())[6:14])]
    found += [
        match.span() for match in _OLD_IDCARD.finditer(flat) if _born("19" + _digits(match.group())[6:12])
    ]
    return [Span(start, end, "id") for start, end in found]


def _digits(text: str) -> str:
    return re.sub(r"[^0-9xX]", "", text.translate(_MEANS))


def _born(eight: str) -> bool:
    month, day = int(eight[4:6]), int(eight[6:8])
    return eight[:2] in {"18", "19", "20"} and 1 <= month <= 12 and 1 <= day <= 31


def _names(flat: str) -> list[Span]:
    found = [match.span("name") for pattern in (_FAMILY, _GIVEN, _SIGNED) for match in pattern.finditer(flat)]
    for pattern in (_AFTER, _OF_PLACE):
        for match in pattern.finditer(flat):
            if not _PLACE.match(flat, match.start("name")):
                found.append(match.span("name"))
    for match in _TITLE.finditer(flat):
        group = "name" if match.group("name") else "inner"
        if not _PLACE.fullmatch(match.group(group)):
            found.append(match.span(group))
    return [Span(start, end, "name") for start, end in found]


def _known_spans(text: str, known: Sequence[str]) -> list[Span]:
    flat, found = _flat(text), []
    for word in known:
        bare = re.sub(r"\s", "", word)
        if len(bare) < 2:
            continue
        is_phone = bare.isdigit()
        apart = _GAP.join(_either(sign) if is_phone else re.escape(sign) for sign in _flat(bare))
        found += [Span(*match.span(), "phone" if is_phone else "name") for match in re.finditer(apart, flat)]
    return found


def _either(digit: str) -> str:
    """Return a pattern for a digit as it is written or spoken."""
    return f"[{digit}{''.join(sign for sign in _SPOKEN if sign.translate(_MEANS) == digit)}]"


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
