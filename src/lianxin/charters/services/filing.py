"""Publishing and filing: ten days to the town (a parameter), thirty to mend what it orders corrected."""

from __future__ import annotations

from datetime import date

from lianxin.charters.models import CharterText, RoundEntry
from lianxin.charters.services.deciding import law_note
from lianxin.charters.services.step import step
from lianxin.charters.services.telling import tell_deputy, tell_town, tell_village
from lianxin.charters.workflow import Kind, State
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.numbers import next_number
from lianxin.common.writes import write
from lianxin.regions.selectors import division_names
from lianxin.rulebook.calendar import due_after_days
from lianxin.rulebook.selectors import calendar_for, value


@write
def charter_publish(
    *, actor: Actor, text: CharterText, effective_on: date, request_id: str | None = None
) -> CharterText:
    """Publish an adopted text with the day on which it comes into force; the old one holds until then."""
    adopted = text.adopted_on or clock.today()
    days = value("charter.filing_days", home6=text.home6)
    due = due_after_days(adopted, days, calendar_for(text.home6))
    step(
        actor=actor,
        text=text,
        act="publish",
        facts={"effective_on": str(effective_on)},
        published_on=clock.today(),
        effective_on=effective_on,
        file_due_on=due.on,
        file_due_trace=due.trace,
    )
    tell_deputy(text, "您监督的村公布了章程公约", "published")
    return text


@write
def charter_send(*, actor: Actor, text: CharterText, request_id: str | None = None) -> CharterText:
    """Report the text to the town for its file."""
    step(actor=actor, text=text, act="send", sent_on=clock.today())
    tell_town(text, "有村报来章程公约备案", "sent")
    return text


@write
def charter_file(*, actor: Actor, text: CharterText, request_id: str | None = None) -> CharterText:
    """Put the text on the town's file under a number; the village's part of the round may be done by it."""
    step(actor=actor, text=text, act="file", filed_on=clock.today(), filing_number=filing_number(text))
    _round_done(text)
    tell_village(text, "镇里已经备案", "filed")
    return text


def filing_number(text: CharterText, year: int | None = None) -> str:
    """Return the next number of the town's file: 段家河约备〔2026〕7号."""
    in_year = year or clock.today().year
    town = f"{text.division_code[:9]}000"
    place = division_names().get(town, "").removesuffix("镇")
    number = next_number(home6=text.home6, series=f"charter:{town}", year=in_year)
    return f"{place}约备〔{in_year}〕{number}号"


def _round_done(text: CharterText) -> None:
    """Note the village as done when both its texts of the round are filed."""
    if text.round_id is None:
        return
    mine = text.round.texts.filter(division_code=text.division_code, state=State.FILED)  # type: ignore[union-attr] # there is a round
    if set(mine.values_list("kind", flat=True)) == set(Kind):
        entries = RoundEntry.objects.filter(round=text.round, division_code=text.division_code, done_on=None)
        entries.update(done_on=clock.today())


@write
def correction_order(
    *, actor: Actor, text: CharterText, note: str, request_id: str | None = None
) -> CharterText:
    """The town orders a text corrected (第二十七条): thirty days, the earlier version holds meanwhile."""
    words = law_note(note)
    days = value("charter.correction_days", home6=text.home6)
    due = due_after_days(clock.today(), days, calendar_for(text.home6))
    step(
        actor=actor,
        text=text,
        act="order_correction",
        note=words,
        town_note=words,
        correct_due_on=due.on,
        correct_due_trace=due.trace,
    )
    RoundEntry.objects.filter(round=text.round, division_code=text.division_code).update(done_on=None)
    tell_village(text, f"镇里责令改正，{due.on}以前改好", "correct")
    tell_deputy(text, "您监督的村有文本被责令改正", "correct")
    return text
