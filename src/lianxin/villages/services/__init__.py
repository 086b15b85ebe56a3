"""Writing: disclosure, questions, meetings; one transaction each, on the record."""

from lianxin.villages.services.carrying import topic_carry, topic_show
from lianxin.villages.services.disclosure import (
    disclosure_approve,
    disclosure_board_photo,
    disclosure_correct,
    disclosure_publish,
    disclosure_send_back,
    disclosure_submit,
    major_open,
)
from lianxin.villages.services.four_two import four_two_note, four_two_open
from lianxin.villages.services.meetings import (
    meeting_count,
    meeting_count_one,
    meeting_minutes,
    meeting_move,
    meeting_notice,
    meeting_photo,
    meeting_prepare,
    topic_add,
    topic_vote,
)
from lianxin.villages.services.numbers import numbers_import, village_numbers_set
from lianxin.villages.services.profiles import NewVillage, supervisor_set, villages_register
from lianxin.villages.services.questions import question_answer, question_ask
from lianxin.villages.services.timers import calendar_make, disclosure_tick

__all__ = [
    "NewVillage",
    "calendar_make",
    "disclosure_approve",
    "disclosure_board_photo",
    "disclosure_correct",
    "disclosure_publish",
    "disclosure_send_back",
    "disclosure_submit",
    "disclosure_tick",
    "four_two_note",
    "four_two_open",
    "major_open",
    "meeting_count",
    "meeting_count_one",
    "meeting_minutes",
    "meeting_move",
    "meeting_notice",
    "meeting_photo",
    "meeting_prepare",
    "numbers_import",
    "question_answer",
    "question_ask",
    "supervisor_set",
    "topic_add",
    "topic_carry",
    "topic_show",
    "topic_vote",
    "village_numbers_set",
    "villages_register",
]
