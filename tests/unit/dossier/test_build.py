import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject

from landsteward.app.dossier_view import DossierView
from landsteward.domain.errors import RulePackError
from landsteward.domain.sight import Restricted
from landsteward.dossier.build import build_dossier
from landsteward.dossier.fonts import load_fonts
from landsteward.dossier.text import runs
from tests.helpers.dossier_basics import FONTS
from tests.helpers.dossier_sample import empty_view, rich_view
from tests.helpers.pdf_reading import flow_of, fonts, outline, page_texts, reader, squeezed

TEXT_LEFT, TEXT_RIGHT = 28 / 25.4 * 72, (210 - 26) / 25.4 * 72


@pytest.fixture(scope="module")
def rich() -> bytes:
    return build_dossier(rich_view(), fonts=FONTS)


@pytest.fixture(scope="module")
def empty() -> bytes:
    return build_dossier(empty_view(), fonts=FONTS)


def with_note(text: str) -> DossierView:
    """The shortest case in which somebody typed something."""
    enterprise = rich_view(photos=0).enterprise
    assert enterprise is not None
    return replace(empty_view(), enterprise=replace(enterprise, note=text))


def shown(text: str) -> str:
    """A typed text as the paper has it, missing glyphs marked, without spaces."""
    faces = load_fonts(FONTS)
    return squeezed("".join(one.text for line in runs(text, faces.body, faces) for one in line))


def test_contents_numbers_are_the_real_pages(rich: bytes) -> None:
    texts = page_texts(rich)
    entries = outline(rich)
    assert len(entries) > 20
    lines = [squeezed(line) for line in texts[1].splitlines()]
    for _, title, page in entries:
        assert f"{squeezed(title)}{page}" in "".join(lines)
        assert squeezed(title) in squeezed(texts[page - 1])


def test_what_is_masked_for_who_prints_reads_restricted(rich: bytes) -> None:
    """The tax, the tax per mu and the phone, where a whole dossier has them."""
    assert "受限" not in "".join(page_texts(rich))
    view = rich_view(photos=0)
    assert view.enterprise is not None
    hidden = replace(
        view,
        enterprise=replace(view.enterprise, phone=""),
        masked=frozenset({Restricted.TAX, Restricted.PHONES}),
    )
    text = squeezed("".join(page_texts(build_dossier(hidden, fonts=FONTS))))
    years = len(view.years)
    assert text.count("受限") == 1 + 2 * years


def test_a_declared_conflict_is_printed_with_its_decision(rich: bytes) -> None:
    whole = squeezed("".join(page_texts(rich)))
    for text in ("利益冲突申报", "上年度审计，业务已结束", "改由其他注册会计师办理"):
        assert text in whole


def test_contents_lines_lead_to_their_headings(rich: bytes) -> None:
    document = reader(rich)
    pages = [page.indirect_reference for page in document.pages]
    links = [note.get_object() for note in cast("Any", document.pages[1]["/Annots"])]
    found = [pages.index(link["/Dest"][0].indirect_reference) + 1 for link in links]
    assert found == [page for _, _, page in outline(rich)]


def test_outline_has_sections_with_their_parts(rich: bytes) -> None:
    sections = [title for level, title, _ in outline(rich) if level == 0]
    assert [title.split("、")[1] for title in sections] == [
        "企业与宗地情况",
        "健康体检表",
        "问题清单",
        "解决方案",
        "跟踪问效",
        "复检记录",
        "销号审批表",
        "证据清单",
        "备考表",
    ]


def test_no_heading_is_left_alone_at_the_foot_of_a_page() -> None:
    content = build_dossier(rich_view(findings=12, follow_ups=60, photos=6), fonts=FONTS)
    texts = page_texts(content)
    for _, title, page in outline(content):
        after = squeezed(texts[page - 1]).split(squeezed(title), 1)[1]
        assert len(after) > 4, (title, page)


def placed(page: PageObject, wanted: str) -> list[tuple[float, float]]:
    """Left edge and size of every piece of a page's text that reads so."""
    found: list[tuple[float, float]] = []

    def visit(text: str, cm: Any, tm: Any, _: Any, size: float) -> None:
        if text.strip() == wanted:
            found.append((cm[4] + tm[4], size))

    page.extract_text(visitor_text=visit)
    return found


