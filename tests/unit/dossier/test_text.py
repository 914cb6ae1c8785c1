import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.dossier.fonts import Fonts, load_fonts
from landsteward.dossier.text import Run, break_lines, mark, one_line, runs
from tests.helpers.dossier_basics import FONTS

SIZE = 10.0


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return load_fonts(FONTS)


def lines_of(text: str, fonts: Fonts, ems: float) -> list[str]:
    broken = break_lines(runs(text, fonts.body, fonts), SIZE, ems * SIZE)
    return ["".join(run.text for run in line.runs) for line in broken]


def test_typed_text_is_never_read_as_markup(fonts: Fonts) -> None:
    typed = 'A&B <附件1> "x" <b>粗</b> &amp; {name} \\n'
    assert runs(typed, fonts.body, fonts) == [[Run(fonts.body, typed)]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_typed_line_ends_end_lines(fonts: Fonts, end: str) -> None:
    assert lines_of(f"甲{end}{end}乙", fonts, 20) == ["甲", "", "乙"]


def test_what_one_family_lacks_the_other_draws(fonts: Fonts) -> None:
    only_heading = sorted(fonts.heading.characters - fonts.body.characters)
    only_body = sorted(fonts.body.characters - fonts.heading.characters)
    if only_heading:
        assert runs(f"甲{only_heading[0]}", fonts.body, fonts)[0][1] == Run(
            fonts.heading, only_heading[0]
        )
    assert only_body, "the families differ, or there would be nothing to fall back to"
    assert runs(f"甲{only_body[0]}乙", fonts.heading, fonts) == [
        [Run(fonts.heading, "甲"), Run(fonts.body, only_body[0]), Run(fonts.heading, "乙")]
    ]


def test_rare_characters_that_are_bundled_print_as_typed(fonts: Fonts) -> None:
    assert runs("㛃𬭎", fonts.body, fonts) == [[Run(fonts.body, "㛃𬭎")]]


def test_what_no_family_has_is_marked_and_never_a_box(fonts: Fonts) -> None:
    assert runs("甲😀\u0007乙", fonts.body, fonts) == [
        [
            Run(fonts.body, "甲"),
            Run(fonts.heading, "〔U+1F600 U+0007〕"),
            Run(fonts.body, "乙"),
        ]
    ]


def test_tabs_and_no_break_spaces_are_characters_like_others(fonts: Fonts) -> None:
    assert runs("a\tb\u00a0c", fonts.body, fonts) == [[Run(fonts.body, "a\tb\u00a0c")]]


def test_punctuation_does_not_begin_a_line_and_brackets_do_not_end_one(fonts: Fonts) -> None:
    assert lines_of("一二三四，五六", fonts, 4) == ["一二三", "四，五六"]
    assert lines_of("一二三四。”五", fonts, 4) == ["一二三", "四。”五"]
    assert lines_of("一二三（四五）", fonts, 4) == ["一二三", "（四五）"]


def test_words_and_figures_stay_whole(fonts: Fonts) -> None:
    assert lines_of("容积率 plot ratio", fonts, 6) == ["容积率 plot ", "ratio"]
    assert lines_of("共计12345678元", fonts, 5) == ["共计", "12345678", "元"]


def test_a_word_without_a_place_to_break_is_cut_at_the_edge(fonts: Fonts) -> None:
    found = lines_of("A" * 10_000, fonts, 30)
    assert "".join(found) == "A" * 10_000
    assert len(found) > 100


def test_a_line_too_narrow_for_a_character_still_goes_on(fonts: Fonts) -> None:
    assert lines_of("一二", fonts, 0.5) == ["一", "二"]


def test_dashes_and_ellipses_are_not_torn(fonts: Fonts) -> None:
    assert lines_of("一二三——四", fonts, 4) == ["一二三", "——四"]


def test_the_first_line_is_indented(fonts: Fonts) -> None:
    broken = break_lines(
        runs("一二三四五六\n七八", fonts.body, fonts), SIZE, 4 * SIZE, first_indent=2 * SIZE
    )
    assert ["".join(run.text for run in line.runs) for line in broken] == [
        "一二",
        "三四五六",
        "七八",
    ]
    assert [line.ends for line in broken] == [False, True, True]


@given(st.text(max_size=200), st.floats(min_value=1, max_value=40))
def test_breaking_keeps_every_character_and_the_width(text: str, ems: float) -> None:
    fonts = load_fonts(FONTS)
    paragraphs = runs(text, fonts.body, fonts)
    broken = break_lines(paragraphs, SIZE, ems * SIZE)
    assert "".join(run.text for line in broken for run in line.runs) == "".join(
        run.text for paragraph in paragraphs for run in paragraph
    )
    for line in broken:
        shown = "".join(run.text for run in line.runs).strip(" \t\u3000\u00a0")
        assert line.width <= ems * SIZE + 0.1 or len(shown) <= 1


@given(st.text(max_size=300))
def test_every_character_of_a_run_has_a_glyph(text: str) -> None:
    fonts = load_fonts(FONTS)
    for paragraph in runs(text, fonts.heading, fonts):
        for run in paragraph:
            assert run.face.characters.issuperset(run.text)


def test_titles_are_one_line_of_bounded_length() -> None:
    assert one_line("甲\n 乙\t丙") == "甲 乙 丙"
    assert one_line("x\u202ey") == f"x{mark(chr(0x202E))}y"
    assert len(one_line("长" * 500)) == 120
    assert one_line("长" * 500).endswith("…")
    one_line("\ud800").encode("utf-16-be")
