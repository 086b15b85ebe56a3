"""What the program does not look at, our verifier does: doubles, late ballots, missing ones, changed pieces."""

from __future__ import annotations

import pytest

from lianxin.ballots.electronic import archive, tool, verifier
from tests.factories import boards

ONE, TWO, THREE = (boards.ballot(card) for card in boards.CARDS[:3])


def passes(content: bytes) -> str:
    return "I: all checks passed"


def fails(content: bytes) -> str:
    raise tool.ToolFailed("invalid signature")


def failed(content: bytes, **more: object) -> list[str]:
    report = verifier.verify(content, run_tool=passes, **more)  # type: ignore[arg-type]
    return [one.words for one in report.checks if not one.passed]


def receipts(*ballots: str) -> list[str]:
    return [archive.receipt_of(one) for one in ballots]


def test_a_sound_board_passes_every_check() -> None:
    mark = archive.board_print(receipts(ONE, TWO))
    report = verifier.verify(boards.board([ONE, TWO]), mark=mark, receipts=receipts(ONE), run_tool=passes)
    assert report.passed and (report.ballots, report.cards, report.mark) == (2, 5, mark)


def test_two_ballots_of_one_card_which_the_program_lets_pass() -> None:
    assert failed(boards.board([ONE, ONE])) == ["一张码卡只有一张票"]
    assert failed(boards.board([ONE, boards.ballot(boards.CARDS[0], "other")])) == ["一张码卡只有一张票"]


def test_a_ballot_after_the_closing() -> None:
    assert failed(boards.board([ONE], late=[TWO])) == ["停止以后没有再加票"]


def test_a_ballot_of_a_strange_card_and_more_ballots_than_cards() -> None:
    assert failed(boards.board([boards.ballot("7" * 617)])) == ["每张票都用了箱里的码卡"]
    found = failed(boards.board([ONE, TWO, THREE], cards=boards.CARDS[:2]))
    assert found == ["每张票都用了箱里的码卡", "票数不多于码卡"]


def test_a_ballot_taken_off_the_board_shows_by_mark_and_by_receipt() -> None:
    mark = archive.board_print(receipts(ONE, TWO))
    without = boards.board([ONE])
    assert failed(without, mark=mark) == ["和停止投票时宣读的校验码一样"]
    assert failed(without, mark=mark[:16]) == ["和停止投票时宣读的校验码一样"]
    (words,) = failed(without, receipts=receipts(TWO))
    assert words.startswith("回执") and failed(without, receipts=receipts(ONE)) == []


@pytest.mark.parametrize("place", [1, 4, 5, 6])
def test_a_changed_piece_is_found_by_its_name(place: int) -> None:
    pieces = boards.unpacked(boards.board([ONE]))
    name, content = pieces[place]
    pieces[place] = (name, content + b" ")
    assert failed(boards.packed(pieces)) == ["公示板文件完整，没有改动"]


def test_a_piece_left_out_breaks_the_chain() -> None:
    pieces = boards.unpacked(boards.board([ONE, TWO]))
    event = next(at for at, (name, content) in enumerate(pieces) if b'"Ballot"' in content)
    assert failed(boards.packed([*pieces[:event], *pieces[event + 1 :]])) == ["公示板文件完整，没有改动"]
    assert failed(b"no board at all") == ["公示板文件完整，没有改动"]


def test_what_the_program_refuses_is_refused() -> None:
    report = verifier.verify(boards.board([ONE]), run_tool=fails)
    assert not report.passed
    assert [one.found for one in report.checks if not one.passed] == ["invalid signature"]
