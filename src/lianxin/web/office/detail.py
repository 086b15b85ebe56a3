"""What every screen of a suggestion shows: its units, due dates, letters, names, steps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.documents.models import LetterVersion
from lianxin.handling.models import Deadline, Reply
from lianxin.handling.rules import Light
from lianxin.handling.selectors import assignments_of, deadlines_of, latest_reply, letters_of, light_of
from lianxin.people.selectors import organ_name
from lianxin.suggestions import selectors
from lianxin.suggestions.attachments import attachments
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import is_party, may_know_names
from lianxin.suggestions.sources import standing_sources, withdrawn_sources
from lianxin.suggestions.workflow import SUGGESTION
from lianxin.web.door import actor_of

DUE_NAMES = {
    "review": _("审核"),
    "assign": _("交办"),
    "return": _("签收或退办"),
    "reply": _("答复"),
    "target": _("力争答复（直通车目标）"),
    "contact": _("首次与代表沟通"),
    "reassign": _("退办后重新交办"),
    "evaluate": _("代表评价"),
    "rehandle_order": _("决定重新办理"),
    "publish": _("公开"),
    "fulfil": _("确认兑现"),
}
TONES = {Light.RED: "late", Light.ORANGE: "warn", Light.YELLOW: "warn", Light.MET: "ok"}


def shown_due(deadline: Deadline) -> tuple[Deadline, str]:
    """Return a due date with its name and the tone of its light."""
    deadline.label = DUE_NAMES.get(deadline.what, deadline.what)  # type: ignore[attr-defined] # for the page
    return deadline, TONES.get(light_of(deadline, clock.today()), "plain")


def detail(request: HttpRequest, row: Suggestion) -> dict[str, Any]:
    """Return what every page of a suggestion shows."""
    named = may_know_names(actor_of(request), row)
    return {
        "row": row,
        "named": named,
        "attachments": attachments(row.id) if is_party(actor_of(request), row) else [],
        "parts": [
            (part, organ_name(part.unit_code), latest_reply(part))
            for part in assignments_of("suggestion", row.id)
        ],
        "deadlines": [shown_due(one) for one in deadlines_of("suggestion", row.id)],
        "letters": [(letter, file_links(letter)) for letter in letters_of(row.id)],
        "cosigners": selectors.cosignatures(row),
        "sources": standing_sources(row),
        "taken_back": withdrawn_sources(row).count(),
        "promises": [
            (one, organ_name(one.unit_code), (one.due_on - clock.today()).days)
            for one in row.commitments.order_by("due_on")
        ],
        "evaluations": selectors.evaluations_for(actor_of(request), row),
        "steps": steps_of(row, named=named),
    }


def steps_of(row: Suggestion, *, named: bool = True) -> list[dict[str, Any]]:
    """Return the timeline as the parcel track shows it; the deputies' names only to who may know them."""
    steps = selectors.timeline(row)
    for one in steps if not named else ():
        one["who"] = gettext("代表") if _by_deputy(one["act"]) else one["who"]
    return [
        {
            "title": one["label"],
            "text": f"{one['who']} {one['note']}".strip(),
            "at": one["at"],
            "is_last": one is steps[-1],
        }
        for one in steps
    ]


def _by_deputy(act: str) -> bool:
    row = SUGGESTION.acts.get(act)
    return act == "draft" or (row is not None and Role.DEPUTY in row.by)


def replies_of(row: Suggestion) -> list[dict[str, Any]]:
    """Return the signed replies of the present round, each demand beside its answer."""
    found = Reply.objects.filter(
        assignment__matter_id=row.id, assignment__round=row.round, state="signed"
    ).select_related("assignment")
    return [
        {
            "reply": reply,
            "unit": organ_name(reply.assignment.unit_code),
            "links": file_links(_letter(reply)),
            "pairs": [
                (demand, reply.answers[place] if place < len(reply.answers) else "")
                for place, demand in enumerate(row.demands)
            ],
        }
        for reply in found
    ]


def _letter(reply: Reply) -> LetterVersion | None:
    return LetterVersion.objects.filter(pk=reply.letter_id).first() if reply.letter_id else None


def file_links(letter: LetterVersion | None) -> dict[str, str]:
    """Return the addresses of a letter's files."""
    if letter is None:
        return {}
    names = {"pdf": "letter_pdf", "docx": "letter_docx"}
    if letter.content.get("feedback"):
        names["feedback"] = "feedback_pdf"
    return {kind: reverse(name, args=[letter.id]) for kind, name in names.items()}
