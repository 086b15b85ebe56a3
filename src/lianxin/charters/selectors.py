"""Reading texts: the village's desk, the town's board and rounds, what everybody may read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianxin.charters.models import CharterClause, CharterComment, CharterText, RevisionRound, RoundEntry
from lianxin.charters.permissions import visible_to
from lianxin.charters.rules import Compared, community_words, compared
from lianxin.charters.workflow import IN_FORCE, OPEN, READABLE, Kind, State
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.regions.selectors import division_names
from lianxin.rulebook.models import Clause
from lianxin.villages.models import MeetingTopic
from lianxin.villages.permissions import villages_visible_to
from lianxin.villages.workflow import Meeting

MODELS = {Kind.CHARTER.value: "charter-model", Kind.COVENANT.value: "covenant-model"}
"""Kind → the model text (示范文本) of the library."""
OVER = (Meeting.TALK, Meeting.DECIDED, Meeting.CARRYING_OUT, Meeting.SHOWN)


def _published(day: date) -> QuerySet[CharterText]:
    return CharterText.objects.filter(state__in=IN_FORCE, effective_on__lte=day)


def in_force(village: str, kind: str, day: date | None = None) -> CharterText | None:
    """Return the version in force: the newest published one whose day has come."""
    found = _published(day or clock.today()).filter(division_code=village, kind=kind)
    return found.order_by("-number").first()


def latest(village: str, kind: str) -> CharterText | None:
    """Return the newest version, whatever its state."""
    return CharterText.objects.filter(division_code=village, kind=kind).order_by("-number").first()


def text_for(actor: Actor, pk: UUID) -> CharterText:
    """Return a version that the actor may see."""
    text = visible_to(actor).select_related("earlier", "round", "topic__meeting").filter(pk=pk).first()
    if text is None:
        raise NotFound("没有找到这份文本，或者不在您的范围内。")
    return text


def clause_for(actor: Actor, pk: UUID) -> CharterClause:
    """Return a clause of a version that the actor may see."""
    found = CharterClause.objects.select_related("text").filter(pk=pk, text__in=visible_to(actor)).first()
    if found is None:
        raise NotFound("没有找到这一条，或者不在您的范围内。")
    return found


def comment_for(actor: Actor, pk: UUID) -> CharterComment:
    """Return a comment on a version that the actor may see."""
    found = CharterComment.objects.select_related("text").filter(pk=pk, text__in=visible_to(actor)).first()
    if found is None:
        raise NotFound("没有找到这条意见，或者不在您的范围内。")
    return found


def versions(village: str, kind: str) -> list[CharterText]:
    """Return all versions of a text, the newest first."""
    return list(CharterText.objects.filter(division_code=village, kind=kind).order_by("-number"))


def readable(pk: UUID) -> CharterText:
    """Return a version that everybody may read: published, or open for comments."""
    text = CharterText.objects.select_related("earlier").filter(pk=pk, state__in=READABLE).first()
    if text is None:
        raise NotFound("没有找到这份文本，它可能还没有公布。")
    return text


@dataclass(frozen=True, slots=True)
class Shelf:
    """What everybody may read of one kind in a village."""

    kind: str
    current: CharterText | None
    coming: CharterText | None
    asked: CharterText | None
    older: tuple[CharterText, ...]


def shelves(village: str) -> list[Shelf]:
    """Return charter and covenant of a village with what is coming and what was before (one query)."""
    rows = list(CharterText.objects.filter(division_code=village, state__in=READABLE).order_by("-number"))
    return [_shelf(kind.value, [row for row in rows if row.kind == kind]) for kind in Kind]


def _shelf(kind: str, rows: list[CharterText]) -> Shelf:
    today = clock.today()
    out = [row for row in rows if row.state in IN_FORCE]
    current = next((row for row in out if row.effective_on and row.effective_on <= today), None)
    coming = next((row for row in out if row.effective_on and row.effective_on > today), None)
    asked = next(
        (row for row in rows if row.state == State.COMMENTING and not _past(row.comment_until, today)), None
    )
    older = tuple(row for row in out if current and row.number < current.number)
    return Shelf(kind, current, coming, asked, older)


def topics_for(text: CharterText) -> list[MeetingTopic]:
    """Return the topics of the village's meetings on this text that are over, the latest first."""
    found = MeetingTopic.objects.filter(
        meeting__division_code=text.division_code, matter=text.kind, on_notice=True, meeting__state__in=OVER
    )
    free = found.filter(Q(charter=None) | Q(charter=text))
    return list(free.select_related("meeting").order_by("-meeting__held_at")[:12])