def test_every_page_has_its_number_in_its_place(rich: bytes) -> None:
    for number, page in enumerate(reader(rich).pages, start=1):
        (left, size), *more = placed(page, f"— {number} —")
        assert not more
        assert size == 14
        if number % 2:
            assert TEXT_RIGHT - 80 < left < TEXT_RIGHT - 14
        else:
            assert left == pytest.approx(TEXT_LEFT + 14, abs=1)


def test_cover_counts_the_pages(rich: bytes) -> None:
    texts = page_texts(rich)
    assert f"页数{len(texts)}" in squeezed(texts[0])
    assert "体检〔2026〕23号" in texts[0]
    assert "保管期限" in texts[0]


def test_on_page_hears_every_page(empty: bytes) -> None:
    heard: list[int] = []
    build_dossier(empty_view(), fonts=FONTS, on_page=heard.append)
    assert heard == list(range(1, len(reader(empty).pages) + 1))


def test_what_on_page_raises_ends_the_work() -> None:
    def cancel(page: int) -> None:
        if page == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        build_dossier(empty_view(), fonts=FONTS, on_page=cancel)


def test_an_empty_case_says_so_in_every_section(empty: bytes) -> None:
    text = flow_of(empty)
    for sentence in (
        "权利人尚未查明",
        "尚未登记宗地",
        "尚未登记年度效益数据",
        "尚未安排体检",
        "尚未发现问题",
        "尚未编制解决方案",
        "尚无跟踪记录",
        "尚未复检",
        "尚无销号申请",
        "尚无证据材料",
    ):
        assert sentence in text


def test_the_whole_case_is_on_paper(rich: bytes) -> None:
    text = flow_of(rich)
    view = rich_view()
    for typed in (
        'A&B<附件1>"x"',
        "91341602MA2RXXXX0A",
        "341602001002GB00123F00010001",
        "66,666.67㎡（100.00亩）",
        "《闲置土地处置办法》第二条（国土资源部令第53号，自2012年7月1日起施行）",
        "整改中（逾期30天）",
        "重点督办",
        "已确认→已交办",
        "设备到货推迟，同意延期至2026年8月31日。",
        "解决方案第2版（已采纳）",
        "追加固定资产投资8000万元",
        "亩均税收（万元/亩）2026年3.4212二季度8.75（示例市税务局）7.02—完成目标的42%",
        "（√）同意销号",
        "（签字、盖章）",
        "（附件文件，类型application/pdf，原件存于工作区）",
        "见证据1",
    ):
        assert typed in text, typed
    for one in view.evidence:
        assert one.evidence.sha256 in text
    for section in view.checkups[0].sections:
        for line in section.items:
            assert squeezed(line.item.title) in text


def test_problems_stand_out_without_colour(rich: bytes) -> None:
    assert flow_of(rich).count("■有问题") == 3


def test_table_heads_repeat_on_every_page(rich: bytes) -> None:
    pages = {title: page for _, title, page in outline(rich)}
    begin, end = pages["二、健康体检表"], pages["三、问题清单"]
    assert end - begin > 3
    for text in page_texts(rich)[begin - 1 : end - 2]:
        assert "实测值与限值" in text


def test_photos_are_pictures_of_print_size(rich: bytes) -> None:
    pictures = [image for page in reader(rich).pages for image in page.images]
    assert len(pictures) == 4
    for image in pictures:
        assert image.image is not None
        assert max(image.image.size) < 1200


def test_a_photo_that_cannot_be_read_is_said() -> None:
    view = rich_view(photos=1)
    content = build_dossier(replace(view, content=lambda sha256: b"broken"), fonts=FONTS)
    assert "图像无法显示，原件以指纹为准" in flow_of(content)


def test_all_fonts_are_embedded_and_subset(rich: bytes) -> None:
    found = fonts(rich)
    assert len(found) == 2
    for name, font in found.items():
        assert name[7] == "+"
        descendant = font["/DescendantFonts"][0].get_object()
        descriptor = descendant["/FontDescriptor"].get_object()
        embedded = descriptor["/FontFile2"].get_object().get_data()
        assert 1000 < len(embedded) < 1_000_000
        assert font["/ToUnicode"].get_object().get_data()


