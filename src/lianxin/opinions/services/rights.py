"""What a resident may do with his own data by his code: take back the consent, have himself forgotten."""

from __future__ import annotations

from lianxin.common.actor import RESIDENT, Actor
from lianxin.common.errors import NotFound
from lianxin.common.writes import write
from lianxin.opinions.models import Contact, Opinion
from lianxin.opinions.services.feedback import by_code
from lianxin.opinions.services.retention import contact_erase
from lianxin.opinions.services.step import event_add


@by_code
@write
def opinion_consent_withdraw(
    *, opinion: Opinion, actor: Actor = RESIDENT, request_id: str | None = None
) -> Opinion:
    """The resident takes back the consent to publish; the matter leaves the public pages at once."""
    Opinion.objects.filter(pk=opinion.pk).update(may_publish=False, visibility="station")
    opinion.may_publish, opinion.visibility = False, "station"
    _noted(actor, opinion, "consent_withdraw", "您撤回了公开的同意，已不再公开。")
    return opinion


@by_code
@write
def opinion_contact_forget(
    *, opinion: Opinion, actor: Actor = RESIDENT, request_id: str | None = None
) -> Opinion:
    """The resident has name and phone erased now; the matter goes on (个人信息保护法第四十七条)."""
    contact = Contact.objects.select_related("opinion").filter(opinion=opinion, erased_at=None).first()
    if contact is None:
        raise NotFound("没有留联系方式，或已按期删除。")
    contact_erase(contact, actor=actor)
    _noted(actor, opinion, "contact_forget", "已按您的要求删除联系方式，请用查询码看结果。")
    return opinion


def _noted(actor: Actor, opinion: Opinion, act: str, public: str) -> None:
    event_add(actor=actor, opinion=opinion, act=act, old=opinion.state, public=public)
