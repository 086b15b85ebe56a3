"""Passing a matter on: to a department, up or down between stations."""

from __future__ import annotations

from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.common.writes import write
from lianxin.handling.letters import hand_over_letter_store
from lianxin.handling.matters import Matter, Part
from lianxin.handling.services import hand_over
from lianxin.handling.workflow import Mode
from lianxin.opinions.models import Opinion
from lianxin.opinions.services.step import step
from lianxin.people.selectors import organ_name
from lianxin.regions.models import Station


@write
def opinion_transfer(
    *, actor: Actor, opinion: Opinion, units: list[str], note: str = "", request_id: str | None = None
) -> Opinion:
    """Hand the checked outgoing copy to departments; who said it stays here."""
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
        brief=opinion.outgoing_text,
        demands=(opinion.title,),
        home6=opinion.home6,
        division_code=opinion.station.division_code,
        needs_contact=False,
    )
    parts = [Part(unit, Mode.TRANSFER if len(units) == 1 else Mode.SEPARATE) for unit in units]
    given = hand_over(
        actor=actor,
        matter=matter,
        parts=parts,
        note=note,
        reply_rule="opinion.reply_months",
        round=opinion.reopened + 1,
    )
    for part in given:
        hand_over_letter_store(actor=actor, assignment=part)
    return opinion


@write
def opinion_escalate(*, actor: Actor, opinion: Opinion, note: str, request_id: str | None = None) -> Opinion:
    """Pass the matter to the station above (上报); the path stays in the history."""
    above = opinion.station.parent
    here = opinion.station.code
    public = f"{opinion.station.name}上报给了{above.name if above else ''}。"
    return step(
        actor=actor,
        opinion=opinion,
        act="escalate",
        public=public,
        note=note,
        station=above or opinion.station,
        facts={"from": here, "to": above.code if above else ""},
    )


@write
def opinion_send_down(
    *, actor: Actor, opinion: Opinion, to: Station, note: str, request_id: str | None = None
) -> Opinion:
    """Pass the matter to a station below (下派)."""
    if to.parent_id != opinion.station_id:
        raise Invalid("只能下派给本站下一级的联络站（室）。", fields={"to": "请从名单中选。"})
    public = f"{opinion.station.name}交给{to.name}就近了解。"
    return step(
        actor=actor,
        opinion=opinion,
        act="send_down",
        public=public,
        note=note,
        station=to,
        facts={"from": opinion.station.code, "to": to.code},
    )
