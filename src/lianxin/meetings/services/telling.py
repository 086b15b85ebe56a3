"""Who is told what of a forum."""

from __future__ import annotations

from lianxin.common.actor import Role
from lianxin.meetings.models import Forum, ForumItem
from lianxin.notifications.services import Recipient, enqueue
from lianxin.people.models import Deputy


def tell_unit(forum: Forum, unit: str, subject: str, text: str, dedupe: str) -> None:
    """Tell the people of a department; the link is their page in the hall."""
    _tell(forum, Recipient.unit(unit), subject, text, f"/forums/{forum.id}/unit", dedupe)


def tell_deputy(forum: Forum, deputy: Deputy, subject: str, text: str, dedupe: str) -> None:
    """Tell a deputy; the link is his page of the forum."""
    if deputy.account_id:
        to = Recipient.account(deputy.account_id)
        _tell(forum, to, subject, text, f"/forums/{forum.id}/mine", dedupe)


def tell_speaker(item: ForumItem, subject: str, text: str, dedupe: str) -> None:
    """Tell whoever brought an item forward what became of it."""
    tell_deputy(item.forum, item.deputy, subject, text, f"{dedupe}:{item.id}")


def tell_hosts(item: ForumItem, subject: str, text: str, dedupe: str) -> None:
    """Tell the hosts of an item's forum, once for each round of its handling."""
    forum = item.forum
    host = Role.OFFICE if forum.division_code.endswith("000000") else Role.PRESIDIUM
    to, link = Recipient.role(host, forum.division_code), f"/forums/{forum.id}/effect"
    _tell(forum, to, subject, text, link, f"{dedupe}:{item.id}:{item.round}")


def _tell(forum: Forum, to: Recipient, subject: str, text: str, link: str, dedupe: str) -> None:
    enqueue(
        to=to,
        subject=subject[:120],
        text=text,
        link=link,
        about_kind="forum",
        about_id=forum.id,
        home6=forum.home6,
        dedupe=f"{dedupe}:{forum.id}",
    )