def test_document_information(rich: bytes) -> None:
    document = reader(rich)
    information = document.metadata
    assert information is not None
    assert information.title == "工业用地企业健康体检与土地管家案卷：谯城示例生物科技有限公司"
    assert information.author == "示例现代产业园区管理委员会"
    assert information.creation_date is not None
    assert information.creation_date.date() == rich_view().on
    assert information.subject == "体检〔2026〕23号"
    assert str(document.root_object["/Lang"]) == "zh-CN"


def test_nothing_of_the_machine_is_in_the_file(rich: bytes) -> None:
    assert str(FONTS).encode() not in rich
    assert b"site-packages" not in rich


_IN_ANOTHER_PROCESS = """
import hashlib
from landsteward.dossier.build import build_dossier
from tests.helpers.dossier_basics import FONTS
from tests.helpers.dossier_sample import rich_view
print(hashlib.sha256(build_dossier(rich_view(photos=1), fonts=FONTS)).hexdigest())
"""


def test_the_same_view_gives_the_same_bytes_in_any_process() -> None:
    root = Path(__file__).resolve().parents[3]
    digests = {
        subprocess.run(
            [sys.executable, "-c", _IN_ANOTHER_PROCESS],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(digests) == 1


def test_the_same_view_twice_in_one_process_gives_the_same_bytes(rich: bytes) -> None:
    build_dossier(with_note("另一些字：龘靐齉爩"), fonts=FONTS)
    assert build_dossier(rich_view(), fonts=FONTS) == rich


@pytest.mark.parametrize(
    "typed",
    [
        'A&B <附件1> "x" </b> <para> &lt; %s {0} \\( \\)',
        "㛃𬭎𠮷",
        "甲\t乙\u00a0丙",
        "第一行\n\n第三行",
        "😀👍🏽 שלום عربي \u200b\u202e\u0000\x1f\x7f",
        "字" * 3000,
        "W" * 10_000,
        "，" * 500,
        " " * 2000 + "末",
    ],
)
def test_typed_text_prints_as_typed(typed: str) -> None:
    content = build_dossier(with_note(typed), fonts=FONTS)
    assert squeezed(shown(typed)) in _without_furniture(content)


@settings(max_examples=40)
@given(st.text(max_size=400))
def test_any_text_can_be_printed_and_copied_out(typed: str) -> None:
    content = build_dossier(with_note(typed), fonts=FONTS)
    assert shown(typed) in _without_furniture(content)


def _without_furniture(content: bytes) -> str:
    """The pages' text run together, heads and page numbers taken out."""
    parts = []
    for number, text in enumerate(page_texts(content), start=1):
        lines = [line for line in text.splitlines() if line.strip() != f"— {number} —"]
        parts.append(squeezed("".join(lines)))
    return "".join(parts).replace("体检〔2026〕24号谯城示例生物科技有限公司", "")


def test_long_typed_texts_anywhere_are_broken_not_refused() -> None:
    long = "没有换行的长说明，" * 600 + "A" * 3000
    view = rich_view(photos=1)
    first, second = view.findings[0], view.plans[1]
    way, _other = second.alternatives
    step = replace(way.sheet.steps[0], title=long, responsible=long)
    way = replace(way, sheet=replace(way.sheet, steps=(step,)))
    view = replace(
        view,
        carrier=long,
        case=replace(view.case, case_no=long),
        findings=(
            replace(first, finding=replace(first.finding, title=long, demand=long)),
            *view.findings[1:],
        ),
        plans=(
            replace(
                second,
                alternatives=(way,),
                firm=long,
            ),
        ),
        closures=(
            replace(
                view.closures[0],
                closure=replace(view.closures[0].closure, ground=long, opinion=long),
            ),
        ),
        evidence=(
            replace(
                view.evidence[0],
                evidence=replace(view.evidence[0].evidence, caption=long, file_name=long),
            ),
        ),
    )
    content = build_dossier(view, fonts=FONTS)
    assert flow_of(content).count("没有换行的长说明") > 5000


def test_a_word_the_pack_lacks_is_said() -> None:
    view = empty_view()
    wording = {key: text for key, text in view.wording.items() if key != "checkup.nothing"}
    with pytest.raises(RulePackError, match=r"checkup\.nothing"):
        build_dossier(replace(view, wording=wording), fonts=FONTS)
