"""`@write`: one act, one transaction, once.

A browser that sends twice, a phone that comes back to the network, a machine that retries: each
gives the same `request_id` and gets the first act's result instead of a second act.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import ParamSpec, TypeVar, cast

from django.apps import apps
from django.db import models, transaction

from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict
from lianxin.common.models import WriteKey

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)


def write(service: Callable[P, M]) -> Callable[P, M]:
    """Run a service in one transaction; a repeated `request_id` returns the first result.

    The service must take `actor` and may take `request_id`; it returns a saved row.
    """

    @functools.wraps(service)
    def once(*args: P.args, **kwargs: P.kwargs) -> M:
        key = kwargs.get("request_id")
        with _one_transaction():
            if not key:
                return service(*args, **kwargs)
            claim = _claim(cast(Actor, kwargs["actor"]), str(key), service.__name__)
            if claim.result_id:
                return cast(M, _first_result(claim))
            result = service(*args, **kwargs)
            claim.result_model, claim.result_id = result._meta.label, str(result.pk)
            claim.save(update_fields=["result_model", "result_id"])
            return result

    return once


def _one_transaction() -> AbstractContextManager[object]:
    """Open a transaction, or join the one that is open: a nested savepoint would save nothing."""
    if transaction.get_connection().in_atomic_block:
        return nullcontext()
    return transaction.atomic()


def _claim(actor: Actor, key: str, operation: str) -> WriteKey:
    """Insert the key or find the one that is there (waits for a parallel request to end)."""
    mine = WriteKey(scope=actor.scope, key=key, operation=operation)
    WriteKey.objects.bulk_create([mine], ignore_conflicts=True)
    held = WriteKey.objects.get(scope=actor.scope, key=key)
    if held.operation != operation:
        raise Conflict("这个请求编号已经用于另一件事，请刷新页面后再提交。")
    if held.pk != mine.pk and not held.result_id:
        raise Conflict("同一个请求正在办理，请稍候再看结果。")
    return held


def _first_result(claim: WriteKey) -> models.Model:
    model = apps.get_model(claim.result_model)
    return model._default_manager.get(pk=claim.result_id)
