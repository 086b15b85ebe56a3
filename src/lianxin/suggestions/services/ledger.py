"""A suggestion in its lead's ledger of duties: once it is accepted; how good it was, once it is answered."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.duties.services.posting import duty_post
from lianxin.duties.services.results import duty_result
from lianxin.rulebook.services import value
from lianxin.suggestions.models import Suggestion

ROOM = "suggestions"


def accepted_post(actor: Actor, suggestion: Suggestion) -> None:
    """Let an accepted suggestion stand in the ledger of its lead."""
    duty_post(
        actor=actor,
        deputy_id=suggestion.lead_id,
        kind="suggestion",
        on=clock.today(),
        home6=suggestion.home6,
        division_code=suggestion.division_code,
        source_room=ROOM,
        source_id=str(suggestion.id),
        online=True,
        facts={"title": suggestion.title, "suggestion": str(suggestion.id)},
    )


def answered_post(actor: Actor, suggestion: Suggestion) -> None:
    """Note how far it was taken up: the class of the reply, as the city weighs the classes."""
    weights = value("assessment.reply_classes", home6=suggestion.home6)
    share = weights.get(suggestion.reply_class)
    if share is not None:
        duty_result(actor=actor, source_room=ROOM, source_id=str(suggestion.id), result=share)
