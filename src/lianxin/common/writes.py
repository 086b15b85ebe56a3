"""`@write`: one act, one transaction, once.

A browser that sends twice, a phone that comes back to the network, a machine that retries: each
gives the same `request_id` and gets the first act's result instead of a second act.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import ParamSpec, TypeVar, cast

from django.apps import apps
from django.db import models, transaction

from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict
from lianxin.common.inserting import insert_if_new
from lianxin.common.models import WriteKey

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)
TAKEN = "这个请求编号已经用于另一件事，请刷新页面后再提交。"
_content: ContextVar[str] = ContextVar("content_of_request", default="")


@contextmanager
def content_of_request(digest: str) -> Iterator[None]:
    """Tell what a door was sent: inside the block one key stands for exactly this content."""
    token = _content.set(digest)
    try:
        yield
    finally:
        _content.reset(token)


def write(service: Callable[P, M]) -> Callable[P, M]:
    """Run a service in one transaction; a repeated `request_id` returns the first result.

    The service must take `actor` (who is left out is the one it names itself) and may take `request_id`;
    it returns a saved row.
    """
    usual = inspect.signature(service).parameters["actor"].default

    @functools.wraps(service)
    def once(*args: P.args, **kwargs: P.kwargs) -> M:
        key = kwargs.get("request_id")
        with _one_transaction():
            if not key:
                return service(*args, **kwargs)
            claim = _claim(cast(Actor, kwargs.get("actor", usual)), str(key), service.__name__)
            if claim.result_id:
                return cast(M, _first_result(claim))
            result = service(*args, **kwargs)
            claim.result_model, claim.result_id = result._meta.label, str(result.pk)
            claim.save(update_fields=["result_model", "result_id"])
            return result

    return once


def done_before(actor: Actor, key: str | None) -> bool:
    """Say whether this very request has been carried out; the same key with other content is refused.

    For acts whose openness changes by the act itself: sent again, they are done, not closed.
    """
    held = WriteKey.objects.filter(scope=actor.scope, key=key).first() if key else None
    if held is None or not held.result_id:
        return False
    _same_content(held)
    return True


def _one_transaction() -> AbstractContextManager[object]:
    """Open a transaction, or join the one that is open: a nested savepoint would save nothing."""
    if transaction.get_connection().in_atomic_block:
        return nullcontext()
    return transaction.atomic()


def _claim(actor: Actor, key: str, operation: str) -> WriteKey:
    """Insert the key or find the one that is there (waits for a parallel request to end)."""
    mine = WriteKey(scope=actor.scope, key=key, operation=operation, extra={"content": _content.get()})
    if insert_if_new(mine):
        return mine
    held = WriteKey.objects.get(scope=actor.scope, key=key)
    if held.operation != operation:
        raise Conflict(TAKEN)
    _same_content(held)
    if not held.result_id:
        raise Conflict("同一个请求正在办理，请稍候再看结果。")
    return held


def _same_content(held: WriteKey) -> None:
    content = _content.get()
    if content and held.extra.get("content", "") != content:
        raise Conflict(TAKEN)


def _first_result(claim: WriteKey) -> models.Model:
    model = apps.get_model(claim.result_model)
    return cast(models.Model, model._default_manager.get(pk=claim.result_id))
