"""Yearly files are born, kept up to date with the ledger, generated in November, lapse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor, Role
from lianxin.common.errors import Conflict, Denied, NotFound
from lianxin.common.writes import write
from lianxin.duties.assessing.scoring import Found, Table, scores_of, snapshot, table_of
from lianxin.duties.assessing.step import step, tell_deputy
from lianxin.duties.assessment_workflow import BODY, State
from lianxin.duties.models import FileState, YearlyFile
from lianxin.people.models import CongressLevel, Deputy, Seat
from lianxin.rulebook.deadlines import due_for
from lianxin.rulebook.services import value

ORDER = (CongressLevel.CITY, CongressLevel.TOWN)
BATCH = 300


def bodies_of(deputies: Sequence[UUID], year: int) -> dict[UUID, str]:
    """Return deputy → the congress whose body reviews his year: the city's before the town's."""
    rule = Seat.objects.filter(
        deputy_id__in=list(deputies), level__in=ORDER, valid_from__lte=date(year, 12, 31)
    )
    found: dict[UUID, tuple[int, str]] = {}
    for seat in rule:
        if seat.valid_to is not None and seat.valid_to < date(year, 1, 1):
            continue
        rank = (ORDER.index(CongressLevel(seat.level)), seat.body_code)
        found[seat.deputy_id] = min(found.get(seat.deputy_id, rank), rank)
    return {deputy: body for deputy, (_, body) in found.items()}


def files_open(*, actor: Actor, deputies: Sequence[Deputy], year: int) -> int:
    """Begin the files of a year that are missing, one statement a batch; they accrue until November."""
    ids = [row.pk for row in deputies]
    bodies = bodies_of(ids, year)
    have = set(YearlyFile.objects.filter(year=year, deputy_id__in=ids).values_list("deputy_id", flat=True))
    new = [row for row in deputies if row.pk in bodies and row.pk not in have]
    if not new:
        return 0
    table = table_of(year, new[0].home6)
    found = scores_of([row.pk for row in new], year, table)
    with transaction.atomic():
        YearlyFile.objects.bulk_create(
            [_new_file(row, year, bodies[row.pk], snapshot(found[row.pk], table)) for row in new],
            batch_size=BATCH,
            ignore_conflicts=True,
        )
        _on_record(actor, "assessment.open", new[0].home6, year, len(new))
    return len(new)


def _new_file(deputy: Deputy, year: int, body: str, columns: dict[str, Any]) -> YearlyFile:
    return YearlyFile(
        deputy=deputy,
        year=year,
        home6=deputy.home6,
        division_code=deputy.division_code,
        body_code=body,
        told_points=columns["points"],
        **columns,
    )


def _on_record(actor: Actor, tag: str, home6: str, year: int, count: int) -> None:
    record(
        actor=actor,
        tag=tag,
        kind="yearly_file",
        target=home6,
        home6=home6,
        facts={"year": year, "count": count},
    )


def scores_refresh(files: Iterable[YearlyFile]) -> int:
    """Recalculate files whose records have changed; tell each deputy whose score moved by a point.

    The rules are those that the file keeps. A file in the archive is recalculated too, on its history;
    its result stays until people reopen it.
    """
    groups: dict[tuple[int, str], list[YearlyFile]] = {}
    for row in files:
        groups.setdefault((row.year, "" if row.state == State.ACCRUING else str(row.rules)), []).append(row)
    changed = 0
    for (year, kept), rows in groups.items():
        first = rows[0]
        table = (
            Table(first.rules_from, first.rules, first.good_rules) if kept else table_of(year, first.home6)
        )
        found = scores_of([row.deputy_id for row in rows], year, table)
        changed += sum(_refresh(row, snapshot(found[row.deputy_id], table)) for row in rows)
    return changed


def _refresh(file: YearlyFile, columns: dict[str, Any]) -> int:
    if all(getattr(file, name) == new for name, new in columns.items()):
        return 0
    facts = {"from": str(file.points), "to": str(columns["points"])}
    if file.state == State.ACCRUING:  # in the making: the ledger itself is the history
        YearlyFile.objects.filter(pk=file.pk, state=file.state).update(**columns)
        for name, new in columns.items():
            setattr(file, name, new)
    else:
        step(actor=SYSTEM, file=file, act="recalculate", facts=facts, **columns)
    _tell_change(file)
    return 1


def _tell_change(file: YearlyFile) -> None:
    moved = file.points - file.told_points
    if abs(moved) < value("assessment.told_points", home6=file.home6):
        return
    words = (
        f"您 {file.year} 年的履职得分由 {file.told_points} 变为 {file.points}，点开看哪些记录计入、哪些没有。"
    )
    if value("assessment.only_reached", home6=file.home6):
        words = f"您 {file.year} 年的履职情况有变动，点开看哪些记录计入、哪些没有。"
    tell_deputy(file, "履职情况有变动", words, dedupe=f"score:{clock.now():%Y%m%d%H%M%S%f}")
    file.told_points = file.points
    YearlyFile.objects.filter(pk=file.pk).update(told_points=file.points)


@write
def file_generate(*, actor: Actor, file: YearlyFile, request_id: str | None = None) -> YearlyFile:
    """Freeze the year's score with its rules and ask the deputy to check it."""
    table = table_of(file.year, file.home6)
    found = scores_of([file.deputy_id], file.year, table)[file.deputy_id]
    return _generate(actor, file, found, table)


