"""The acts on a pairing, each with its form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianxin.common.actions import ActionBook, NoInput
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.contacts import services
from lianxin.contacts.models import Pairing
from lianxin.contacts.permissions import may
from lianxin.contacts.services.step import facts_of
from lianxin.contacts.workflow import PAIRING
from lianxin.people.models import Deputy


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Reason(Form):
    """为什么."""

    reason: str = Field(title="原因", min_length=2, max_length=200)


class Another(Form):
    """改派."""

    deputy: UUID = Field(title="改派给谁（代表）")
    reason: str = Field(title="理由", min_length=2, max_length=200)


class Cover(Form):
    """临时联系."""

    deputy: UUID = Field(title="请谁临时联系（代表）")


BOOK: ActionBook[Pairing] = ActionBook(PAIRING, state=lambda row: row.state, facts=facts_of, may=may)


def _deputy(pk: UUID) -> Deputy:
    found = Deputy.objects.filter(pk=pk).first()
    if found is None:
        raise Invalid("没有找到这位代表，请从名单里选。", fields={"deputy": "请从名单里选。"})
    return found


def _run(service: Any) -> Any:
    def run(*, actor: Actor, obj: Pairing, form: BaseModel, request_id: str | None) -> Pairing:
        given = {name: getattr(form, name) for name in type(form).model_fields}
        if "deputy" in given:
            given["deputy"] = _deputy(given["deputy"])
        done: Pairing = service(actor=actor, pairing=obj, request_id=request_id, **given)
        return done

    return run


BOOK.bind("ask", NoInput, _run(services.pairing_ask))
BOOK.bind("approve", NoInput, _run(services.pairing_approve))
BOOK.bind("break", Reason, _run(services.pairing_break))
BOOK.bind("cover", Cover, _run(services.cover_set))
BOOK.bind("reassign", Another, _run(services.pairing_reassign))
BOOK.bind("replace", Another, _run(services.pairing_reassign))
BOOK.bind("end", Reason, _run(services.pairing_end))
