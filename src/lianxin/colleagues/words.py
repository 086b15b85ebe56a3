"""A look at what is about to be posted: numbers that betray a resident do not go into a channel. Pure."""

from __future__ import annotations

from lianxin.common.errors import Invalid
from lianxin.common.masking import mask

BETRAYING = {
    "phone": "电话号码",
    "id": "身份证号",
    "account": "账号（银行卡、微信、邮箱）",
    "plate": "车牌号",
}


def checked(text: str, *, field: str, least: int = 2, most: int = 1000) -> str:
    """Return the text without outer blanks; refuse what is too short, too long or betrays somebody."""
    text = text.strip()
    if not least <= len(text) <= most:
        raise Invalid("还没有写好。", fields={field: f"请写 {least} 到 {most} 个字。"})
    found = [BETRAYING[span.kind] for span in mask(text).spans if span.kind in BETRAYING]
    if found:
        kinds = "、".join(dict.fromkeys(found))
        raise Invalid(
            "这里面有群众的个人信息，没有发出。",
            fields={field: f"请去掉{kinds}再发。群众的事请记到「民情」里，那里会保护他的信息。"},
        )
    return text
