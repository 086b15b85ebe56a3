"""What somebody may try with a board, a card or a key, and what stands against it."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, JSONField, TextField
from django.db.models.functions import Cast as CastTo
from django.test import Client

from lianxin.audit.models import AuditEntry
from lianxin.ballots import services as paper
from lianxin.ballots.electronic import archive, elections, keys, questions, services, tool
from lianxin.ballots.electronic.services.step import ask_of, file_of
from lianxin.ballots.electronic.workflow import State
from lianxin.ballots.models import EncryptedBallot, TrialEvent
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.models import WriteKey
from lianxin.notifications.models import Outbox
from tests.factories import electronic as make
from tests.factories.cast import Cast

pytestmark = pytest.mark.usefixtures("deputies")


def test_the_same_ballot_sent_again_is_one_ballot_with_one_receipt(cast: Cast) -> None:
    with make.voting(cast) as stage:
        ballot = make.ballot_of(stage, stage.codes[0], "o1")
        first = services.ballot_take(trial=stage.trial, content=ballot)
        again = services.ballot_take(trial=stage.trial, content=ballot + "\n")
        assert (first.again, again.again, first.receipt == again.receipt) == (False, True, True)
        assert stage.trial.ballots.count() == 1


def test_a_card_gives_one_ballot_and_the_database_says_so_too(cast: Cast) -> None:
    with make.voting(cast) as stage:
        first = make.cast_one(stage, 0, "o1")
        with pytest.raises(services.AlreadyCast) as held:
            make.cast_one(stage, 0, "o2")
        assert held.value.receipt == first.receipt
        row = stage.trial.ballots.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            EncryptedBallot.objects.create(
                trial=stage.trial, home6=row.home6, card=row.card, receipt="other", content="{}"
            )


def test_a_changed_ballot_and_one_over_the_limit_are_refused(cast: Cast) -> None:
    with make.voting(cast) as stage:
        whole = json.loads(make.ballot_of(stage, stage.codes[0], "o1"))
        choice = whole["answers"][0]["choices"][0]
        choice["alpha"] = str(int(choice["alpha"]) + 1)
        with pytest.raises(Invalid, match="没有通过检查"):
            services.ballot_take(trial=stage.trial, content=json.dumps(whole))
        with pytest.raises(Invalid, match="没有通过检查"):
            services.ballot_take(trial=stage.trial, content="not a ballot")
        with pytest.raises(tool.ToolFailed):
            make.ballot_of(stage, stage.codes[0], "o1", "o2", "o3")
        assert not stage.trial.ballots.exists()


def test_a_card_of_another_box_is_refused(cast: Cast) -> None:
    with make.voting(cast) as stage:
        (stranger,), _public = elections.new_cards(stage.trial.code, 1)
        with pytest.raises(Refused, match="不在这次投票的码卡里"):
            services.ballot_take(trial=stage.trial, content=make.ballot_of(stage, stranger, "o1"))


def test_after_the_closing_nothing_is_taken(cast: Cast) -> None:
    with make.voting(cast) as stage:
        late = make.ballot_of(stage, stage.codes[1], "o1")
        make.cast_one(stage, 0, "o1")
        make.close(stage)
        with pytest.raises(Refused, match="没有在投票"):
            services.ballot_take(trial=stage.trial, content=late)
        assert stage.trial.ballots.count() == 1


def test_when_the_meeting_is_suspended_the_machines_take_nothing_either(cast: Cast) -> None:
    with make.voting(cast) as stage:
        paper.ballot_suspend(actor=stage.host, ballot=stage.trial.ballot, reason="停电了，先休会")
        with pytest.raises(Refused, match="以纸票为准"):
            make.cast_one(stage, 0, "o1")


def test_fewer_than_the_threshold_unlock_nothing_and_a_false_share_is_noticed(cast: Cast) -> None:
    with make.voting(cast) as stage:
        make.cast_one(stage, 0, "o1")
        board = make.close(stage)
        make.share(stage, 0)
        make.share(stage, 1)
        stage.trial.refresh_from_db()
        assert stage.trial.state == State.CLOSED
        with pytest.raises(Conflict):
            services.trial_publish(actor=stage.host, trial=stage.trial)
        two = [one.share for one in stage.trial.trustees.exclude(share="")]
        for shares in (two, [*two, two[0]], [*two, _as_owner(two[0], 5)]):
            with pytest.raises(tool.ToolFailed):
                elections.opened(board, shares)
        make.share(stage, 4)
        stage.trial.refresh_from_db()
        assert stage.trial.state == State.UNSEALED


def _as_owner(share: str, slot: int) -> str:
    factors, owned = share.splitlines()
    return "\n".join([factors, json.dumps({**json.loads(owned), "owner": slot})])


def test_a_share_is_given_once_and_only_as_one_s_own(cast: Cast) -> None:
    with make.voting(cast) as stage:
        make.close(stage)
        one, two = stage.trial.trustees.all()[:2]
        with TemporaryDirectory() as folder:
            elections.unfold(services.board_close(stage.trial), Path(folder))
            share = keys.share_of(stage.devices[0].key, one.sealed_key, 1, Path(folder))
            with pytest.raises(tool.ToolFailed):
                keys.share_of(stage.devices[0].key, two.sealed_key, 2, Path(folder))
        give: Any = {"trial": stage.trial, "content": share}
        with pytest.raises(Invalid):
            services.share_give(actor=stage.devices[1].actor, **give)
        with pytest.raises(Denied):
            services.share_give(actor=stage.host, **give)
        services.share_give(actor=stage.devices[0].actor, **give)
        with pytest.raises(Conflict):
            services.share_give(actor=stage.devices[0].actor, **give)


def test_nothing_joins_a_ballot_to_a_person_an_instant_or_an_order(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    columns = {field.name for field in EncryptedBallot._meta.concrete_fields}
    assert columns == {"id", "trial", "home6", "card", "receipt", "content"}
    with make.voting(cast) as stage:
        hall = {"HTTP_X_HALL_KEY": services.hall_key_of(stage.trial), "REMOTE_ADDR": "203.0.113.77"}
        before = _trails()
        sessions: list[str] = []
        for code in stage.codes[:6]:
            ballot = make.ballot_of(stage, code, "o1")
            client = Client()
            client.cookies["sessionid"] = "somebody"
            with connection.execute_wrapper(_noting(sessions)):
                answer = client.post(
                    f"/evote/{stage.trial.code}/ballots", ballot, content_type="application/json", **hall
                )
            assert answer.status_code == 201 and not answer.cookies
        assert _trails() == before and sessions == []
        make.close(stage)
        place = "rowid" if connection.vendor == "sqlite" else "ctid"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT receipt FROM ballots_encryptedballot ORDER BY {place}")  # as the rows lie
            stored = [row[0] for row in cursor.fetchall()]
        assert stored == sorted(stored)
        for code in stage.codes:
            assert not _anywhere(code), "a card's private code is nowhere"
        assert not _anywhere("203.0.113.77")
        assert not [one for one in caplog.records if "evote" in one.getMessage()]


def _noting(sessions: list[str]) -> Any:
    """Note every question to the table of sessions."""

    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "django_session" in sql:
            sessions.append(sql)
        return run(sql, params, many, context)

    return execute


def _trails() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (AuditEntry, TrialEvent, WriteKey, Outbox))


def _anywhere(words: str) -> bool:
    """Say whether words stand in any text column of the database."""
    kinds = (CharField, TextField, JSONField)
    return any(
        model._base_manager.annotate(cast_words=CastTo(field.attname, TextField()))
        .filter(cast_words__contains=words)
        .exists()
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, kinds)
    )


def test_a_machine_without_the_hall_s_key_is_refused(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    with make.voting(cast) as stage:
        ballot = make.ballot_of(stage, stage.codes[0], "o1")
        where = f"/evote/{stage.trial.code}/ballots"
        for key in ("", "0000-0000-0000-0000"):
            caplog.clear()
            answer = Client().post(where, ballot, content_type="application/json", HTTP_X_HALL_KEY=key)
            assert not caplog.records, "a refusal leaves no line with an instant in the log"
            assert answer.status_code == 403 and "会场口令不对" in answer.json()["words"]
        assert not stage.trial.ballots.exists()


def test_a_vote_item_by_item_is_summed_item_by_item(cast: Cast) -> None:
    with make.voting(cast, method=paper.Method("per_item", 2)) as stage:
        form = ask_of(stage.trial.ballot)
        base = file_of(stage.trial, elections.BASE)
        assert base is not None
        said: Any = {"o1": "for", "o2": "against"}
        with TemporaryDirectory() as folder:
            elections.unfold(base, Path(folder))
            answers = questions.answers_of(questions.Paper(choices=said), form)
            ballot = elections.ballot(Path(folder), stage.codes[0], answers)
        services.ballot_take(trial=stage.trial, content=ballot)
        board = make.close(stage)
        for place in (1, 2, 3):
            make.share(stage, place)
        shares = [one.share for one in stage.trial.trustees.exclude(share="")]
        _full, result = elections.opened(board, shares)
        counts = questions.sum_of(result["result"], form, 1).counts
        assert [counts[key]["for"] for key in form.keys] == [1, 0, 0, 0]
        assert [counts[key]["against"] for key in form.keys] == [0, 1, 0, 0]
        assert [counts[key]["abstain"] for key in form.keys] == [0, 0, 1, 1]


def test_the_receipt_is_the_checksum_that_the_program_gives(cast: Cast) -> None:
    with make.voting(cast) as stage, TemporaryDirectory() as folder:
        ballot = make.ballot_of(stage, stage.codes[0], "o1")
        made, _said = tool.run("sha256-b64", folder=Path(folder), given=ballot.encode())
        assert archive.receipt_of(ballot) == made.decode().strip()
