"""Checking the trail and reading who looked at whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Sum

from lianxin.audit.chain import GENESIS, entry_hash, merkle_root
from lianxin.audit.models import AuditEntry, AuditHead, DailyRoot
from lianxin.audit.services import content_of


@dataclass(frozen=True, slots=True)
class Problem:
    """A broken place of the chain: which row, and in what way."""

    home6: str
    seq: int
    entry_id: str
    words: str


def verify(*, progress: Callable[[int], None] | None = None) -> list[Problem]:
    """Walk every region's chain; return the first broken row of each (a break hides what follows).

    Rows are read one after another, two thousand at a time; where the chains are whole, the
    published daily roots are held against them too.
    """
    regions = set(AuditEntry.objects.values_list("home6", flat=True).distinct()) | set(
        AuditHead.objects.values_list("home6", flat=True)
    )
    found = [_first_problem(home6, progress or (lambda done: None)) for home6 in sorted(regions)]
    broken = [problem for problem in found if problem]
    return broken or [problem for root in DailyRoot.objects.all() if (problem := _root_problem(root))]


def entries_count() -> int:
    """Return how many entries the trail holds, from the heads (no row is counted)."""
    return AuditHead.objects.aggregate(sum=Sum("seq"))["sum"] or 0


def _root_problem(root: DailyRoot) -> Problem | None:
    """Hold a published root against the day's entries: a chain written anew does not give it."""
    rows = AuditEntry.objects.filter(home6=root.home6, seq__range=(root.first_seq, root.last_seq))
    hashes = list(rows.order_by("seq").values_list("hash", flat=True))
    if len(hashes) == root.last_seq - root.first_seq + 1 and merkle_root(hashes) == root.root:
        return None
    return Problem(root.home6, root.first_seq, "", f"与 {root.day:%Y-%m-%d} 公布的每日根不一致")


def _first_problem(home6: str, progress: Callable[[int], None]) -> Problem | None:
    prev, seq = GENESIS, 0
    for entry in _entries(home6):
        seq += 1
        if entry.seq != seq:
            return Problem(home6, seq, "", f"第 {seq} 条不见了，接着的是第 {entry.seq} 条")
        if entry.prev_hash != prev:
            return Problem(home6, seq, str(entry.id), "与前一条接不上")
        if entry_hash(prev, content_of(entry)) != entry.hash:
            return Problem(home6, seq, str(entry.id), "内容被改动过")
        prev = entry.hash
        progress(seq)
    head = AuditHead.objects.filter(pk=home6).first()
    if head is None or (head.seq, head.hash) != (seq, prev):
        return Problem(home6, seq + 1, "", "链的末端对不上，后面有记录被删去")
    return None


def _entries(home6: str) -> Iterator[AuditEntry]:
    return AuditEntry.objects.filter(home6=home6).order_by("seq").iterator(chunk_size=2000)
