"""The person for whom a deed was done says whether it is so: by QR code, by telephone, on paper.

No name is kept: only what was said, how, and who heard it.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound
from lianxin.common.sealing import keyed_hash
from lianxin.common.writes import write
from lianxin.duties.models import Beneficiary, DutyRecord
from lianxin.duties.permissions import is_own
from lianxin.duties.services.judging import tell_author
from lianxin.duties.services.step import step, tell_trail
from lianxin.duties.workflow import State
from lianxin.rulebook.services import value

HEARD = {"phone": "电话", "paper": "纸质"}
WAYS = {"qr": "扫码", **HEARD}


def code_make(*, actor: Actor, record: DutyRecord) -> str:
    """Return a fresh code for the beneficiary's page; an older one no longer opens."""
    if not is_own(actor, record.deputy):
        raise Denied("只有本人可以给受益人出示确认码。")
    if not record.kind.counting.get("needs_confirmation") or record.state != State.RECORDED:
        raise Conflict("这一条不需要受益人确认，或已经核实过了。")
    if Beneficiary.objects.filter(record=record).exclude(said="").exists():
        raise Conflict("受益人已经确认过了。")
    code = secrets.token_urlsafe(12)
    days = int(value("duty.confirm_days", home6=record.home6))
    fields = {"code_hash": _hash(code), "expires_on": clock.today() + timedelta(days=days)}
    Beneficiary.objects.update_or_create(record=record, defaults=fields)
    tell_trail(actor, record, "code")
    return code


def deed_of_code(code: str) -> Beneficiary:
    """Return the deed behind a code that is still good."""
    row = (
        Beneficiary.objects.filter(code_hash=_hash(code), record__state=State.RECORDED)
        .select_related("record__deputy", "record__kind")
        .first()
    )
    if row is None or row.expires_on < clock.today():
        raise NotFound("这个确认码已经用过或过期，请向代表要一个新的。")
    return row


@write
def beneficiary_say(
    *, actor: Actor, code: str, done: bool, words: str = "", request_id: str | None = None
) -> Beneficiary:
    """The beneficiary answers on the page behind the QR code, once, without signing in."""
    row = deed_of_code(code)
    said = {
        "said": "yes" if done else "no",
        "way": "qr",
        "said_at": clock.now(),
        "words": words.strip()[:200],
    }
    if Beneficiary.objects.filter(pk=row.pk, said="").update(**said) != 1:
        raise Conflict("您已经确认过了，谢谢。")
    row.refresh_from_db()
    tell_trail(actor, row.record, "beneficiary", {"said": row.said, "way": "qr"})
    heard = "受益人确认办成了" if done else "受益人说没有办成"
    tell_author(row.record, f"{heard}：{row.record.title}", f"beneficiary_{row.said}")
    return row


@write
def beneficiary_hear(
    *,
    actor: Actor,
    record: DutyRecord,
    done: bool,
    way: str,
    words: str = "",
    request_id: str | None = None,
) -> DutyRecord:
    """Somebody else than the deputy writes down what the beneficiary said by telephone or on paper."""
    if way not in HEARD:
        raise Invalid("请选怎样确认的。", fields={"way": "电话，或纸质签字。"})
    said = "yes" if done else "no"
    step(actor=actor, record=record, act="hear_beneficiary", facts={"said": said, "way": way})
    heard = {
        "said": said,
        "way": way,
        "said_at": clock.now(),
        "heard_by": actor.id,
        "words": words.strip()[:200],
    }
    new = {"code_hash": _hash(secrets.token_urlsafe(12)), "expires_on": clock.today()}
    Beneficiary.objects.update_or_create(record=record, defaults=heard, create_defaults={**new, **heard})
    return record


def _hash(code: str) -> str:
    return keyed_hash(code, purpose="deed")
