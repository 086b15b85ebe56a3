"""The trail: one changed byte is found and named; rows are never changed or deleted."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from lianxin.audit.chain import GENESIS, entry_hash, merkle_root
from lianxin.audit.checking import chain_check, chain_check_due
from lianxin.audit.models import AuditEntry, AuditHead, ChainCheck, DailyRoot, PersonalRead
from lianxin.audit.roots import roots_make
from lianxin.audit.selectors import verify
from lianxin.audit.services import batch, content_of, personal_read, record
from lianxin.common import clock
from lianxin.common.errors import Denied
from tests.factories.cast import HOME6, Cast

OTHER = "610902"


@pytest.fixture
def trail(cast: Cast) -> list[AuditEntry]:
    """Return a trail of one region with some entries over two days; the other region has one."""
    start = clock.now() - timedelta(days=2)
    for hours in range(6):
        with clock.at(start + timedelta(hours=hours * 5)):
            record(
                actor=cast.keeper,
                tag="test.act",
                kind="thing",
                target=uuid4(),
                home6=HOME6,
                facts={"n": hours},
            )
    record(actor=cast.keeper, tag="test.act", kind="thing", target=uuid4(), home6=OTHER)
    return list(AuditEntry.objects.filter(home6=HOME6, tag="test.act").order_by("seq"))


@pytest.fixture
def unlocked(db: None) -> None:
    """Take the triggers away, as somebody with the database's own password could; rolled back after."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in ("auditentry", "personalread", "dailyroot"):
                cursor.execute(f"ALTER TABLE audit_{table} DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def test_a_whole_chain_passes(trail: list[AuditEntry]) -> None:
    roots_make()
    assert verify() == []


COLUMNS = [
    field.name for field in AuditEntry._meta.concrete_fields if field.name not in {"id", "home6", "seq"}
]


@pytest.mark.parametrize("name", COLUMNS)
def test_one_changed_byte_is_found_and_named(trail: list[AuditEntry], unlocked: None, name: str) -> None:
    row = trail[2]
    AuditEntry.objects.filter(pk=row.pk).update(**{name: changed(getattr(row, name))})
    found = [(problem.home6, problem.seq, problem.entry_id) for problem in verify()]
    assert found == [(HOME6, row.seq, str(row.id))]


def changed(value: object) -> object:
    """Return the value with its smallest part changed."""
    if hasattr(value, "microsecond"):
        return value + timedelta(microseconds=1)  # type: ignore[operator]
    if isinstance(value, str):
        return value[:-1] + ("0" if value[-1:] != "0" else "1")
    return uuid4()


@pytest.mark.parametrize("name", ["id", "home6", "seq"])
def test_a_changed_key_is_found(trail: list[AuditEntry], unlocked: None, name: str) -> None:
    new = {"id": uuid4(), "home6": OTHER[:5] + "9", "seq": 10_000}[name]
    AuditEntry.objects.filter(pk=trail[2].pk).update(**{name: new})
    assert any(problem.seq == trail[2].seq for problem in verify())


def test_a_removed_row_is_found(trail: list[AuditEntry], unlocked: None) -> None:
    AuditEntry.objects.filter(pk=trail[3].pk).delete()
    (problem,) = verify()
    assert problem.seq == trail[3].seq
    assert "不见了" in problem.words


def test_a_truncated_tail_is_found(trail: list[AuditEntry], unlocked: None) -> None:
    AuditEntry.objects.filter(pk=trail[-1].pk).delete()
    (problem,) = verify()
    assert "末端" in problem.words


def test_a_removed_chain_is_found(trail: list[AuditEntry], unlocked: None) -> None:
    AuditEntry.objects.filter(home6=HOME6).delete()
    assert [problem.home6 for problem in verify()] == [HOME6]


def test_two_rows_changed_places_are_found(trail: list[AuditEntry], unlocked: None) -> None:
    first, second = trail[1], trail[2]
    AuditEntry.objects.filter(pk=first.pk).update(seq=99)
    AuditEntry.objects.filter(pk=second.pk).update(seq=first.seq)
    AuditEntry.objects.filter(pk=first.pk).update(seq=second.seq)
    (problem,) = verify()
    assert problem.seq == first.seq


def test_an_inserted_row_is_found(trail: list[AuditEntry], unlocked: None) -> None:
    last = trail[-1]
    AuditEntry.objects.create(
        home6=HOME6,
        seq=last.seq + 1,
        at=clock.now(),
        actor_kind="account",
        tag="x",
        target_kind="y",
        target_id="z",
        facts="{}",
        prev_hash=last.hash,
        hash="0" * 64,
    )
    (problem,) = verify()
    assert problem.seq == last.seq + 1


def test_a_chain_written_anew_does_not_fit_the_published_root(
    trail: list[AuditEntry], unlocked: None
) -> None:
    """Who owns the database can forge a whole chain, but not the roots on the notice board."""
    assert roots_make() > 0
    prev = GENESIS
    for row in AuditEntry.objects.filter(home6=HOME6).order_by("seq"):
        row.facts, row.prev_hash = '{"n":77}', prev
        row.hash = prev = entry_hash(prev, content_of(row))
        row.save()
    AuditHead.objects.filter(pk=HOME6).update(hash=prev)
    assert ["每日根" in problem.words for problem in verify()][:1] == [True]


@pytest.mark.parametrize("model", [AuditEntry, PersonalRead, DailyRoot])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_database_itself_refuses(cast: Cast, trail: list[AuditEntry], model: type, verb: str) -> None:
    personal_read(
        actor=cast.keeper, role="keeper", kind="opinion", subject=uuid4(), home6=HOME6, purpose="call_back"
    )
    roots_make()
    table, before = model._meta.db_table, model.objects.count()
    assert before
    sql = f"UPDATE {table} SET home6 = '000000'" if verb == "UPDATE" else f"DELETE FROM {table}"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert model.objects.count() == before


def test_a_look_at_personal_data_is_in_the_read_log_and_on_the_chain(cast: Cast) -> None:
    subject = uuid4()
    row = personal_read(
        actor=cast.keeper, role="keeper", kind="opinion", subject=subject, home6=HOME6, purpose="call_back"
    )
    assert (row.actor_id, row.subject_id, row.purpose) == (cast.keeper.id, str(subject), "call_back")
    assert AuditEntry.objects.get(tag="personal_read").target_id == str(subject)
    assert verify() == []


def test_an_act_that_is_rolled_back_leaves_no_entry(cast: Cast) -> None:
    before = AuditEntry.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(actor=cast.keeper, tag="x", kind="y", target="z", home6=HOME6)
        raise ZeroDivisionError
    assert AuditEntry.objects.count() == before
    assert verify() == []


def test_a_batch_gives_the_same_chain(cast: Cast) -> None:
    record(actor=cast.keeper, tag="before", kind="y", target="z", home6=HOME6)
    with transaction.atomic(), batch():
        for n in range(5):
            record(actor=cast.keeper, tag="inside", kind="y", target=str(n), home6=HOME6)
    record(actor=cast.keeper, tag="after", kind="y", target="z", home6=HOME6)
    assert AuditEntry.objects.filter(tag="inside").count() == 5
    assert verify() == []


class TestRoots:
    def test_one_root_for_each_finished_day(self, trail: list[AuditEntry]) -> None:
        made = roots_make()
        days = {clock.local_date(row.at) for row in AuditEntry.objects.filter(home6=HOME6)}
        finished = {day for day in days if day < clock.today()}
        assert set(DailyRoot.objects.filter(home6=HOME6).values_list("day", flat=True)) == finished
        assert made == DailyRoot.objects.count() > 0
        assert roots_make() == 0

    def test_days_that_have_their_root_are_not_asked_again(
        self, trail: list[AuditEntry], django_assert_max_num_queries: Any
    ) -> None:
        roots_make()
        chains = AuditEntry.objects.values("home6").distinct().count()
        with django_assert_max_num_queries(1 + 2 * chains):
            assert roots_make() == 0

    def test_a_root_depends_on_every_entry(self) -> None:
        hashes = [entry_hash(GENESIS, {"n": n}) for n in range(5)]
        root = merkle_root(hashes)
        for place in range(5):
            other = [*hashes]
            other[place] = entry_hash(GENESIS, {"n": 99})
            assert merkle_root(other) != root
        assert merkle_root(hashes[:4]) != root
        assert merkle_root([]) == GENESIS


class TestCommand:
    def test_a_whole_chain_ends_well(self, trail: list[AuditEntry]) -> None:
        out = io.StringIO()
        call_command("audit", "verify", stdout=out)
        assert f"共 {AuditEntry.objects.count()} 条" in out.getvalue()

    def test_a_broken_one_ends_with_an_error_and_names_the_row(
        self, trail: list[AuditEntry], unlocked: None
    ) -> None:
        AuditEntry.objects.filter(pk=trail[2].pk).update(tag="forged")
        err = io.StringIO()
        with pytest.raises(CommandError) as caught:
            call_command("audit", "verify", stderr=err)
        assert caught.value.returncode == 1
        assert str(trail[2].id) in err.getvalue()


class TestKeptChecks:
    def test_the_auditor_checks_and_the_result_is_kept(self, cast: Cast, trail: list[AuditEntry]) -> None:
        row = chain_check(actor=cast.auditor)
        assert (row.problem, row.entries) == ("", AuditEntry.objects.count())

    def test_others_may_not(self, cast: Cast) -> None:
        with pytest.raises(Denied):
            chain_check(actor=cast.admin)

    def test_a_broken_chain_is_kept_as_broken(
        self, cast: Cast, trail: list[AuditEntry], unlocked: None
    ) -> None:
        AuditEntry.objects.filter(pk=trail[2].pk).update(tag="forged")
        assert f"第 {trail[2].seq} 条" in chain_check(actor=cast.auditor).problem

    def test_the_worker_checks_once_a_day(self, trail: list[AuditEntry]) -> None:
        assert [chain_check_due(), chain_check_due()] == [1, 0]
        with clock.at(clock.now() + timedelta(hours=25)):
            assert chain_check_due() == 1
        assert ChainCheck.objects.count() == 2
