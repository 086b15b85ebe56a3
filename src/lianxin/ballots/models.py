"""A vote, its options, who may vote and who counts, batches and the tellers' sheets.

No row holds a single paper and no row joins a deputy to one: electors are a list frozen at the opening,
sheets are sums of a batch. There is no key, number or time by which a paper could lead to a person.
"""

from __future__ import annotations

import uuid

from django.db import models

from lianxin.ballots import workflow
from lianxin.ballots.electronic.workflow import State
from lianxin.ballots.kinds import (
    BallotMode,
    Coming,
    OfficerKind,
    Progress,
    Purpose,
    Shortfall,
    TieRule,
    TrialProgress,
)
from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.people.models import CongressLevel, Deputy

__all__ = [
    "Ballot", "BallotAttendance", "BallotBatch", "BallotElector", "BallotEvent", "BallotMode",
    "BallotOfficer", "BallotOption", "BoardFile", "Coming", "EncryptedBallot",
    "OfficerKind", "Progress", "Purpose", "Shortfall", "TallySheet",
    "TieRule", "Trial", "TrialEvent", "TrialProgress", "Trustee",
]  # fmt: skip


class Ballot(RegionalRow):
    """One vote of one body on paper (票决、测评); `division_code` is the body's place.

    `about_kind` and `about_id` name what an upper room votes about; this room never reads them.
    """

    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    subject = models.CharField(max_length=80)
    session = models.CharField(max_length=80)
    held_on = models.DateField()
    level = models.CharField(max_length=10, choices=CongressLevel.choices)
    mode = models.CharField(max_length=16, choices=BallotMode.choices)
    places = models.PositiveSmallIntegerField()
    grades = models.JSONField(default=list)
    shortfall = models.CharField(max_length=16, choices=Shortfall.choices)
    tie_rule = models.CharField(max_length=12, choices=TieRule.choices)
    about_kind = models.CharField(max_length=24, blank=True)
    about_id = models.UUIDField(null=True)
    round_number = models.PositiveSmallIntegerField(default=1)
    among_tied = models.BooleanField(default=False)
    previous = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="following")
    method_passed_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=Progress.choices, default=workflow.State.PREPARING)
    electorate = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    count_run = models.PositiveSmallIntegerField(default=0)
    outcome = models.JSONField(default=dict)
    chair = models.CharField(max_length=40, blank=True)
    announced_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "about_kind", "about_id", "round_number"],
                condition=models.Q(about_id__isnull=False) & ~models.Q(state="void"),
                name="ballot_once_a_round",
            )
        ]
        indexes = [
            models.Index(fields=["home6", "division_code", "held_on"], name="ballot_of_body"),
            models.Index(fields=["about_kind", "about_id"], name="ballot_about"),
        ]


class BallotOption(Row):
    """One thing on the paper. `owner_id` is the deputy whom it is about, who may not count."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="options")
    home6 = models.CharField(max_length=6)
    key = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)
    owner_id = models.UUIDField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["home6", "ballot", "key"], name="ballot_option_once"),
            models.UniqueConstraint(fields=["home6", "ballot", "number"], name="ballot_option_number_once"),
        ]


class BallotElector(Row):
    """A deputy in office when the meeting was opened; says nothing of whether he came or voted."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="electors")
    home6 = models.CharField(max_length=6)
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "ballot", "deputy"], name="ballot_elector_once")
        ]


