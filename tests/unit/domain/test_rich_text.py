"""Rich texts: what is kept reads back as it was written, and plain texts stay what they are."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from landsteward.domain.rich_text import (
    LISTS,
    Block,
    BlockKind,
    Run,
    plain,
    read_rich,
    tidy,
    write_rich,
)

_TRICKY = st.sampled_from(list("*\\#-_ .1 2ab<>&;`~|[]中、\u3000\t"))
_TEXTS = st.text(
    alphabet=_TRICKY | st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]),
    max_size=12,
)
_RUNS = st.lists(st.builds(Run, _TEXTS, st.booleans()), max_size=4).map(tuple)
_BLOCKS = st.one_of(
    st.builds(Block, st.just(BlockKind.PARAGRAPH), st.just(0), _RUNS),
    st.builds(
        Block,
        st.sampled_from([BlockKind.HEADING, *sorted(LISTS)]),
        st.sampled_from([1, 2]),
        _RUNS,
    ),
)


@given(st.lists(_BLOCKS, max_size=6).map(tuple))
@example((Block(runs=(Run("\\"), Run("*", bold=True))),))
@example((Block(runs=(Run("\\\\# x"),)),))
@example((Block(BlockKind.NUMBER, 1, (Run("a"),)), Block(runs=(Run("1. b"),))))
@example((Block(BlockKind.NUMBER, 1, (Run("a"),)), Block(BlockKind.BULLET, 1, (Run("b"),))))
def test_what_was_written_reads_back(blocks: tuple[Block, ...]) -> None:
    wanted = tidy(blocks)
    assert read_rich(write_rich(blocks)) == wanted


@given(st.lists(_TEXTS, max_size=5))
@example(["<b>bold</b>", "2 * 3 * 4", "C:\\*.txt", "\\\\server\\share", "#1 plant"])
@example(["5. the fifth", "2. the second", "**", "** open", "a ** b ** c"])
def test_typed_text_is_never_markup(lines: list[str]) -> None:
    """What a person types into paragraphs is that text, whatever signs are in it."""
    typed = tuple(Block(runs=(Run(line),) if line else ()) for line in lines)
    kept = read_rich(write_rich(typed))
    assert [one.text for one in kept] == [one.text for one in tidy(typed)]
    assert all(one.kind is BlockKind.PARAGRAPH for one in kept)
    assert not any(run.bold for one in kept for run in one.runs)


@given(st.lists(_TEXTS, max_size=6).map("\n".join))
def test_every_text_can_be_read_and_comes_to_rest(text: str) -> None:
    """Read and written once, a text stays as it is from then on."""
    once = write_rich(read_rich(text))
    assert write_rich(read_rich(once)) == once


@pytest.mark.parametrize(
    "text",
    [
        "设备闲置两年。\n\n　　企业称资金不足。",
        "3*4=12, 2**3 和 C:\\temp\\*.txt",
        "#1厂房 -5% （1）先停产 1、再拆除 5. 后验收",
        "**没有合上",
        "甲 ** 乙 ** 丙",
        "<b>不是粗体</b> &amp; [链接](x)",
        "    四个空格",
    ],
)
def test_plain_texts_look_as_before_and_are_kept_as_they_were(text: str) -> None:
    blocks = read_rich(text)
    assert [one.text for one in blocks] == text.split("\n")
    assert {one.kind for one in blocks} == {BlockKind.PARAGRAPH}
    assert plain(text) == text


def test_the_kept_form_is_readable() -> None:
    """Two levels, numbers that go on over inner items and begin anew after a paragraph."""
    kept = (
        "# 原因\n"
        "订单**下滑**，设备闲置。\n"
        "1. 清点设备\n"
        "  - 冲压机\n"
        "  - 烘干炉\n"
        "2. 出租厂房\n"
        "  1. 评估\n"
        "另外：\n"
        "1. 报经信局"
    )
    blocks = read_rich(kept)
    assert [(one.kind.value, one.level) for one in blocks] == [
        ("heading", 1),
        ("paragraph", 0),
        ("number", 1),
        ("bullet", 2),
        ("bullet", 2),
        ("number", 1),
        ("number", 2),
        ("paragraph", 0),
        ("number", 1),
    ]
    assert blocks[1].runs == (Run("订单"), Run("下滑", bold=True), Run("，设备闲置。"))
    assert write_rich(blocks) == kept
    assert plain(kept).splitlines()[2:4] == ["1. 清点设备", "  • 冲压机"]


def test_a_number_out_of_turn_is_text() -> None:
    assert [one.kind for one in read_rich("2. b\n1. a\n1. c")] == [
        BlockKind.PARAGRAPH,
        BlockKind.NUMBER,
        BlockKind.PARAGRAPH,
    ]
