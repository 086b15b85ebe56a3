"""The keeper's work at the desk: take in, ask, answer, guide, refuse, check the outgoing copy."""

from __future__ import annotations

from typing import Any

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Invalid
from lianxin.common.masking import hide
from lianxin.common.writes import write
from lianxin.notifications.services import Channel, Recipient, enqueue
from lianxin.opinions.models import Opinion
from lianxin.opinions.rules import text_checked, title_of
from lianxin.opinions.services.calls import ask_for_call
from lianxin.opinions.services.following import follow
from lianxin.opinions.services.keys import known_of
from lianxin.opinions.services.merging import members_end
from lianxin.opinions.services.outgoing import outgoing, reindex, words_kept
from lianxin.opinions.services.step import step
from lianxin.regions.loading import CITY

PUBLIC = {
    "accept": "{station}已受理，正在核实。",
    "ask_more": "想请您补充：{note}",
    "take_up": "{station}正在协调。",
    "offer": "已请代表看这件事。",
    "to_project": "已放进民生实事项目库，供明年挑选。",
    "guide": "{note}",
    "refuse": "没有受理：{note}",
    "report_urgent": "情况紧急，已当日向有关方面报告。",
    "go_on": "由其余单位继续办。",
    "take_back": "收回{station}办理。",
    "publish": "经您同意，这件事隐去个人信息后公开了。",
    "unpublish": "这件事不再公开。",
}
OUTCOMES = {"to_project": "project", "guide": "guided", "refuse": "refused"}
FIELDS: dict[str, dict[str, Any]] = {
    "offer": {"is_offered": True},
    "report_urgent": {"is_urgent": True},
    "publish": {"visibility": "public"},
    "unpublish": {"visibility": "station"},
}
NEEDS_WORDS = frozenset({"ask_more", "guide", "refuse", "report_urgent"})


@write
def opinion_move(
    *, actor: Actor, opinion: Opinion, act: str, note: str = "", request_id: str | None = None
) -> Opinion:
    """Carry out one of the plain desk acts, telling the resident in plain words."""
    if act in NEEDS_WORDS and len(note.strip()) < 5:
        raise Invalid("请写清楚原因和去向，群众会看到这句话。", fields={"note": "至少写 5 个字。"})
    public = PUBLIC[act].format(station=opinion.station.name, note=note)
    changes: dict[str, Any] = {"outcome": OUTCOMES[act]} if act in OUTCOMES else {}
    changes |= FIELDS.get(act, {})
    if act == "publish":
        _hold_consent(opinion)
        changes["answer"] = opinion.answer  # one from before answers were kept without names loses them now
    step(actor=actor, opinion=opinion, act=act, public=public, note=note, **changes)
    if act == "report_urgent":
        _report_today(opinion)
    if act == "go_on":
        follow(opinion)  # the units that go on may all have answered meanwhile
    if act in OUTCOMES:
        ask_for_call(opinion, "告知办理去向")
        members_end(opinion, public=hide(public, known_of(opinion)), outcome=OUTCOMES[act])
    return opinion


def _hold_consent(opinion: Opinion) -> None:
    """Keep the consent as it was read until the transaction ends: whoever takes it back meanwhile wins."""
    read = Opinion.objects.filter(pk=opinion.pk, may_publish=opinion.may_publish, answer=opinion.answer)
    if read.update(may_publish=opinion.may_publish) != 1:
        raise Conflict("本人刚刚撤回了公开的同意，或答复刚刚有变动，请刷新后再看。")


@write
def opinion_answer(*, actor: Actor, opinion: Opinion, text: str, request_id: str | None = None) -> Opinion:
    """Answer on the spot or from the station's knowledge."""
    return step(
        actor=actor,
        opinion=opinion,
        act="answer",
        public=f"{opinion.station.name}答复：{text}",
        answer=text,
        answered_by=opinion.station.name,
        outcome="answered",
    )


@write
def opinion_outgoing_check(
    *, actor: Actor, opinion: Opinion, text: str, request_id: str | None = None
) -> Opinion:
    """The keeper has looked at the copy that may leave the station (转出稿), and mended it."""
    checked = outgoing(opinion, text_checked(text))
    step(
        actor=actor,
        opinion=opinion,
        act="check_outgoing",
        outgoing_text=checked,
        title=title_of(checked),
        outgoing_checked_at=clock.now(),
    )
    reindex(opinion)
    return opinion


@write
def voice_write_down(*, actor: Actor, opinion: Opinion, text: str, request_id: str | None = None) -> Opinion:
    """Write down what a voice message says; the recording stays for checking until its time has passed."""
    changes = words_kept(opinion, text_checked(text))
    if changes:
        changes["title"] = title_of(changes["outgoing_text"])
    step(
        actor=actor,
        opinion=opinion,
        act="write_down",
        public="联络员听了您的录音，已写成文字。",
        written_down_at=clock.now(),
        **changes,
    )
    reindex(opinion)
    return opinion


def _report_today(opinion: Opinion) -> None:
    """Tell the town presidium and the city office the same day (信访工作条例第二十五条)."""
    places = ((Role.PRESIDIUM, opinion.division_code[:9] + "000"), (Role.OFFICE, CITY))
    for role, place in places:
        enqueue(
            to=Recipient.role(role, place),
            subject=f"紧急民情 {opinion.number}",
            text="请当日处置并向党委、政府报告。",
            link=f"/station/opinions/{opinion.id}",
            about_kind="opinion",
            about_id=opinion.id,
            home6=opinion.home6,
            dedupe=f"urgent:{opinion.id}",
            channels=(Channel.IN_APP, Channel.EMAIL, Channel.SMS),
        )
