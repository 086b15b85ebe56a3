"""A petition (提请): the standing committee asks the party committee to issue something."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import EventRow, RegionalRow
from lianxin.plans.models.documents import SuperiorDocument
from lianxin.plans.workflow import PetitionState


class PetitionStateLabel(models.TextChoices):
    """States as people read them."""

    DRAFT = PetitionState.DRAFT.value, _("起草")
    PROPOSED = PetitionState.PROPOSED.value, _("送主任会议")
    ON_AGENDA = PetitionState.ON_AGENDA.value, _("已列入议程")
    AGREED = PetitionState.AGREED.value, _("主任会议同意")
    REFUSED = PetitionState.REFUSED.value, _("主任会议不提请")
    SENT = PetitionState.SENT.value, _("已报市委")
    ISSUED = PetitionState.ISSUED.value, _("市委已下发")
    DECLINED = PetitionState.DECLINED.value, _("市委未采纳")
    WITHDRAWN = PetitionState.WITHDRAWN.value, _("不报了")


class Petition(RegionalRow):
    """One petition; the document that came of it is registered like any other."""

    title = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=PetitionStateLabel.choices, default=PetitionState.DRAFT)
    agenda_on = models.DateField(null=True)
    number = models.CharField(max_length=40, blank=True)
    letter = models.UUIDField(null=True)
    sent_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    outcome = models.ForeignKey(
        SuperiorDocument, null=True, on_delete=models.PROTECT, related_name="petitions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "number"], condition=~Q(number=""), name="petition_number_once"
            ),
            models.CheckConstraint(
                condition=(Q(outcome=None) & ~Q(state="issued")) | (Q(state="issued") & ~Q(outcome=None)),
                name="petition_issued_with_document",
            ),
        ]
        indexes = [models.Index(fields=["home6", "state", "due_on"], name="petition_due")]


class PetitionText(RegionalRow):
    """One version of what is asked for; none is overwritten."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="texts")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    by_name = models.CharField(max_length=60)

    class Meta:
        ordering = ("-version",)
        constraints = [
            models.UniqueConstraint(fields=["home6", "petition", "version"], name="petition_text_once")
        ]


class PetitionEvent(EventRow):
    """A step of a petition."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="events")
