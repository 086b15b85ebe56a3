"""The outbox: written with the act, really delivered by SMTP, never twice, given up visibly."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.db import transaction
from pytest_django import Settings

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Conflict, Denied
from lianxin.config import worker
from lianxin.config.worker import Worker
from lianxin.notifications import sending
from lianxin.notifications.models import CallTask, Channel, Notice, NoticeRead, Outbox, OutboxState
from lianxin.notifications.selectors import call_tasks_for, notices_for
from lianxin.notifications.sending import LEASE, MAX_TRIES, deliver_due
from lianxin.notifications.services import (
    Recipient,
    batch,
    call_task_add,
    call_task_done,
    enqueue,
    notice_read,
    outbox_retry,
)
from lianxin.people.models import Account
from tests.factories.cast import HOME6, TOWN, Cast


class Box(Message):
    """Keeps what a mail server was given."""

    def __init__(self) -> None:
        super().__init__(EmailMessage)
        self.mails: list[EmailMessage] = []

    def handle_message(self, message: object) -> None:
        self.mails.append(message)  # type: ignore[arg-type]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def box(settings: Settings) -> Iterator[Box]:
    """Run a mail server on a free port and point the product at it."""
    kept = Box()
    server = Controller(kept, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield kept
    server.stop()


@pytest.fixture
def nobody(settings: Settings) -> None:
    """Point the product at a port where no server listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


def mail(to: Recipient, dedupe: str = "", channels: tuple[Channel, ...] = (Channel.EMAIL,)) -> None:
    enqueue(
        to=to,
        subject="有一件新的建议交办",
        text="详情登录后看",
        about_kind="suggestion",
        about_id=uuid4(),
        home6=HOME6,
        dedupe=dedupe or str(uuid4()),
        link="/unit/matters",
        channels=channels,
    )


def give_mail(cast: Cast, *names: str) -> None:
    for name in names:
        Account.objects.filter(username=name).update(email=f"{name}@example.cn")


class TestDelivery:
    def test_a_mail_really_arrives(self, cast: Cast, box: Box) -> None:
        give_mail(cast, "keeper")
        mail(Recipient.account(cast.account("keeper").id))
        assert deliver_due() == 1
        (arrived,) = box.mails
        row = Outbox.objects.get()
        assert arrived["To"] == "keeper@example.cn"
        assert arrived["Message-ID"] == f"<{row.id}@lianxin>"
        body = arrived.get_payload(decode=True).decode()
        assert "/unit/matters" in body
        assert "详情" not in body
        assert (row.state, row.error) == (OutboxState.SENT, "")
        assert row.sent_at

    def test_what_was_sent_is_not_sent_again(self, cast: Cast, box: Box) -> None:
        give_mail(cast, "keeper")
        mail(Recipient.account(cast.account("keeper").id))
        deliver_due()
        assert deliver_due() == 0
        assert len(box.mails) == 1

    def test_a_unit_is_its_clerks_and_heads(self, cast: Cast, box: Box) -> None:
        give_mail(cast, "clerk", "head", "clerk_power")
        mail(Recipient.unit("transport"))
        deliver_due()
        assert set(box.mails[0]["To"].split(", ")) == {"clerk@example.cn", "head@example.cn"}

    def test_a_role_is_its_holders_in_that_place_today(self, cast: Cast, box: Box) -> None:
        give_mail(cast, "keeper", "keeper_other")
        mail(Recipient.role(Role.KEEPER, TOWN))
        deliver_due()
        assert box.mails[0]["To"] == "keeper@example.cn"

    def test_a_holder_whose_time_is_over_gets_nothing(self, cast: Cast, box: Box) -> None:
        give_mail(cast, "keeper")
        cast.account("keeper").roles_held.update(valid_to=clock.today() - timedelta(days=1))
        mail(Recipient.role(Role.KEEPER, TOWN))
        deliver_due()
        assert box.mails == []
        assert Outbox.objects.get().state == OutboxState.GIVEN_UP

    @pytest.mark.parametrize("channel", [Channel.SMS, Channel.WECHAT])
    def test_a_channel_that_is_not_connected_is_left_to_a_person(
        self, cast: Cast, box: Box, channel: Channel
    ) -> None:
        mail(Recipient.account(cast.account("keeper").id), channels=(channel,))
        deliver_due()
        row = Outbox.objects.get()
        assert (row.state, row.channel) == (OutboxState.HELD, channel)
        assert "电话" in row.error
        assert box.mails == []


