"""Who may have which copy of a letter.

Parties only: whoever handed the matter over, the units that have a part in it, the deputies it is
addressed to. That a suggestion is published makes its text public, not the letters with their telephones.
"""

from __future__ import annotations

from uuid import UUID

from lianxin.common.actor import Actor, Role
from lianxin.common.errors import NotFound
from lianxin.documents.letters import Copy, recipients
from lianxin.documents.models import LetterVersion
from lianxin.handling.models import Assignment
from lianxin.handling.permissions import visible_to as parts_visible_to
from lianxin.handling.workflow import UNIT
from lianxin.meetings.models import ForumLetter
from lianxin.meetings.permissions import WATCHERS, reviews_visible_to
from lianxin.people.actors import deputy_of
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import visible_to as suggestions_visible_to

MISSING = "没有找到这份函件，或者您不能查看。"


def letter_for(actor: Actor, pk: UUID, *, wanted: int | None = None) -> tuple[LetterVersion, Copy]:
    """Return a letter that the actor may have, and which copy of it (`wanted` counts recipients from 0)."""
    letter = LetterVersion.objects.filter(pk=pk).first()
    if letter is None:
        raise NotFound(MISSING)
    if letter.matter_kind == "suggestion":
        return letter, _copy_of_suggestion(actor, letter, wanted)
    if letter.matter_kind == "forum":
        return letter, _copy_of_forum(actor, letter, wanted)
    if letter.matter_kind == "duty_review":
        if not reviews_visible_to(actor).filter(pk=letter.matter_id).exists():
            raise NotFound(MISSING)
        return letter, Copy()
    if letter.part_id is None or not parts_visible_to(actor).filter(pk=letter.part_id).exists():
        raise NotFound(MISSING)
    return letter, Copy(recipient=wanted)


def _copy_of_forum(actor: Actor, letter: LetterVersion, wanted: int | None) -> Copy:
    """Let hosts and the own department have a forum's letters, a deputy the reply addressed to him."""
    own = _own_place(actor, letter)
    if own is not None:
        return Copy(recipient=own)
    batch = ForumLetter.objects.filter(letter_id=letter.id).first()
    if batch is not None:
        mine = batch.unit in actor.units(*UNIT)
        if not mine and not actor.has_in(batch.division_code, *WATCHERS):
            raise NotFound(MISSING)
    elif letter.part_id is None or not parts_visible_to(actor).filter(pk=letter.part_id).exists():
        raise NotFound(MISSING)
    return Copy(recipient=wanted)


def _copy_of_suggestion(actor: Actor, letter: LetterVersion, wanted: int | None) -> Copy:
    suggestion = suggestions_visible_to(actor).select_related("lead").filter(pk=letter.matter_id).first()
    if suggestion is None:
        raise NotFound(MISSING)
    own = _own_place(actor, letter)
    if own is not None:
        return Copy(recipient=own)
    if not _is_party(actor, suggestion):
        raise NotFound(MISSING)
    conceal = suggestion.confidential and not _answers_for(actor, letter)
    return Copy(recipient=wanted, conceal=conceal)


def _own_place(actor: Actor, letter: LetterVersion) -> int | None:
    """Return the place of the actor's own copy if the letter is addressed to him as a deputy."""
    deputy = deputy_of(actor) if actor.has(Role.DEPUTY) else None
    addressed = recipients(letter)
    return addressed.index(str(deputy.id)) if deputy and str(deputy.id) in addressed else None


def _is_party(actor: Actor, suggestion: Suggestion) -> bool:
    if parts_visible_to(actor).filter(matter_kind="suggestion", matter_id=suggestion.id).exists():
        return True
    if actor.id is None or not actor.has(Role.DEPUTY):
        return False
    signed = suggestion.cosignatures.filter(deputy__account=actor.id, state="confirmed")
    return suggestion.lead.account_id == actor.id or signed.exists()


def _answers_for(actor: Actor, letter: LetterVersion) -> bool:
    """Say whether the letter is of the actor's own unit (which has to know whom it answers)."""
    units = actor.units(*UNIT)
    if not units or letter.part_id is None:
        return False
    return Assignment.objects.filter(pk=letter.part_id, unit_code__in=units).exists()