def against_model(text: CharterText) -> list[Compared]:
    """Compare a version with the model text, clause by clause."""
    rows = Clause.objects.filter(institution__slug=text.model_slug).order_by("id")
    say = community_words if text.is_community else str
    model = [(row.anchor, say(row.heading), say(row.text)) for row in rows]
    return compared(model, [(one.anchor or str(one.pk), one.heading, one.words) for one in standing(text)])


def against_earlier(text: CharterText) -> list[Compared]:
    """Compare a version with the one before it."""
    before = standing(text.earlier) if text.earlier else []
    old = [(str(one.origin), one.heading, one.words) for one in before]
    return compared(old, [(str(one.origin), one.heading, one.words) for one in standing(text)])


def standing(text: CharterText) -> list[CharterClause]:
    """Return the clauses of a version that were not taken out."""
    return list(text.clauses.filter(is_removed=False))


def comment_counts(text: CharterText) -> dict[str, int]:
    """Return how many comments there are and what came of them, for everybody (no words, no persons)."""
    found = text.comments.aggregate(
        total=Count("id"),
        paper=Count("id", filter=Q(on_paper=True)),
        taken=Count("id", filter=Q(outcome__in=["taken", "partly"])),
        open=Count("id", filter=Q(outcome="")),
    )
    return {name: int(count) for name, count in found.items()}


@dataclass
class TextLine:
    """One village on the board of texts: what is in force, what is being made."""

    code: str
    name: str
    town: str
    is_community: bool
    charter: CharterText | None = None
    covenant: CharterText | None = None
    making: tuple[CharterText, ...] = ()
    late: int = 0

    @property
    def is_covered(self) -> bool:
        """Say whether both texts are in force."""
        return self.charter is not None and self.covenant is not None


def board(actor: Actor) -> list[TextLine]:
    """Return a line for each village that the actor may see, with a fixed number of queries."""
    names = division_names()
    lines = {
        row.division_code: TextLine(
            row.division_code,
            names.get(row.division_code, ""),
            names.get(f"{row.division_code[:9]}000", ""),
            row.is_community,
        )
        for row in villages_visible_to(actor).order_by("division_code")
    }
    today = clock.today()
    for text in visible_to(actor).order_by("number"):
        line = lines.get(text.division_code)
        if line is not None:
            _place(line, text, today)
    return list(lines.values())


def _place(line: TextLine, text: CharterText, today: date) -> None:
    if text.state in IN_FORCE and text.effective_on and text.effective_on <= today:
        setattr(line, text.kind, text)
    if text.state in (*OPEN, State.CORRECTION, State.TO_FILE):
        line.making = (*line.making, text)
        line.late += is_late(text, today)
    elif line.making:
        line.making = tuple(one for one in line.making if one.kind != text.kind)


def is_late(text: CharterText, today: date) -> bool:
    """Say whether a filing or a correction is past its day."""
    late_file = text.state == State.TO_FILE and text.sent_on is None and _past(text.file_due_on, today)
    return late_file or (text.state == State.CORRECTION and _past(text.correct_due_on, today))


def _past(day: date | None, today: date) -> bool:
    return day is not None and day < today


def round_open_now(home6: str) -> RevisionRound | None:
    """Return the round that is going on."""
    return RevisionRound.objects.filter(home6=home6, closed_on=None).order_by("-year").first()


def entries_of(actor: Actor, row: RevisionRound) -> QuerySet[RoundEntry]:
    """Return the villages of a round that the actor may see."""
    codes = villages_visible_to(actor).values("division_code")
    return row.entries.filter(division_code__in=codes).order_by("division_code")
