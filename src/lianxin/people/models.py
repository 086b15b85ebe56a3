"""People: accounts, roles for a time, organs, deputies with their seats."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.ids import uuid7
from lianxin.common.models import RegionalRow, Row


class RoleLabel(models.TextChoices):
    """Roles as people read them."""

    DEPUTY = Role.DEPUTY.value, _("人大代表")
    LEADER = Role.LEADER.value, _("常委会组成人员")
    KEEPER = Role.KEEPER.value, _("联络员")
    GRID_WORKER = Role.GRID_WORKER.value, _("网格员")
    PRESIDIUM = Role.PRESIDIUM.value, _("镇人大主席团")
    OFFICE = Role.OFFICE.value, _("人大代工委")
    VILLAGE = Role.VILLAGE.value, _("村委会")
    VILLAGE_SUPERVISOR = Role.VILLAGE_SUPERVISOR.value, _("监督委员会")
    UNIT_CLERK = Role.UNIT_CLERK.value, _("承办单位经办人")
    UNIT_HEAD = Role.UNIT_HEAD.value, _("承办单位负责人")
    OVERSIGHT = Role.OVERSIGHT.value, _("政府督查室")
    SYSTEM_ADMIN = Role.SYSTEM_ADMIN.value, _("系统管理员")
    SECURITY_ADMIN = Role.SECURITY_ADMIN.value, _("安全管理员")
    AUDITOR = Role.AUDITOR.value, _("审计员")


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; passwords are never empty."""

    def create_user(self, username: str, password: str, **fields: Any) -> Account:
        """Make an account with a usable password."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in. Rights come from `RoleHeld` only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=40, unique=True)
    display_name = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(default=clock.now)
    created_at = models.DateTimeField(default=clock.now)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []


class RoleHeld(Row):
    """A role held in a place for a time; a right ends the day after `valid_to`."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=24, choices=RoleLabel.choices)
    place = models.CharField(max_length=12)
    unit = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    granted_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "place", "unit", "valid_from"], name="role_once"
            )
        ]


class Organ(RegionalRow):
    """An organ or department that handles matters (承办单位)."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, default="government")
    level = models.CharField(max_length=6, default="city")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "name"], name="organ_name_once")]


class Deputy(RegionalRow):
    """A deputy as a person; what he may do comes from his seats."""

    account = models.OneToOneField(Account, null=True, on_delete=models.SET_NULL, related_name="deputy")
    name = models.CharField(max_length=40)
    sex = models.CharField(max_length=2, blank=True)
    born_year = models.PositiveSmallIntegerField(null=True)
    occupation = models.CharField(max_length=40, blank=True)
    card_number = models.CharField(max_length=30, blank=True)
    pinyin = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "card_number"],
                condition=~models.Q(card_number=""),
                name="deputy_card_once",
            )
        ]


class CongressLevel(models.TextChoices):
    """Levels of people's congresses."""

    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("安康市级")
    CITY = "city", _("市级")
    TOWN = "town", _("镇级")


class Seat(Row):
    """A seat in one congress for one term; several seats and terms may belong to one person."""

    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="seats")
    level = models.CharField(max_length=10, choices=CongressLevel.choices)
    body_code = models.CharField(max_length=12)
    term = models.CharField(max_length=40)
    constituency = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    end_reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deputy", "body_code", "term"], name="seat_once_a_term")
        ]
        indexes = [models.Index(fields=["body_code", "valid_to"], name="seat_body")]


class SeatSuspension(Row):
    """A span in which a deputy keeps the seat and may not act in it (代表法第六十一条)."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="suspensions")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    reason = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=models.Q(ends_on=None), name="seat_suspended_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="suspension_ends_after_it_begins",
            ),
        ]


class CongressTerm(RegionalRow):
    """A term (届) of one congress, from its first day to its last; the present one has no last day."""

    name = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "division_code", "name"], name="term_name_once"),
            models.UniqueConstraint(fields=["home6", "division_code", "starts_on"], name="term_begins_once"),
            models.UniqueConstraint(
                fields=["home6", "division_code"], condition=models.Q(ends_on=None), name="one_present_term"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
                name="term_ends_after_it_begins",
            ),
        ]


class DeputyGroup(RegionalRow):
    """A mixed group of deputies (代表小组)."""

    name = models.CharField(max_length=60)
    leader = models.ForeignKey(Deputy, null=True, on_delete=models.SET_NULL, related_name="+")


class GroupMember(Row):
    """Membership of a group; each deputy is in one group at a time."""

    group = models.ForeignKey(DeputyGroup, on_delete=models.CASCADE, related_name="members")
    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="memberships")
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deputy"], condition=models.Q(valid_to=None), name="deputy_in_one_group"
            )
        ]


class ApiToken(Row):
    """A bearer token; only its hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()


class PasswordUsed(Row):
    """A password (hashed) that an account has had, so that it is not taken again."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passwords_used")
    hash = models.CharField(max_length=128)


class SecondFactor(models.Model):
    """An account's time-based one-time code (RFC 6238); the secret lies sealed.

    `last_step` is the time step of the last code taken, so that no code is taken twice.
    """

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="second_factor"
    )
    wrapped_key = models.CharField(max_length=120)
    sealed_secret = models.CharField(max_length=200)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)


class RecoveryCode(Row):
    """A code on paper that opens once when the telephone is lost; only its keyed hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)


class FieldDevice(Row):
    """A telephone prepared for work without signal (下乡), with the server-held part of its keys.

    Two parts are made from the sealed secret: one goes to the telephone while it is prepared, the other
    opens unsent drafts after the first was wiped. Destroying `wrapped_key` ends both for good.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    wrapped_key = models.CharField(max_length=120, blank=True)
    sealed_secret = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField()
    wiped_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)
    pin_failures = models.PositiveSmallIntegerField(default=0)
