"""The numbers of a village from which quorums are counted: what they must be, a row of their sheet. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ADULTS, HOUSEHOLDS = "adults", "households"
REPRESENTATIVES, MEMBERS = "representatives", "meeting_members"
FIELDS = {
    ADULTS: "十八周岁以上村民",
    HOUSEHOLDS: "户数",
    REPRESENTATIVES: "村民代表",
    MEMBERS: "村民代表会议组成人员",
}
MOST = {ADULTS: 100_000, HOUSEHOLDS: 100_000, REPRESENTATIVES: 1_000, MEMBERS: 1_000}
MOST_COMMITTEE = 7
"""村民委员会组织法第六条: a villagers' committee has seven members at most."""
CODE, TOWN, PLACE, MANY = "区划代码", "镇", "村、社区", "财务往来较多"
COLUMNS = (CODE, TOWN, PLACE, *FIELDS.values(), MANY)
NEEDED = (CODE, *FIELDS.values())
YES, NO = "是", "否"
UNREGISTERED = "这个村还没有登记人数。请镇人大主席团或人大代工委在「四个环节」的「村的人数」里登记"
"""What a village is told that wants to meet, to elect or to revise before anybody has told its numbers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that was understood."""

    code: str
    numbers: dict[str, int]
    many_dealings: bool


def faults(numbers: Mapping[str, int], *, is_community: bool) -> dict[str, str]:
    """Return what is wrong with the numbers, by field; a community's law is not entered."""
    wrong = {
        name: f"请填 1 到 {most} 的整数。"
        for name, most in MOST.items()
        if not 1 <= numbers.get(name, 0) <= most
    }
    return wrong or ({} if is_community else _composition(numbers))


def _composition(numbers: Mapping[str, int]) -> dict[str, str]:
    """Check the members of the representatives' meeting: the committee and its representatives (art. 25)."""
    members, representatives = numbers[MEMBERS], numbers[REPRESENTATIVES]
    committee = members - representatives
    if not 1 <= committee <= MOST_COMMITTEE:
        least, most = representatives + 1, representatives + MOST_COMMITTEE
        said = "组成人员是村民代表加村委会成员（第二十五条），村委会最多 7 人（第六条）"
        return {MEMBERS: f"{said}：代表 {representatives} 人，这里应是 {least} 到 {most}。"}
    if 5 * representatives < 4 * members:
        said = (
            f"村民代表要占组成人员的五分之四以上（第二十五条），{members} 人里现在是 {representatives} 人。"
        )
        return {REPRESENTATIVES: said}
    return {}


def read_row(cells: Mapping[str, str], known: Mapping[str, bool]) -> Entry | list[str]:
    """Return a row of the sheet, or all its faults; `known`: the codes allowed, and which are communities."""
    code = cells.get(CODE, "").strip()
    if code not in known:
        return [f"{CODE}：您的范围里没有「{code}」，请用下载的表，不要改这一列。"]
    found = {name: _number(cells.get(column, "")) for name, column in FIELDS.items()}
    many = cells.get(MANY, "").strip() or NO
    said = [f"{FIELDS[name]}：{words}" for name, words in faults(found, is_community=known[code]).items()]
    if many not in (YES, NO):
        said.append(f"{MANY}：请填「{YES}」或「{NO}」。")
    return said or Entry(code, found, many == YES)


def _number(typed: str) -> int:
    """Return a number as typed; what is none counts as nothing."""
    text = typed.strip().removesuffix(".0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else 0
