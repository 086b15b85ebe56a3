"""What the papers of a vote say: plain values for the layouts, from rows and result lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from lianxin.ballots.models import Ballot, BallotMode, OfficerKind
from lianxin.ballots.quorum import quorum_share
from lianxin.ballots.rules import said_share
from lianxin.ballots.selectors import STANDINGS, Line, choice_words
from lianxin.documents.letters import day_of
from lianxin.regions.selectors import place_name

BASIS = "《地方各级人民代表大会和地方各级人民政府组织法》"


def _columns(row: Ballot) -> list[str]:
    if row.mode == BallotMode.GRADES:
        return [str(words) for _key, words in row.grades]
    return ["赞成"] if row.mode == BallotMode.APPROVAL else ["赞成", "反对", "弃权"]


def ballot_facts(row: Ballot) -> dict[str, Any]:
    """Return what the blank ballot says."""
    options = [{"number": one.number, "label": one.label, "note": one.note} for one in row.options.all()]
    return {
        "session": row.session,
        "title": row.subject + (f"（第{row.round_number}轮）" if row.round_number > 1 else ""),
        "columns": _columns(row),
        "options": options,
        "notes": _notes(row),
    }


def _notes(row: Ballot) -> list[str]:
    unnamed = "本票无记名，请不要写姓名，也不要做别的记号。"
    if row.mode == BallotMode.GRADES:
        return ["每一行在一个等次下面画“○”，画两个以上的，这一行不算。", "不画的，按没有标记计。", unnamed]
    limit = f"最多赞成 {row.places} 项，多于 {row.places} 项的，整张票无效；少于 {row.places} 项的有效。"
    marks = "赞成的画“○”，不画的按弃权计。"
    if row.mode == BallotMode.PER_ITEM:
        marks = "每一行在赞成、反对、弃权中画一个“○”，不画的按弃权计。"
    return [marks, limit, unnamed]


def _names(row: Ballot, kind: OfficerKind) -> list[str]:
    return [one.name for one in row.officers.all() if one.kind == kind]


def _standing(row: Ballot, line: Line) -> str:
    return line.verdict if row.mode == BallotMode.GRADES else STANDINGS[line.standing]


def _rule(row: Ballot) -> str:
    if row.mode == BallotMode.GRADES:
        return "结果按全体代表半数算出，只供参考；各等次的票数是正式结果。"
    if row.among_tied and row.tie_rule == "most_votes":
        return f"本轮在票数相等的各项中进行，得票多的当选，选 {row.places} 项。"
    half = f"赞成票超过全体代表 {row.electorate} 人的半数为通过"
    return f"{half}；通过的多于 {row.places} 项时，按得票多少取前 {row.places} 项。"


def report_facts(row: Ballot, lines: Sequence[Line]) -> dict[str, Any]:
    """Return what the report of the count says."""
    said = row.outcome
    totals = (
        ("全体代表", row.electorate), ("到会", row.present), ("发出", row.issued), ("收回", row.returned),
        ("有效", said["valid"]), ("无效", said["void"]), ("空白", said["blank"]), ("应选", row.places),
    )  # fmt: skip
    return {
        "session": row.session,
        "title": row.subject,
        "round": row.round_number,
        "totals": [list(one) for one in totals],
        "heads": [words for words, _n in lines[0].figures] if lines else [],
        "lines": [
            {
                "number": line.number,
                "label": line.label,
                "figures": [n for _words, n in line.figures],
                "standing": _standing(row, line),
            }
            for line in lines
        ],
        "rule": _rule(row),
        "scrutineers": _names(row, OfficerKind.SCRUTINEER),
        "tellers": _names(row, OfficerKind.TELLER),
    }


def _organ(row: Ballot) -> str:
    return f"{place_name(row.division_code)}人民代表大会"


def _figures(row: Ballot, line: Line) -> str:
    figures = "，".join(f"{words} {n} 票" for words, n in line.figures)
    return f"{line.number}. {line.label}：{figures}。{_standing(row, line)}。"


def minutes_content(row: Ballot, lines: Sequence[Line]) -> dict[str, Any]:
    """Return the minutes of a vote as a paper: people, papers, figures, method, signatures."""
    said, on = row.outcome, row.announced_on or row.held_on
    scrutineers = "、".join(_names(row, OfficerKind.SCRUTINEER))
    tellers = "、".join(_names(row, OfficerKind.TELLER))
    return {
        "organ": _organ(row),
        "title": f"{row.session}{row.subject}情况记录",
        "body": [
            f"一、到会人数。{_people(row)}，达到全体代表{said_share(quorum_share(row.home6))}以上（{BASIS}第十四条）。",
            f"二、票决办法。{_passed(row)}{_method(row)}",
            f"三、监票和计票。监票人：{scrutineers}。计票人：{tellers}。两名计票人分别计票，核对一致。",
            f"四、选票。{_papers(row)}；有效票中空白 {said['blank']} 张。",
            "五、各项得票。",
            *(_figures(row, line) for line in lines),
            f"六、宣布。{_announced(row)}",
            "监票人（签名）：　　　　　　　　计票人（签名）：",
        ],
        "signature": f"{_organ(row)}主席团",
        "date": str(on),
    }


def _people(row: Ballot) -> str:
    return f"全体代表 {row.electorate} 人，到会 {row.present} 人"


def _papers(row: Ballot) -> str:
    said = row.outcome
    handed = f"发出选票 {row.issued} 张，收回 {row.returned} 张"
    return f"{handed}，有效 {said['valid']} 张，无效 {said['void']} 张"


def _passed(row: Ballot) -> str:
    on: date | None = row.method_passed_on
    return f"大会于{day_of(str(on))}通过。" if on else ""


def _method(row: Ballot) -> str:
    if row.mode == BallotMode.GRADES:
        return f"无记名投票，逐项评等次：{'、'.join(choice_words(row)[str(key)] for key, _w in row.grades)}。"
    return f"无记名投票，{row.get_mode_display()}，应选 {row.places} 项；{row.get_shortfall_display()}。"


def _announced(row: Ballot) -> str:
    if row.announced_on is None:
        return "还没有宣布。"
    return f"{day_of(str(row.announced_on))}由{row.chair}当场宣布全部得票。"


def announcement_content(row: Ballot, lines: Sequence[Line]) -> dict[str, Any]:
    """Return the announcement: what has passed, and the figures of everything on the paper."""
    on = row.announced_on or row.held_on
    return {
        "organ": f"{_organ(row)}主席团",
        "title": f"关于{row.session}{row.subject}结果的公告",
        "body": [
            f"{row.session}于{day_of(str(row.held_on))}进行了{row.subject}。{_people(row)}，"
            f"{_papers(row)}。现将结果公告如下：",
            *(_figures(row, line) for line in lines),
            _rule(row),
        ],
        "signature": f"{_organ(row)}主席团",
        "date": str(on),
    }
