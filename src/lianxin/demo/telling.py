"""Telling many stories in the order of time, one transaction a day.

A story is a generator: it acts through services and yields the instant of its next act. A story
whose next act lies after the end stays as it is, so that unfinished matters are alive today.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator
from datetime import datetime

from django.db import transaction

from lianxin.audit.services import batch as audit_batch
from lianxin.common import clock
from lianxin.notifications.services import batch as outbox_batch

Story = Generator[datetime, None, None]


def tell(stories: list[Story], *, until: datetime, progress: Callable[[int, int], None]) -> int:
    """Tell all stories up to `until`; return how many acts there were; `progress` hears days."""
    queue: list[tuple[datetime, int, Story]] = []
    for order, story in enumerate(stories):
        first = next(story, None)
        if first is not None:
            queue.append((first, order, story))
    heapq.heapify(queue)
    acts, began = 0, queue[0][0]
    total = (until - began).days + 1
    while queue and queue[0][0] <= until:
        day = (queue[0][0] - began).days
        acts += _one_day(queue, until)
        progress(day, total)
    progress(total, total)
    return acts


def _one_day(queue: list[tuple[datetime, int, Story]], until: datetime) -> int:
    day, acts = clock.local_date(queue[0][0]), 0
    with transaction.atomic(), audit_batch(), outbox_batch():
        while queue and queue[0][0] <= until and clock.local_date(queue[0][0]) == day:
            when, order, story = heapq.heappop(queue)
            with clock.at(when):
                following = next(story, None)
            acts += 1
            if following is not None:
                heapq.heappush(queue, (max(following, when), order, story))
    return acts