def _generate(actor: Actor, file: YearlyFile, found: Found, table: Table) -> YearlyFile:
    due = due_for("assessment.object_days", clock.today(), home6=file.home6)
    step(
        actor=actor,
        file=file,
        act="generate",
        object_by=due.on,
        object_trace=due.trace,
        **snapshot(found, table),
    )
    words = f"请在 {due.on:%Y-%m-%d} 前核对；有不对的可以提出异议。"
    tell_deputy(file, f"您的 {file.year} 年度履职档案生成了", words, dedupe="generated")
    return file


def files_generate(*, actor: Actor, year: int, body_code: str) -> int:
    """Generate all files of a congress that still accrue; return how many."""
    if not actor.has_in(body_code, *BODY):
        raise Denied("只有代工委或镇人大主席团可以生成年度档案。")
    deputies = list(Deputy.objects.filter(seats__body_code=body_code).distinct())
    files_open(actor=actor, deputies=deputies, year=year)
    rows = list(
        YearlyFile.objects.filter(year=year, body_code=body_code, state=State.ACCRUING).select_related(
            "deputy"
        )
    )
    if not rows:
        raise Conflict("没有还在平时累计的档案，可能已经生成过了。")
    table = table_of(year, rows[0].home6)
    found = scores_of([row.deputy_id for row in rows], year, table)
    with transaction.atomic():
        for row in rows:
            _generate(actor, row, found[row.deputy_id], table)
    return len(rows)


@write
def file_note(*, actor: Actor, file: YearlyFile, note: str, request_id: str | None = None) -> YearlyFile:
    """Let the deputy add a word to his file while he checks it (补充说明)."""
    if file.deputy.account_id != actor.id or not actor.has(Role.DEPUTY):
        raise Denied("只有本人可以补充说明。")
    if file.state not in {FileState.CONFIRMING, FileState.OBJECTING}:
        raise NotFound("现在不能补充说明，可以在下一步请小组长写进意见。")
    YearlyFile.objects.filter(pk=file.pk).update(note=note)
    file.note = note
    record(actor=actor, tag="assessment.note", kind="yearly_file", target=file.id, home6=file.home6)
    return file


@write
def file_confirm(*, actor: Actor, file: YearlyFile, request_id: str | None = None) -> YearlyFile:
    """Let the deputy say that his file is right."""
    return step(actor=actor, file=file, act="confirm")


def files_tick(today: date) -> int:
    """Let unchecked files go on when the time is over, and follow the ledger."""
    late = YearlyFile.objects.filter(state=State.CONFIRMING, object_by__lt=today).select_related("deputy")
    for row in late:
        step(actor=SYSTEM, file=row, act="lapse")
        tell_deputy(row, "核对时间已到，档案进入小组意见", "您可以看进展。", dedupe="lapsed")
    recent = YearlyFile.objects.filter(year__gte=today.year - 1).select_related("deputy")
    return len(late) + scores_refresh(recent)