class BallotAttendance(Row):
    """That a deputy is at the meeting, has left it, or is on leave and why; never what became of a paper.

    A deputy without a row is absent. The figure of those present is the number of rows that say so.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="attendance")
    home6 = models.CharField(max_length=6)
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    coming = models.CharField(max_length=8, choices=Coming.choices)
    reason = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "ballot", "deputy"], name="ballot_attendance_once"),
            models.CheckConstraint(
                condition=~models.Q(coming="leave", reason=""), name="ballot_leave_has_reason"
            ),
        ]


class BallotOfficer(Row):
    """A teller (计票人, with an account) or a scrutineer (监票人, a deputy) of one vote."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="officers")
    home6 = models.CharField(max_length=6)
    kind = models.CharField(max_length=12, choices=OfficerKind.choices)
    slot = models.PositiveSmallIntegerField()
    account_id = models.UUIDField(null=True)
    deputy = models.ForeignKey(Deputy, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ("kind", "slot")
        constraints = [
            models.UniqueConstraint(fields=["home6", "ballot", "kind", "slot"], name="ballot_officer_slot"),
            models.UniqueConstraint(
                fields=["home6", "ballot", "account_id"],
                condition=models.Q(account_id__isnull=False),
                name="ballot_officer_once",
            ),
        ]


class BallotBatch(Row):
    """A bundle of returned papers; `count_run` grows with a whole count anew, `again` with one bundle's."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="batches")
    home6 = models.CharField(max_length=6)
    count_run = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField()
    again = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "ballot", "count_run", "number"], name="ballot_batch_once"
            )
        ]


class TallySheet(Row):
    """What one teller counted in one bundle: sums only, never a paper."""

    batch = models.ForeignKey(BallotBatch, on_delete=models.CASCADE, related_name="sheets")
    home6 = models.CharField(max_length=6)
    again = models.PositiveSmallIntegerField(default=0)
    slot = models.PositiveSmallIntegerField()
    valid = models.PositiveSmallIntegerField()
    void = models.PositiveSmallIntegerField()
    blank = models.PositiveSmallIntegerField()
    votes = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "batch", "again", "slot"], name="tally_sheet_once")
        ]


class BallotEvent(EventRow):
    """A step of a vote."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="events")


class Trial(Row):
    """One election by machine beside a vote; the paper alone counts."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="trials")
    home6 = models.CharField(max_length=6)
    state = models.CharField(max_length=10, choices=TrialProgress.choices, default=State.KEYS)
    code = models.CharField(max_length=24)
    threshold = models.PositiveSmallIntegerField()
    cards = models.PositiveIntegerField(default=0)
    cards_print = models.CharField(max_length=64, blank=True)
    cast = models.PositiveIntegerField(default=0)
    board_print = models.CharField(max_length=64, blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "code"], name="trial_code_once"),
            models.UniqueConstraint(
                fields=["home6", "ballot"], condition=~models.Q(state="abandoned"), name="trial_once"
            ),
        ]


class Trustee(Row):
    """A scrutineer's part in the keys: only what he may show; his key never leaves his own device."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="trustees")
    home6 = models.CharField(max_length=6)
    slot = models.PositiveSmallIntegerField()
    account_id = models.UUIDField()
    name = models.CharField(max_length=40)
    certificate = models.TextField(blank=True)
    polynomial = models.TextField(blank=True)
    received = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    sealed_key = models.TextField(blank=True)
    share = models.TextField(blank=True)

    class Meta:
        ordering = ("slot",)
        constraints = [
            models.UniqueConstraint(fields=["home6", "trial", "slot"], name="trustee_slot_once"),
            models.UniqueConstraint(fields=["home6", "trial", "account_id"], name="trustee_once"),
        ]


class BoardFile(Row):
    """A file of the public board, as `belenios-tool` wrote it."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="files")
    home6 = models.CharField(max_length=6)
    name = models.CharField(max_length=40)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "trial", "name"], name="board_file_once")]


class EncryptedBallot(models.Model):
    """One encrypted ballot: no person, no instant, no machine, no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="ballots")
    home6 = models.CharField(max_length=6)
    card = models.CharField(max_length=64)
    receipt = models.CharField(max_length=44)
    content = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "trial", "card"], name="encrypted_ballot_once_a_card"),
            models.UniqueConstraint(fields=["home6", "trial", "receipt"], name="encrypted_ballot_once"),
        ]


class TrialEvent(EventRow):
    """A step of a trial."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="events")
