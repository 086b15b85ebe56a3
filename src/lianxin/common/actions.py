"""The acts that are open to an actor now, and one way to perform any of them.

An `ActionBook` joins a workflow table with the services that carry its acts out. Pages draw
their buttons from it and the API publishes it, so that a client can walk a whole procedure by
discovery.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid, NotFound
from lianxin.common.workflow import Act, Workflow

T = TypeVar("T")


class NoInput(BaseModel):
    """An act that needs nothing but the will to do it."""


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An act that this actor may try now; `refusal` names a rule that still stands against it."""

    act: Act
    input: type[BaseModel]
    refusal: str | None

    @property
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the act's fields."""
        return self.input.model_json_schema()


class ActionBook(Generic[T]):
    """Binds the rows of a workflow to input forms and services."""

    def __init__(
        self,
        workflow: Workflow,
        *,
        state: Callable[[T], str],
        facts: Callable[[T], object],
        may: Callable[[Actor, str, T], bool],
    ) -> None:
        self.workflow, self._state, self._facts, self._may = workflow, state, facts, may
        self._bound: dict[str, tuple[type[BaseModel], Callable[..., Any]]] = {}

    def bind(self, name: str, form: type[BaseModel], run: Callable[..., Any]) -> None:
        """Join the row `name` with its input form and its service `run(actor, obj, form, request_id)`."""
        if name not in self.workflow.acts:
            raise ValueError(f"{name} is not in the table of {self.workflow.name}")
        self._bound[name] = (form, run)

    def unbound(self) -> set[str]:
        """Return the rows that no service carries out (a test keeps this empty)."""
        return set(self.workflow.acts) - set(self._bound)

    def open_for(self, actor: Actor, obj: T) -> list[OpenAction]:
        """Return the acts of the table that the actor may try in the present state."""
        state = self._state(obj)
        rows = [row for row in self.workflow.open_from(state) if row.name in self._bound]
        rows = [row for row in rows if self._may(actor, row.name, obj)]
        if not rows:
            return []
        facts = self._facts(obj)
        return [
            OpenAction(row, self._bound[row.name][0], self.workflow.refusal(state, row.name, facts))
            for row in rows
            if row.applies(facts)
        ]

    def input(self, name: str) -> type[BaseModel]:
        """Return the input form of an act."""
        if name not in self._bound:
            raise NotFound("没有这个操作，请刷新页面。")
        return self._bound[name][0]

    def form(self, name: str, data: dict[str, Any]) -> BaseModel:
        """Return the checked input of an act."""
        if name not in self._bound:
            raise NotFound("没有这个操作，请刷新页面。")
        return parse(self._bound[name][0], data)

    def perform(
        self, *, actor: Actor, obj: T, name: str, data: dict[str, Any], request_id: str | None
    ) -> Any:
        """Check the input and carry the act out through its service."""
        if name not in self._bound:
            raise NotFound("没有这个操作，请刷新页面。")
        if not self._may(actor, name, obj):
            raise Denied("您没有办理这一步的权限。")
        _, run = self._bound[name]
        return run(actor=actor, obj=obj, form=self.form(name, data), request_id=request_id)


def parse(form: type[BaseModel], data: dict[str, Any]) -> BaseModel:
    """Return the checked input; raise `Invalid` with one plain sentence per field."""
    try:
        return form.model_validate(data)
    except ValidationError as caught:
        fields = {
            ".".join(str(part) for part in error["loc"]) or "_": sentence(dict(error))
            for error in caught.errors(include_url=False)
        }
        raise Invalid("有几项还没填好，请看每一项的提示。", fields=fields) from caught


_WORDS = {
    "missing": "这一项必填。",
    "string_too_short": "写得太短了，请再说具体一些（至少 {min_length} 个字）。",
    "string_too_long": "写得太长了，请不要超过 {max_length} 个字。",
    "enum": "请从列出的选项中选一个。",
    "literal_error": "请从列出的选项中选一个。",
    "date_from_datetime_parsing": "日期写法不对，请写成 2026-11-23 这样。",
    "date_parsing": "日期写法不对，请写成 2026-11-23 这样。",
    "too_short": "至少要选 {min_length} 项。",
    "too_long": "最多选 {max_length} 项。",
    "extra_forbidden": "没有这一项，请去掉。",
}


def sentence(error: dict[str, Any]) -> str:
    """Return a validation error in plain Chinese."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    words = _WORDS.get(error["type"], "这一项的写法不对，请核对后再填。")
    return words.format(**error.get("ctx", {}))
