"""Take one guard away at a time, in a copy of the source, and see a test turn red.

    python scripts/mutations.py            all of them; writes docs/reference/mutations.md
    python scripts/mutations.py M05 M21    only these; writes nothing

A guard whose test stays green is a guard that nothing holds: the run then ends with an error.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "mutations.md"
RED, GREEN = 1, 0


@dataclass(frozen=True)
class Mutation:
    """One guard taken away: where, how, and which test must notice."""

    guard: str
    file: str
    old: str
    new: str
    test: str


HANDLING, SUGGESTION, OPINION = (f"{room}/workflow.py" for room in ("handling", "suggestions", "opinions"))

MUTATIONS = [
    # permission
    Mutation(
        "只有本级办事机构审核、交办",
        "suggestions/permissions.py",
        "return suggestion.division_code in actor.places(*BODY)",
        "return True",
        "tests/suggestions/test_review.py::test_nobody_but_the_body_reviews",
    ),
    Mutation(
        "只有本单位签收自己的一份",
        "handling/permissions.py",
        "return assignment.unit_code in actor.units(*allowed)",
        "return bool(actor.units(*allowed))",
        "tests/handling/test_services.py::test_only_the_own_unit_signs_for_its_part",
    ),
    Mutation(
        "负责人签发，经办人不能签发",
        HANDLING,
        "HEAD = (Role.UNIT_HEAD,)",
        "HEAD = (Role.UNIT_HEAD, Role.UNIT_CLERK)",
        "tests/handling/test_services.py::test_the_head_signs_and_the_clerk_does_not",
    ),
    Mutation(
        "草稿只有领衔和受邀代表看得到",
        "suggestions/permissions.py",
        " & ~Q(state__in=PRIVATE)",
        "",
        "tests/suggestions/test_reading.py::test_drafts_are_nobody_else_s_business",
    ),
    # workflow
    Mutation(
        "没有与代表沟通，不能签发",
        HANDLING,
        "if facts.needs_contact and not facts.contacted:",
        "if False:",
        "tests/handling/test_services.py::test_no_signature_without_a_contact",
    ),
    Mutation(
        "协办意见没有收齐，不能签发",
        HANDLING,
        "if facts.assist_outstanding:",
        "if False:",
        "tests/handling/test_services.py::test_the_assisting_unit_speaks_before_the_main_unit",
    ),
    Mutation(
        "退办决定是最终的",
        HANDLING,
        "if facts.return_refused:",
        "if False:",
        "tests/handling/test_services.py::test_a_refused_return_is_final",
    ),
    Mutation(
        "不作建议办理要两个人",
        SUGGESTION,
        'return "要由另一位同志批准，提出的人自己不能批准。" if facts.proposed_by_me else None',
        "return None",
        "tests/suggestions/test_review.py::test_a_rejection_takes_two_people",
    ),
    Mutation(
        "联名没有确认完，不能提交",
        SUGGESTION,
        "if facts.cosigners_waiting:",
        "if False:",
        "tests/suggestions/test_writing.py::test_who_was_silent_is_removed_and_the_rest_is_submitted",
    ),
    Mutation(
        "届满、暂停的代表不能提交",
        SUGGESTION,
        "if facts.seat_active:",
        "if True:",
        "tests/suggestions/test_writing.py::test_a_seat_that_ended_or_is_suspended_at_that_moment_submits_nothing",
    ),
    Mutation(
        "改了文字，联名要重新确认",
        "suggestions/services/drafting.py",
        "if suggestion.text_hash != before:",
        "if False:",
        "tests/suggestions/test_writing.py::test_a_change_of_text_voids_every_co_signature_and_asks_again",
    ),
    Mutation(
        "代表满意的，不重新办理",
        SUGGESTION,
        'if facts.overall != "dissatisfied":',
        "if False:",
        "tests/suggestions/test_after_reply.py::test_a_satisfied_deputy_s_paper_is_not_handled_anew",
    ),
    Mutation(
        "承诺没有兑现，不能办结",
        SUGGESTION,
        "if facts.open_promises:",
        "if False:",
        "tests/suggestions/test_after_reply.py::test_a_promise_is_kept_in_the_ledger_until_it_is_true",
    ),
    Mutation(
        "代表不同意的，不公开",
        SUGGESTION,
        'return None if facts.may_publish else "代表不同意公开，或答复注明不予公开。"',
        "return None",
        "tests/suggestions/test_after_reply.py::test_without_the_deputy_s_consent_nothing_is_published",
    ),
    Mutation(
        "再办一次只有一次",
        OPINION,
        "if facts.reopened:",
        "if False:",
        "tests/opinions/test_routes.py::test_reopening_works_once_and_within_thirty_days",
    ),
    Mutation(
        "只能下派给下一级",
        "opinions/services/routing.py",
        "if to.parent_id != opinion.station_id:",
        "if False:",
        "tests/opinions/test_routes.py::test_only_to_a_station_below",
    ),
    # identity
    Mutation(
        "转出稿没有核对，不能转办",
        OPINION,
        'return None if facts.outgoing_checked else "请先核对',
        'return None if True else "请先核对',
        "tests/opinions/test_routes.py::test_nothing_leaves_before_the_copy_was_checked",
    ),
    Mutation(
        "举报密件不出站",
        OPINION,
        'return "这是举报类密件，不能转给有关单位（信访工作条例第三十条）。" if facts.sealed else None',
        "return None",
        "tests/opinions/test_workflow.py::test_a_sealed_matter_never_leaves_the_station",
    ),
    Mutation(
        "离站的文字隐去本人",
        "opinions/services/outgoing.py",
        "return mask(text, known_of(opinion)).text",
        "return text",
        "tests/opinions/test_identity.py::test_what_leaves_the_station_never_shows_the_author",
    ),
    Mutation(
        "自己不能批准自己看身份",
        "opinions/services/contacts.py",
        "if access.asked_by == actor.id or not actor.has_in",
        "if not actor.has_in",
        "tests/opinions/test_identity.py::test_nobody_approves_himself_nor_twice",
    ),
    Mutation(
        "批准查看有时限",
        "opinions/services/contacts.py",
        "expires_at__gt=clock.now(),",
        "expires_at__isnull=False,",
        "tests/opinions/test_identity.py::test_a_second_person_opens_it_for_one_person_and_a_limited_time",
    ),
    # idempotency and two at once
    Mutation(
        "同一编号重发不再办一次",
        "common/writes.py",
        "            if claim.result_id:",
        "            if False:",
        "tests/common/test_writes.py::test_sent_again_it_returns_the_first_result",
    ),
    Mutation(
        "同一编号换了内容被拒绝",
        "common/writes.py",
        'if content and held.extra.get("content", "") != content:',
        "if False:",
        "tests/common/test_writes.py::test_a_key_stands_for_one_content",
    ),
    Mutation(
        "两人同时办，只成一次",
        "suggestions/services/step.py",
        "filter(pk=suggestion.pk, state=old)",
        "filter(pk=suggestion.pk)",
        "tests/suggestions/test_writing.py::test_submitting_twice_from_two_windows_is_one_submission",
    ),
    Mutation(
        "刷屏要等",
        "opinions/services/floods.py",
        "        if wait:",
        "        if False:",
        "tests/opinions/test_intake.py::test_a_browser_is_held_after_five_an_hour_and_told_when_to_come_back",
    ),
    # deadlines
    Mutation(
        "过了期限不能退办",
        HANDLING,
        "if facts.return_until and facts.today > facts.return_until:",
        "if False:",
        "tests/handling/test_services.py::test_a_return_comes_in_time_or_not_at_all",
    ),
    Mutation(
        "到期以后不能再申请延期",
        HANDLING,
        "if facts.reply_due and facts.today > facts.reply_due:",
        "if False:",
        "tests/handling/test_services.py::test_an_extension_comes_before_the_date",
    ),
    Mutation(
        "延期最长六个月",
        "handling/services/extension.py",
        "if until > limit or (",
        "if (",
        "tests/handling/test_services.py::test_an_extension_is_asked_once_and_within_six_months",
    ),
    Mutation(
        "期限届满遇休息日顺延",
        "rulebook/calendar.py",
        "while end != start and not calendar.is_workday(day):",
        "while False:",
        "tests/rulebook/test_calendar.py::test_months_by_hand",
    ),
    Mutation(
        "法律的上限不能放宽",
        "rulebook/services.py",
        "if old.upper_bound is not None and new > old.upper_bound:",
        "if False:",
        "tests/rulebook/test_parameters.py::test_a_statute_cannot_be_stretched",
    ),
    # audit
    Mutation(
        "改动过的一条会被找到",
        "audit/selectors.py",
        "if entry_hash(prev, content_of(entry)) != entry.hash:",
        "if False:",
        "tests/audit/test_chain.py::test_one_changed_byte_is_found_and_named",
    ),
    Mutation(
        "与公布的每日根核对",
        "audit/selectors.py",
        "and merkle_root(hashes) == root.root:",
        "and True:",
        "tests/audit/test_chain.py::test_a_chain_written_anew_does_not_fit_the_published_root",
    ),
    Mutation(
        "查询码错一个字认得出来",
        "common/codes.py",
        "if check_character(eight[:7]) == eight[7] else None",
        "if True else None",
        "tests/common/test_codes.py::test_every_single_wrong_character_is_noticed",
    ),
]


def main() -> int:
    """Run the wanted mutations; return 1 if a guard is missing or its test stays green."""
    wanted = set(sys.argv[1:])
    chosen = [one for place, one in enumerate(MUTATIONS, start=1) if not wanted or f"M{place:02d}" in wanted]
    if _tested(sorted({one.test for one in chosen}), ROOT / "src") != GREEN:
        print("the named tests must be green before a guard is taken away")
        return 1
    lines, held = [], True
    for place, mutation in enumerate(MUTATIONS, start=1):
        name = f"M{place:02d}"
        if wanted and name not in wanted:
            continue
        said = _tried(mutation)
        held = held and said == "red"
        print(f"{name} {said} {mutation.guard} — {mutation.test}", flush=True)
        lines.append(f"| {name} | {mutation.guard} | `{mutation.file}` | `{mutation.test}` | {said} |")
    if not wanted:
        _write(lines)
    return 0 if held else 1


def _tried(mutation: Mutation) -> str:
    """Return 「red」, 「green」 (nobody noticed), 「gone」 (the guard is not there) or 「broken」."""
    with tempfile.TemporaryDirectory(prefix="lianxin-mutation-") as own:
        source = Path(own) / "src"
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        file = source / "lianxin" / mutation.file
        text = file.read_text(encoding="utf-8")
        if text.count(mutation.old) != 1:
            return "gone"
        file.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
        status = _tested([mutation.test], source)
    return {RED: "red", GREEN: "green"}.get(status, "broken")


def _tested(tests: list[str], source: Path) -> int:
    """Run tests against a source tree, with a data folder of their own; return pytest's status."""
    words = ["-q", "-x", "-p", "no:cacheprovider", "-o", f"pythonpath={source} {ROOT}", *tests]
    path = os.pathsep.join([str(source), str(ROOT)])
    with tempfile.TemporaryDirectory(prefix="lianxin-mutation-data-") as data:
        env = {**os.environ, "LIANXIN_DATA": data, "PYTHONPATH": path}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *words], cwd=ROOT, env=env, capture_output=True, check=False
        )
    return done.returncode


def _write(lines: list[str]) -> None:
    head = ["# 拿掉一道关，要有一个测试变红", ""]
    head += ["由 `python scripts/mutations.py` 生成：每次在源码的副本里拿掉一道关，只跑点名的测试。", ""]
    head += ["| 编号 | 拿掉的关 | 在哪里 | 应当变红的测试 | 结果 |", "|---|---|---|---|---|"]
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
