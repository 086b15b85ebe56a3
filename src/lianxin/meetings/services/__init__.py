"""Every act of the congress's meetings."""

from lianxin.meetings.services.answers import item_answer, item_defer, item_force, item_judge, item_link
from lianxin.meetings.services.closing import forum_close, forum_hand_over, forum_move, minutes_draft
from lianxin.meetings.services.consults import consult_follow, consult_plan, consult_say, consult_settle
from lianxin.meetings.services.following import forum_unit_act, item_order_again, item_rate
from lianxin.meetings.services.inquiries import (
    check_add,
    check_note,
    finding_add,
    finding_recheck,
    finding_report,
    inquiry_move,
    inquiry_plan,
    inquiry_report,
)
from lianxin.meetings.services.ledger import (
    Alike,
    item_amend,
    item_merge,
    item_note,
    unit_leave,
    unit_sign_in,
)
from lianxin.meetings.services.preparing import (
    PackFile,
    forum_begin,
    forum_notify,
    forum_plan,
    paper_add,
    papers_read,
    question_ahead,
    roster_enter,
    roster_set,
)
from lianxin.meetings.services.review_ends import (
    review_accept,
    review_feed_back,
    review_hand_in,
    review_report_back,
    review_send_back,
)
from lianxin.meetings.services.reviews import (
    review_meeting_plan,
    review_postpone,
    review_publish,
    review_test_prepare,
)
from lianxin.meetings.services.standing_in import deputy_stand_in
from lianxin.meetings.services.timers import ratings_remind

__all__ = [
    "Alike",
    "PackFile",
    "check_add",
    "check_note",
    "consult_follow",
    "consult_plan",
    "consult_say",
    "consult_settle",
    "deputy_stand_in",
    "finding_add",
    "finding_recheck",
    "finding_report",
    "forum_begin",
    "forum_close",
    "forum_hand_over",
    "forum_move",
    "forum_notify",
    "forum_plan",
    "forum_unit_act",
    "inquiry_move",
    "inquiry_plan",
    "inquiry_report",
    "item_amend",
    "item_answer",
    "item_defer",
    "item_force",
    "item_judge",
    "item_link",
    "item_merge",
    "item_note",
    "item_order_again",
    "item_rate",
    "minutes_draft",
    "paper_add",
    "papers_read",
    "question_ahead",
    "ratings_remind",
    "review_accept",
    "review_feed_back",
    "review_hand_in",
    "review_meeting_plan",
    "review_postpone",
    "review_publish",
    "review_report_back",
    "review_send_back",
    "review_test_prepare",
    "roster_enter",
    "roster_set",
    "unit_leave",
    "unit_sign_in",
]
