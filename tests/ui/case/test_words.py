"""Every word of the page in the language chosen, in every step."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget

from landsteward.app.language import Language
from landsteward.domain.states import CaseStep
from tests.ui.case.hand import Hand, at_the_case_page
from tests.ui.case.test_whole_case import do_checkup, do_findings, do_follow_up, do_plan, do_recheck
from ui.widgets.pills import Pills
from ui.widgets.twolines import TwoLines

_ENGLISH = re.compile(r"[A-Za-z]{3,}")
_CHINESE = re.compile("[\u4e00-\u9fff]")
# Names of things and what the hand typed; everything else is the program's own words.
_TYPED = re.compile(
    r"Zhang San|Start building|Work has begun|Building goes on|Tax per mu rises|PDF|Tab|SHA|png"
    r"|Ctrl|Alt|Enter|PageUp|PageDown|91341699MA8EXA010K"
)


def texts(page: QWidget) -> Iterator[str]:
    """What a person can read on the page, also as hints."""
    for one in page.findChildren(QWidget):
        yield one.toolTip()
        if isinstance(one, QLabel | QAbstractButton):
            yield one.text()
        elif isinstance(one, QLineEdit | QPlainTextEdit):
            yield one.placeholderText()
        elif isinstance(one, TwoLines):
            yield one.text[1]
        elif isinstance(one, Pills):
            yield from one.words


def walk(hand: Hand) -> Iterator[tuple[CaseStep, str]]:
    for step in CaseStep:
        hand.page.show_step(step)
        hand.settle()
        for text in texts(hand.page):
            yield step, text


def finished_case(hand: Hand) -> None:
    do_checkup(hand)
    do_findings(hand)
    do_plan(hand)
    do_follow_up(hand)
    do_recheck(hand)


@pytest.mark.parametrize("begun", [False, True], ids=["empty", "full"])
def test_no_word_is_left_in_english(tmp_path: Path, begun: bool) -> None:
    with at_the_case_page(tmp_path) as hand:
        if begun:
            finished_case(hand)
        left = {(step, text) for step, text in walk(hand) if _ENGLISH.search(_TYPED.sub("", text))}
    assert not left


def test_the_language_switches_at_once_and_keeps_the_place(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        hand.page.show_step(CaseStep.PLAN)
        hand.settle()
        hand.window.use_language(Language.ENGLISH)
        hand.settle()
        assert hand.page.shown is CaseStep.PLAN
        named = ("示例", "体检〔", "工业用地")
        left = {
            text
            for step, text in walk(hand)
            if step is CaseStep.PLAN
            and _CHINESE.search(text)
            and not any(one in text for one in named)
        }
        assert not left