class TestTrouble:
    def test_it_is_tried_again_later_and_later_and_then_given_up(self, cast: Cast, nobody: None) -> None:
        give_mail(cast, "keeper")
        mail(Recipient.account(cast.account("keeper").id))
        waits, now = [], clock.now()
        for attempt in range(1, MAX_TRIES):
            with clock.at(now):
                assert deliver_due() == 1
                assert deliver_due() == 0
            row = Outbox.objects.get()
            assert (row.state, row.tries) == (OutboxState.QUEUED, attempt)
            waits.append(row.next_try_at - now)
            now = row.next_try_at
        assert waits == sorted(waits)
        assert len(set(waits)) == len(waits)
        with clock.at(now):
            deliver_due()
        row = Outbox.objects.get()
        assert (row.state, row.error) == (OutboxState.GIVEN_UP, "ConnectionRefusedError")

    def test_a_worker_that_died_while_sending_does_not_send_twice(
        self, cast: Cast, box: Box, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The mail is out and the worker dies before it can say so: nobody knows, so a person looks."""
        give_mail(cast, "keeper")
        mail(Recipient.account(cast.account("keeper").id))
        with monkeypatch.context() as broken:
            broken.setattr(sending, "_end", _die)
            with pytest.raises(KeyboardInterrupt):
                deliver_due()
        assert len(box.mails) == 1
        assert deliver_due() == 0
        with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
            assert deliver_due() == 0
        assert len(box.mails) == 1
        row = Outbox.objects.get()
        assert row.state == OutboxState.HELD
        assert "人工核对" in row.error

    def test_what_waits_while_the_worker_is_stopped_goes_out_when_it_starts(
        self, cast: Cast, box: Box, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(worker, "close_old_connections", lambda: None)  # the test's own transaction
        give_mail(cast, "keeper", "clerk")
        first = Worker()
        first.jobs = [job for job in first.jobs if job.name == "outbox"]
        mail(Recipient.account(cast.account("keeper").id))
        first.run(once=True)
        mail(Recipient.account(cast.account("clerk").id))  # nobody is there to send it
        second = Worker()
        second.jobs = [job for job in second.jobs if job.name == "outbox"]
        second.run(once=True)
        second.run(once=True)
        assert sorted(arrived["To"] for arrived in box.mails) == ["clerk@example.cn", "keeper@example.cn"]
        assert set(Outbox.objects.values_list("state", flat=True)) == {OutboxState.SENT}

    def test_without_a_mail_server_a_person_sees_it(self, cast: Cast, settings: Settings) -> None:
        settings.EMAIL_HOST = ""
        mail(Recipient.account(cast.account("keeper").id))
        deliver_due()
        assert Outbox.objects.get().state == OutboxState.HELD

    def test_one_broken_message_does_not_stop_the_others(
        self, cast: Cast, box: Box, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        give_mail(cast, "keeper", "clerk")
        mail(Recipient.account(cast.account("clerk").id))
        mail(Recipient.account(cast.account("keeper").id))
        refuse = [True]
        real = sending._message

        def message(row: Outbox, addresses: list[str]) -> object:
            if refuse.pop() if refuse else False:
                raise smtplib.SMTPServerDisconnected
            return real(row, addresses)

        monkeypatch.setattr(sending, "_message", message)
        assert deliver_due() == 2
        assert len(box.mails) == 1


def _die(*args: object) -> bool:
    raise KeyboardInterrupt


class TestOutbox:
    def test_a_message_is_rolled_back_with_its_act(self, cast: Cast) -> None:
        to = Recipient.account(cast.account("keeper").id)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            mail(to, channels=(Channel.IN_APP, Channel.EMAIL))
            raise ZeroDivisionError
        assert (Outbox.objects.count(), Notice.objects.count()) == (0, 0)

    def test_the_same_thing_is_told_once(self, cast: Cast) -> None:
        to = Recipient.account(cast.account("keeper").id)
        for _ in range(3):
            mail(to, dedupe="same", channels=(Channel.IN_APP, Channel.EMAIL))
        assert (Outbox.objects.count(), Notice.objects.count()) == (1, 1)
        mail(to, dedupe="other", channels=(Channel.IN_APP, Channel.EMAIL))
        assert (Outbox.objects.count(), Notice.objects.count()) == (2, 2)

    def test_a_batch_tells_the_same(self, cast: Cast) -> None:
        to = Recipient.account(cast.account("keeper").id)
        with transaction.atomic(), batch():
            mail(to, dedupe="one", channels=(Channel.IN_APP, Channel.EMAIL))
            mail(to, dedupe="one", channels=(Channel.IN_APP, Channel.EMAIL))
            assert Notice.objects.count() == 0
        assert (Outbox.objects.count(), Notice.objects.count()) == (1, 1)

    def test_an_administrator_queues_a_held_one_again(self, cast: Cast, box: Box) -> None:
        give_mail(cast, "keeper")
        mail(Recipient.account(cast.account("keeper").id))
        Outbox.objects.update(state=OutboxState.GIVEN_UP, tries=6)
        outbox_retry(actor=cast.admin, row=Outbox.objects.get())
        deliver_due()
        assert len(box.mails) == 1

    def test_a_sent_one_is_not_queued_again(self, cast: Cast) -> None:
        mail(Recipient.account(cast.account("keeper").id))
        Outbox.objects.update(state=OutboxState.SENT)
        with pytest.raises(Conflict):
            outbox_retry(actor=cast.admin, row=Outbox.objects.get())

    @pytest.mark.parametrize("name", ["security", "auditor", "keeper"])
    def test_others_queue_nothing(self, cast: Cast, name: str) -> None:
        mail(Recipient.account(cast.account("keeper").id))
        Outbox.objects.update(state=OutboxState.HELD)
        with pytest.raises(Denied):
            outbox_retry(actor=getattr(cast, name), row=Outbox.objects.get())


class TestNotices:
    def test_unit_and_role_read_theirs_and_nobody_else(self, cast: Cast) -> None:
        mail(Recipient.unit("transport"), channels=(Channel.IN_APP,))
        mail(Recipient.role(Role.KEEPER, TOWN), channels=(Channel.IN_APP,))
        seen = {name: notices_for(getattr(cast, name)).count() for name in ("clerk", "keeper", "clerk_power")}
        assert seen == {"clerk": 1, "keeper": 1, "clerk_power": 0}

    def test_reading_is_noted_once_for_each_reader(self, cast: Cast) -> None:
        mail(Recipient.unit("transport"), channels=(Channel.IN_APP,))
        notice = notices_for(cast.clerk).get()
        for _ in range(2):
            notice_read(actor=cast.clerk, notice=notice)
        assert NoticeRead.objects.count() == 1
        assert notices_for(cast.clerk).get().is_read
        assert not notices_for(cast.head).get().is_read

    def test_a_strangers_notice_is_not_read(self, cast: Cast) -> None:
        mail(Recipient.unit("transport"), channels=(Channel.IN_APP,))
        with pytest.raises(Denied):
            notice_read(actor=cast.clerk_power, notice=Notice.objects.get())


class TestCalls:
    @pytest.fixture
    def task(self, cast: Cast) -> CallTask:
        about = uuid4()
        for _ in range(2):
            call_task_add(
                about_kind="opinion",
                about_id=about,
                number="旬民情〔2026〕1号",
                reason="告知去向",
                due_on=clock.today(),
                home6=HOME6,
                division_code=TOWN,
            )
        return CallTask.objects.get()

    def test_the_keeper_of_the_place_sees_and_closes_it(self, cast: Cast, task: CallTask) -> None:
        assert list(call_tasks_for(cast.keeper)) == [task]
        call_task_done(actor=cast.keeper, task=task, reached=True, result="已告知")
        assert not call_tasks_for(cast.keeper).exists()

    def test_it_is_closed_once(self, cast: Cast, task: CallTask) -> None:
        call_task_done(actor=cast.keeper, task=task, reached=False, result="没接通")
        with pytest.raises(Conflict):
            call_task_done(actor=cast.keeper, task=task, reached=True, result="")

    def test_another_keeper_neither_sees_nor_closes_it(self, cast: Cast, task: CallTask) -> None:
        assert not call_tasks_for(cast.keeper_other).exists()
        with pytest.raises(Denied):
            call_task_done(actor=cast.keeper_other, task=task, reached=True, result="")
