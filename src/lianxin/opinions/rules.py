"""What may be said and how it is counted: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lianxin.common.errors import Invalid

MIN_CHARACTERS, MAX_CHARACTERS = 5, 1000
EMERGENCY = {
    "119": ("火灾", "着火", "起火", "煤气", "燃气", "爆炸"),
    "110": ("打人", "杀人", "持刀", "抢劫", "家暴", "打架"),
    "120": ("昏迷", "晕倒", "大出血", "中毒", "溺水"),
    "12356": ("自杀", "不想活", "轻生"),
}
ACCUSATION = ("举报", "贪污", "受贿", "行贿", "挪用公款", "吃拿卡要", "优亲厚友", "侵占集体")
ACCUSATION_ADVICE = (
    "举报干部违纪违法，请打 12388 或找纪委监委；申诉求决请到信访部门（12345）。"
    "一定要留在这里的，请勾选「仍要留下，作为密件」：密件要两人批准才能打开，每次打开您都能看到。"
)
CADRE = ("村支书", "村主任", "村干部", "支部书记", "村会计")
TOWN_CADRE = ("镇长", "镇领导", "镇干部", "镇党委书记", "镇书记")
PHONE = re.compile(r"^1\d{10}$|^0\d{2,3}-?\d{7,8}$")


def text_checked(text: str) -> str:
    """Return the trimmed text; raise `Invalid` where nobody could act on it."""
    said = "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32).strip()
    if len(said) < MIN_CHARACTERS:
        raise Invalid("再多说几个字，办理的人才看得懂。", fields={"text": "再多说几个字，办理的人才看得懂。"})
    if len(said) > MAX_CHARACTERS:
        over = f"写了 {len(said)} 个字，请缩到 {MAX_CHARACTERS} 个字以内，或分成两件说。"
        raise Invalid(over, fields={"text": over})
    return said


def phone_checked(phone: str) -> str:
    """Return the phone without spaces; raise `Invalid` if it cannot be one."""
    bare = re.sub(r"[\s-]", "", phone)
    if bare and not PHONE.match(bare):
        raise Invalid(
            "电话号码不对，请核对一遍（手机是 11 位）。", fields={"phone": "手机号是 11 位数字，也可以不填。"}
        )
    return bare


def emergency_numbers(text: str) -> list[str]:
    """Return the numbers to call first, the most urgent first; the matter is taken in all the same."""
    return [number for number, words in EMERGENCY.items() if any(word in text for word in words)]


def is_accusation(text: str) -> bool:
    """Say whether the text reads like an accusation, for which 12388 and the petition law exist."""
    return any(word in text for word in ACCUSATION)


def is_about_cadre(text: str) -> bool:
    """Say whether a village or town cadre seems meant; such matters skip the village."""
    return any(word in text for word in CADRE)


def is_about_town(text: str) -> bool:
    """Say whether a cadre of the town seems meant; such matters go to the city's station."""
    return any(word in text for word in TOWN_CADRE)


def title_of(text: str) -> str:
    """Return a title for lists: the first sentence, at most 30 characters."""
    first = re.split(r"[。！？；\n]", text.strip())[0].strip("，, ")
    return first if len(first) <= 30 else first[:29] + "…"


def public_figure(count: int, below: int) -> str:
    """Return a figure that a hall may see: what could point at a person is told as 「<5」."""
    return f"<{below}" if 0 < count < below else str(count)


def public_shade(count: int, below: int) -> int:
    """Return how dark a village's cell is: 0 for none, then a step for every `below`, at most 3."""
    return min(3, 1 + count // below) if count else 0


def about(count: int) -> str:
    """Return a support count as people see it; it is an estimate and says so."""
    return f"约 {count} 人次" if count else ""


@dataclass(frozen=True, slots=True)
class Window:
    """A limit on posts without login: at most `limit` in `seconds`."""

    limit: int
    seconds: int

    def retry_after(self, recent: list[float], now: float) -> int:
        """Return 0 if one more is allowed, else the seconds to wait (`recent`: earlier posts, any order)."""
        inside = sorted(at for at in recent if now - at < self.seconds)
        if len(inside) < self.limit:
            return 0
        return max(1, int(self.seconds - (now - inside[-self.limit])))


def same_name(typed: str, told: str) -> bool:
    """Say whether a name said at the counter is the one that was left; spaces and case do not matter."""
    bare = ["".join(name.split()).casefold() for name in (typed, told)]
    return bool(bare[1]) and bare[0] == bare[1]
