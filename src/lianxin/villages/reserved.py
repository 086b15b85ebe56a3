"""Matters that belong to the villagers' assembly (村民委员会组织法第二十四、二十七条). Pure."""

from __future__ import annotations

from enum import StrEnum


class Matter(StrEnum):
    """What a topic is about; the first nine are those of article 24."""

    SUBSIDIES = "subsidies"
    INCOME = "income"
    PUBLIC_WORKS = "public_works"
    CONTRACTS = "contracts"
    COLLECTIVE_PROJECTS = "collective_projects"
    HOMESTEADS = "homesteads"
    COMPENSATION = "compensation"
    PROPERTY = "property"
    OTHER_INTERESTS = "other_interests"
    CHARTER = "charter"
    COVENANT = "covenant"
    AUTHORISATION = "authorisation"
    ORDINARY = "ordinary"


WORDS = {
    Matter.SUBSIDIES: "误工补贴的人员和标准",
    Matter.INCOME: "集体经济所得收益的使用",
    Matter.PUBLIC_WORKS: "公益事业的兴办、筹资筹劳和建设承包",
    Matter.CONTRACTS: "土地承包经营方案",
    Matter.COLLECTIVE_PROJECTS: "集体经济项目的立项和承包",
    Matter.HOMESTEADS: "宅基地的使用方案",
    Matter.COMPENSATION: "征地补偿费的使用、分配",
    Matter.PROPERTY: "以借贷、租赁等方式处分集体财产",
    Matter.OTHER_INTERESTS: "涉及村民利益的其他事项",
    Matter.CHARTER: "村民自治章程",
    Matter.COVENANT: "村规民约",
    Matter.AUTHORISATION: "授权村民代表会议决定",
    Matter.ORDINARY: "其他村务",
}
ARTICLE_24 = tuple(list(Matter)[:9])
NEVER_DELEGATED = frozenset({Matter.CHARTER, Matter.COVENANT})


RESERVED = frozenset({*ARTICLE_24, *NEVER_DELEGATED, Matter.AUTHORISATION})
"""What belongs to the assembly: for these the ten days of 第二十一条 are never cut short."""


def forbidden_for_representatives(matter: Matter, authorised: frozenset[Matter]) -> str:
    """Return why the representatives' meeting may not decide a matter, or nothing."""
    if matter in NEVER_DELEGATED:
        return f"「{WORDS[matter]}」只能由村民会议制定和修改，不能授权（村民委员会组织法第二十七条）。"
    if matter is Matter.AUTHORISATION:
        return "授权只能由村民会议作出（村民委员会组织法第二十四条）。"
    if matter in ARTICLE_24 and matter not in authorised:
        why = "没有村民会议授权的记录，村民代表会议不能表决（第二十四条）。"
        return f"「{WORDS[matter]}」要由村民会议决定；{why}"
    return ""
