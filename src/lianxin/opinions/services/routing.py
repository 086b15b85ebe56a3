"""Passing a matter on: to a department, up or down between stations."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Invalid
from lianxin.common.writes import write
from lianxin.handling.letters import hand_over_letter_store
from lianxin.handling.matters import Matter, Part
from lianxin.handling.services import hand_over
from lianxin.handling.workflow import Mode
from lianxin.notifications.services import Recipient, enqueue
from lianxin.opinions.models import Consulted, Opinion
from lianxin.opinions.services.calls import ask_for_call, tell_keeper
from lianxin.opinions.services.outgoing import outgoing
from lianxin.opinions.services.step import step
from lianxin.people.selectors import organ_has_head, organ_name, organ_of
from lianxin.regions.models import Station
from lianxin.regions.selectors import place_name


@write
def opinion_transfer(
    *, actor: Actor, opinion: Opinion, units: list[str], note: str = "", request_id: str | None = None
) -> Opinion:
    """Hand the checked outgoing copy to departments; who said it stays here."""
    _can_answer(units)
    names = "、".join(organ_name(unit) for unit in units)
    step(
        actor=actor,
        opinion=opinion,
        act="transfer",
        public=f"交给了{names}。",
        note=note,
        facts={"units": units},
    )
    matter = Matter(
        kind="opinion",
        id=opinion.id,
        number=f"民情{opinion.number}",
        title=opinion.title,
        brief=f"{opinion.outgoing_text}\n地点：{place_name(opinion.division_code)}",
        demands=(opinion.title,),
        home6=opinion.home6,
        division_code=opinion.station.division_code,
        needs_contact=False,
    )
    said = outgoing(opinion, note)
    parts = [Part(unit, Mode.TRANSFER if len(units) == 1 else Mode.SEPARATE) for unit in units]
    given = hand_over(
        actor=actor,
        matter=matter,
        parts=parts,
        note=said,
        reply_rule="opinion.reply_months",
        round_number=opinion.reopened + 1,
    )
    for part in given:
        hand_over_letter_store(actor=actor, assignment=part)
    ask_for_call(opinion, "告知已转办")
    return opinion


def _can_answer(units: list[str]) -> None:
    """Refuse a unit where nobody can sign: a matter given to it would never come back."""
    for unit in units:
        if organ_of(unit) is not None and not organ_has_head(unit):
            words = f"{organ_name(unit)}还没有负责人账号，没人能签发答复，请先请管理员开通。"
            raise Invalid(words, fields={"units": words})


@write
def opinion_escalate(*, actor: Actor, opinion: Opinion, note: str, request_id: str | None = None) -> Opinion:
    """Pass the matter to the station above (上报); the path stays in the history."""
    above = opinion.station.parent
    here = opinion.station.code
    public = f"{opinion.station.name}上报给了{above.name if above else ''}。"
    step(
        actor=actor,
        opinion=opinion,
        act="escalate",
        public=public,
        note=note,
        station=above or opinion.station,
        facts={"from": here, "to": above.code if above else ""},
    )
    _arrived(opinion, "下级站上报", here)
    return opinion


@write
def opinion_send_down(
    *, actor: Actor, opinion: Opinion, to: Station, note: str, request_id: str | None = None
) -> Opinion:
    """Pass the matter to a station below (下派)."""
    if to.parent_id != opinion.station_id:
        raise Invalid("只能下派给本站下一级的联络站（室）。", fields={"to": "请从名单中选。"})
    public, here = f"{opinion.station.name}交给{to.name}就近了解。", opinion.station.code
    step(
        actor=actor,
        opinion=opinion,
        act="send_down",
        public=public,
        note=note,
        station=to,
        facts={"from": here, "to": to.code},
    )
    _arrived(opinion, "上级站下派", here)
    return opinion


@write
def opinion_consult(
    *, actor: Actor, opinion: Opinion, stations: list[Station], note: str, request_id: str | None = None
) -> Opinion:
    """Ask other stations for their view (会商); their staff may read the outgoing copy and answer."""
    if not stations or any(station.pk == opinion.station_id for station in stations):
        raise Invalid("请选要一起商量的别的联络站。", fields={"stations": "请从名单中选。"})
    names = "、".join(station.name for station in stations)
    step(
        actor=actor,
        opinion=opinion,
        act="consult",
        public=f"正在和{names}一起商量。",
        note=outgoing(opinion, note),
        facts={"with": [station.code for station in stations]},
    )
    rows = [Consulted(opinion=opinion, station=station) for station in stations]
    Consulted.objects.bulk_create(rows, ignore_conflicts=True)
    for station in stations:
        _ask_view(opinion, station)
    return opinion


@write
def opinion_give_view(*, actor: Actor, opinion: Opinion, text: str, request_id: str | None = None) -> Opinion:
    """Say a consulted station's view; it stands in the history for the station that asked."""
    step(actor=actor, opinion=opinion, act="give_view", note=outgoing(opinion, text))
    tell_keeper(opinion, "会商意见", "有联络站说了意见，请看。", dedupe=f"view:{actor.id}")
    return opinion


def _arrived(opinion: Opinion, subject: str, here: str) -> None:
    when = f"{clock.now():%Y%m%d%H%M%S}"
    tell_keeper(opinion, subject, "请在期限内办理。", dedupe=f"arrived:{here}:{when}")


def _ask_view(opinion: Opinion, station: Station) -> None:
    enqueue(
        to=Recipient.role(Role.KEEPER, station.town_code or station.division_code),
        subject=f"请会商 {opinion.number}",
        text="有一件民情请一起商量。",
        link=f"/station/opinions/{opinion.id}",
        about_kind="opinion",
        about_id=opinion.id,
        home6=opinion.home6,
        dedupe=f"consult:{opinion.id}:{station.code}",
    )
