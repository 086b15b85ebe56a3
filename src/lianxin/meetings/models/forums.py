"""A forum: who is invited, what was laid before them, what was said, what came of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common import clock
from lianxin.common.models import EventRow, RegionalRow
from lianxin.meetings.workflow import ItemState, State
from lianxin.people.models import Deputy


class ForumState(models.TextChoices):
    """States of a forum as people read them."""

    PREPARING = State.PREPARING.value, _("筹备")
    NOTIFIED = State.NOTIFIED.value, _("已通知")
    RUNNING = State.RUNNING.value, _("进行中")
    CHECKING = State.CHECKING.value, _("待核对")
    CLOSED = State.CLOSED.value, _("已闭会")
    HANDED_OVER = State.HANDED_OVER.value, _("已转办")
    FOLLOWED = State.FOLLOWED.value, _("已回访")


class ItemStateLabel(models.TextChoices):
    """States of an item as people read them."""

    NOTED = ItemState.NOTED.value, _("已登记")
    ANSWERED = ItemState.ANSWERED.value, _("等代表认可")
    ON_SPOT = ItemState.ON_SPOT.value, _("现场已答复")
    AFTER = ItemState.AFTER.value, _("转会后")
    HANDED_OVER = ItemState.HANDED_OVER.value, _("已转办")
    REPLIED = ItemState.REPLIED.value, _("已答复")
    DISSATISFIED = ItemState.DISSATISFIED.value, _("不满意，等重办")


class ItemKind(models.TextChoices):
    """What a deputy wants with an item."""

    ADVICE = "advice", _("建议")
    QUESTION = "question", _("询问")
    PROBLEM = "problem", _("反映问题")


class ItemRating(models.TextChoices):
    """How a deputy finds the written reply."""

    SATISFIED = "satisfied", _("满意")
    BASICALLY = "basically", _("基本满意")
    UNSATISFIED = "unsatisfied", _("不满意")


class Forum(RegionalRow):
    """One 代表知情议政会; `version` grows with every change, so that screens know when to look again."""

    sequence = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    theme = models.CharField(max_length=120)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=ForumState.choices, default=State.PREPARING)
    last_number = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    minutes = models.TextField(blank=True)
    minutes_by = models.UUIDField(null=True)
    confirmed_name = models.CharField(max_length=60, blank=True)
    closed_on = models.DateField(null=True)
    organiser_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "division_code", "year", "sequence"], name="forum_number_once"
            )
        ]
        indexes = [models.Index(fields=["home6", "state", "-held_at"], name="forum_state")]


class ForumPaper(RegionalRow):
    """One paper of the data pack (资料包): words, a file (PDF or Excel), or both."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    file_id = models.UUIDField(null=True)
    file_name = models.CharField(max_length=120, blank=True)


class ForumRead(RegionalRow):
    """Somebody invited has read the pack."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="reads")
    account_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "forum", "account_id"], name="forum_read_once")
        ]


class ForumDeputy(RegionalRow):
    """A deputy on the roster; whether he came is in the gathering of the forum.

    `stands_in_for` names whose place he takes, with the reason (临时替换).
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    stands_in_for = models.ForeignKey(Deputy, null=True, on_delete=models.PROTECT, related_name="+")
    stand_in_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "forum", "deputy"], name="forum_deputy_once"),
            models.UniqueConstraint(
                fields=["home6", "forum", "stands_in_for"],
                condition=models.Q(stands_in_for__isnull=False),
                name="forum_stand_in_once",
            ),
        ]


class ForumUnit(RegionalRow):
    """A department on the roster: its head, or a delegate with a written explanation (委托说明)."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="units")
    unit = models.CharField(max_length=40)
    signed_at = models.DateTimeField(null=True)
    attendee = models.CharField(max_length=40, blank=True)
    is_delegate = models.BooleanField(default=False)
    delegate_note = models.CharField(max_length=200, blank=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "forum", "unit"], name="forum_unit_once")]


class ForumQuestion(RegionalRow):
    """A question that a deputy sends ahead, so that the department comes prepared."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="questions")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=40)
    text = models.TextField()


class ForumItem(RegionalRow):
    """One opinion said at a forum, with its number on the ledger and its outcome.

    `round` is 2 once it was handled anew; `refused_on` and `refused_note` keep what the deputy said of the
    first reply, `order_until` the day until which the hosts give it back, `rate_until` the day until which
    the deputy rates the written reply.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    kind = models.CharField(max_length=10, choices=ItemKind.choices, default=ItemKind.ADVICE)
    state = models.CharField(max_length=12, choices=ItemStateLabel.choices, default=ItemState.NOTED)
    why_after = models.CharField(max_length=12, blank=True)
    linked_id = models.UUIDField(null=True)
    linked_number = models.CharField(max_length=40, blank=True)
    noted_by = models.UUIDField(null=True)
    replied_on = models.DateField(null=True)
    rating = models.CharField(max_length=12, choices=ItemRating.choices, blank=True)
    rating_note = models.CharField(max_length=500, blank=True)
    rated_on = models.DateField(null=True)
    round = models.PositiveSmallIntegerField(default=1)
    refused_on = models.DateField(null=True)
    refused_note = models.CharField(max_length=500, blank=True)
    order_until = models.DateField(null=True)
    rate_until = models.DateField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["home6", "forum", "number"], name="forum_item_number_once")
        ]

    @property
    def waits_for_rating(self) -> bool:
        """Say whether the written reply lies before the deputy, and he has not rated it."""
        return self.state == ItemState.REPLIED and not self.rating

    @property
    def is_rating_late(self) -> bool:
        """Say whether the day until which he rates has passed (逾期未评价); it never counts as satisfied."""
        until = self.rate_until
        return self.waits_for_rating and until is not None and until < clock.today()


class ItemUnit(RegionalRow):
    """A department that an item is for, and what it said in the hall."""

    item = models.ForeignKey(ForumItem, on_delete=models.CASCADE, related_name="units")
    unit = models.CharField(max_length=40)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "item", "unit"], name="forum_item_unit_once")]
        indexes = [models.Index(fields=["home6", "unit"], name="forum_item_unit")]


class ItemSpeaker(RegionalRow):
    """Another deputy who said the same (merged instead of written twice)."""

    item = models.ForeignKey(ForumItem, on_delete=models.CASCADE, related_name="speakers")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "item", "deputy"], name="forum_item_speaker_once")
        ]


class ForumLetter(RegionalRow):
    """The one letter that a department gets after a forum, with the list of its items.

    A second letter is about one `item` that is handled anew.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="letters")
    item = models.ForeignKey(ForumItem, null=True, on_delete=models.CASCADE, related_name="letters")
    unit = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    letter_id = models.UUIDField(null=True)
    items = models.PositiveSmallIntegerField()
    due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "forum", "unit"],
                condition=models.Q(item=None),
                name="forum_letter_once",
            ),
            models.UniqueConstraint(
                fields=["home6", "item", "unit"],
                condition=models.Q(item__isnull=False),
                name="forum_item_letter_once",
            ),
        ]


class ForumEvent(EventRow):
    """A step of a forum or of one of its items."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="events")
    item = models.ForeignKey(ForumItem, null=True, on_delete=models.CASCADE, related_name="events")
