"""A picture for each category of matters, so that a list can be read at a glance."""

from __future__ import annotations

BY_CATEGORY = {
    "交通道路": "route",
    "饮水水利": "droplets",
    "农业农村": "sprout",
    "教育": "school",
    "医疗卫生": "heart-pulse",
    "社会保障": "umbrella",
    "生态环境": "trees",
    "城乡建设": "construction",
    "住房": "house",
    "就业": "briefcase",
    "养老托育": "hand-heart",
    "文化体育": "music",
    "公共安全": "siren",
    "政务服务": "file-text",
    "乡村治理": "landmark",
}
OTHER = "message-square"


def icon_of(category: str) -> str:
    """Return the icon of a category; an edited list of categories falls back to a plain one."""
    return BY_CATEGORY.get(category, OTHER)
