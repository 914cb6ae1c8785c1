"""Every check an import makes, one after another, on sheets: codes, dates, areas, doubles."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from landsteward.app.language import Language, current_language, use_language
from landsteward.app.register import add_enterprise
from landsteward.app.rosters import RosterResult
from landsteward.app.rosters_plan import Options
from landsteward.app.rosters_table import RosterKind
from landsteward.domain.identifiers import check_unit_code, shown_unit_code
from tests.helpers.office import Office
from tests.helpers.roster_desk import RosterDesk, code, outcomes, reasons, said, unit_code
from tests.helpers.sheets import HEADER as SUPPLY
from tests.helpers.sheets import supply

ENTERPRISES, PARCELS, METRICS, LAND_SUPPLY = RosterKind


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> RosterDesk:
    return RosterDesk(office.carrier, tmp_path)


def take(
    desk: RosterDesk, kind: RosterKind, header: Sequence[str], *rows: Sequence[object], **given: Any
) -> RosterResult:
    return desk.take(kind, desk.sheet(header, rows), **given)


class TestCreditCodes:
    HEADER = ("企业名称", "统一社会信用代码")
    WRONG = "911101085513850820"

    @pytest.mark.parametrize("letter", "ANY")
    def test_an_unusual_first_letter_is_warned_about_and_kept(
        self, desk: RosterDesk, letter: str
    ) -> None:
        body = f"{letter}1341699MA0000001"
        given = body + uscc.calc_check_digit(body)
        result = take(desk, ENTERPRISES, self.HEADER, ["甲虚构公司", given])
        assert outcomes(result) == ["created"]
        assert said(result) == [f"A credit code that begins with {letter} is unusual."]
        (made,) = desk.ctx.workspace.enterprises.where(uscc=given)
        assert made.uscc_reason == ""

    def test_full_width_small_and_spaced_out_codes_are_read(self, desk: RosterDesk) -> None:
        plain = "91110108551385082Q"
        wide = plain.translate({ord(c): ord(c) + 0xFEE0 for c in plain})
        rows = [["甲虚构公司", f" {plain[:8].lower()} {plain[8:].lower()} "], ["甲虚构公司", wide]]
        result = take(desk, ENTERPRISES, self.HEADER, *rows)
        assert outcomes(result) == ["created", "unchanged"]

    def test_a_wrong_one_needs_a_reason_which_is_kept_and_said(self, desk: RosterDesk) -> None:
        rows = [["甲虚构公司", self.WRONG], ["乙虚构公司", "91110108551385082"]]
        result = take(desk, ENTERPRISES, self.HEADER, *rows)
        assert reasons(result) == [
            (
                2,
                "统一社会信用代码",
                "The check digit does not fit: one of the characters is mistyped.",
            ),
            (3, "统一社会信用代码", "A credit code has 18 characters, this one has 17."),
        ]
        keep = Options(keep_codes={self.WRONG: "执照上如此"})
        kept = take(desk, ENTERPRISES, self.HEADER, rows[0], options=keep)
        assert said(kept) == ["Kept though it fails its check: 执照上如此"]
        (made,) = desk.ctx.workspace.enterprises.where(uscc=self.WRONG)
        assert made.uscc_reason == "执照上如此"


class TestUnitCodes:
    HEADER = ("宗地名称", "不动产单元号")

    @pytest.mark.parametrize(
        "given",
        [
            "341602001001GB00001F00010001",
            "341602001001JB00001W00000000",
            "341602001001ZW00001L00000001",
            "341602001001GX00001Q00000001",
            "341602 001001 GB00001 F00010001",
            "341602-001001-GB00001-F00010001",
            "３４１６０２００１００１ｇｂ００００１ｆ０００１０００１",
        ],
    )
    def test_every_shape_is_taken(self, desk: RosterDesk, given: str) -> None:
        result = take(desk, PARCELS, self.HEADER, ["一号地", given])
        assert (outcomes(result), said(result)) == (["created"], [])
        (made,) = desk.ctx.workspace.parcels.where(name="一号地")
        assert check_unit_code(given).value == made.unit_code
        assert len(made.unit_code or "") == 28

    @pytest.mark.parametrize(
        ("given", "asked"),
        [
            (
                "341602001001GB00001W00000001",
                "After W (no structure) a unit code ends in eight zeros.",
            ),
            ("341602001001GQ00001F00010001", "GQ is not a usual kind of right to land."),
        ],
    )
    def test_what_is_odd_is_taken_and_asked_about(
        self, desk: RosterDesk, given: str, asked: str
    ) -> None:
        result = take(desk, PARCELS, self.HEADER, ["一号地", given])
        assert (outcomes(result), said(result)) == (["created"], [asked])

    @pytest.mark.parametrize(
        ("given", "why"),
        [
            ("341602001001GB00001", "W00000000"),
            ("341602001001GB00001F0001000", "28 characters"),
            ("341602001001GB00001F000100010001", "28 characters"),
            ("341602001001QB00001F00010001", "Not a unit code"),
            ("341602001001G100001F00010001", "Not a unit code"),
            ("341602001001GB00001X00010001", "Not a unit code"),
            ("34160200100AGB00001F00010001", "Not a unit code"),
        ],
    )
    def test_what_cannot_be_one_is_refused(self, desk: RosterDesk, given: str, why: str) -> None:
        ((row, column, reason),) = reasons(take(desk, PARCELS, self.HEADER, ["一号地", given]))
        assert (row, column) == (2, "不动产单元号")
        assert why in reason


@given(st.from_regex(r"[0-9]{12}[GJZ][A-Z][0-9]{5}[FLQ][0-9]{8}", fullmatch=True))
def test_a_code_of_the_shape_is_never_refused_and_read_back_from_its_groups(given: str) -> None:
    check = check_unit_code(given)
    assert (check.refused, check.value) == (None, given)
    assert check_unit_code(shown_unit_code(given)).value == given


class TestIndustries:
    HEADER = ("企业名称", "行业代码", "行业")

    @pytest.mark.parametrize(
        ("given", "name", "kept"),
        [
            ("C27", "", ("C27", "医药制造业")),
            ("27", "", ("C27", "医药制造业")),
            ("2730", "中药饮片加工", ("C2730", "中药饮片加工")),
            ("", "医药制造业", ("C27", "医药制造业")),
            ("C", "", ("C", "制造业")),
            ("C2730", "医药制造业", ("C2730", "医药制造业")),
        ],
    )
    def test_code_and_name_each_from_the_other(
        self, desk: RosterDesk, given: str, name: str, kept: tuple[str, str]
    ) -> None:
        result = take(desk, ENTERPRISES, self.HEADER, ["甲虚构公司", given, name])
        (made,) = desk.ctx.workspace.enterprises.where(name="甲虚构公司")
        assert (made.industry_code, made.industry_name) == kept
        assert said(result) == []

    def test_an_unknown_code_erases_nothing(self, desk: RosterDesk) -> None:
        take(desk, ENTERPRISES, self.HEADER, ["甲虚构公司", "C27", ""])
        result = take(desk, ENTERPRISES, self.HEADER, ["甲虚构公司", "C99", ""])
        assert outcomes(result) == ["unchanged"]
        (made,) = desk.ctx.workspace.enterprises.where(name="甲虚构公司")
        assert (made.industry_code, made.industry_name) == ("C27", "医药制造业")

    @pytest.mark.parametrize(
        ("given", "name", "asked"),
        [
            ("C99", "", "GB/T 4754-2017 has no industry of this code."),
            ("B34", "", "34 belongs to section C."),
            ("药业", "", "An industry code is a letter A–T and 2 to 4 digits, e.g. C341."),
            ("C27", "纺织业", "C27 is 医药制造业, but the row says 纺织业: which is right?"),
        ],
    )
    def test_unknown_and_contradicting_ones_are_named(
        self, desk: RosterDesk, given: str, name: str, asked: str
    ) -> None:
        result = take(desk, ENTERPRISES, self.HEADER, ["甲虚构公司", given, name])
        assert outcomes(result) == ["created"]
        ((column, reason),) = [(one.column, str(one.reason)) for one in result.warnings]
        assert (column, reason) == ("行业代码", asked)


@pytest.mark.parametrize(
    ("days", "column"),
    [
        ({"合同签订日期": "2021-06-01", "约定交地时间": "2021-05-01"}, "约定交地时间"),
        ({"约定交地时间": "2021-06-01", "约定开工时间": "2021-05-01"}, "约定开工时间"),
        ({"约定开工时间": "2023-06-01", "约定竣工时间": "2023-05-01"}, "约定竣工时间"),
        ({"实际开工时间": "2021-01-01"}, "实际开工时间"),
        ({"实际开工时间": "2022-01-01", "实际竣工时间": "2021-12-01"}, "实际竣工时间"),
    ],
)
def test_days_come_in_order(desk: RosterDesk, days: dict[str, str], column: str) -> None:
    result = take(desk, LAND_SUPPLY, SUPPLY, supply(1, **days))
    assert outcomes(result) == ["created"]
    assert column in {one.column for one in result.warnings}
    in_order = take(desk, LAND_SUPPLY, SUPPLY, supply(2))
    assert in_order.warnings == ()


_ALL_DAYS = ("合同签订日期", "约定交地时间", "约定开工时间", "约定竣工时间")


@settings(deadline=None)
@given(days=st.lists(st.dates(), min_size=4, max_size=4))
def test_days_in_any_order_are_asked_about_where_one_lies_before_another(days: list[Any]) -> None:
    from landsteward.domain.land_supply import SupplyRow, doubts_about
    from landsteward.tabular.vocabulary import roster_words

    fields = ("signed_on", "agreed_delivery_on", "agreed_start_on", "agreed_completion_on")
    row = SupplyRow(
        electronic_no="3499992021B00001", holder="甲", **dict(zip(fields, days, strict=True))
    )
    limits = roster_words(LAND_SUPPLY).limits()
    asked = {one.field for one in doubts_about(row, limits, max(days))}
    assert bool(asked) == (days != sorted(days))


class TestAreas:
    @pytest.mark.parametrize(
        ("kind", "header", "row", "column"),
        [
            (PARCELS, ("宗地名称", "面积(亩)"), ["一号地", 50000], "面积(亩)"),
            (
                PARCELS,
                ("宗地名称", "面积(亩)", "承租人", "租赁面积(公顷)"),
                ["一号地", 30, "甲虚构公司", 200],
                "租赁面积(公顷)",
            ),
            (
                METRICS,
                ("企业名称", "年度", "用地面积(公顷)"),
                ["甲公司", 2023, 1500],
                "用地面积(公顷)",
            ),
            (LAND_SUPPLY, SUPPLY, supply(1, 面积="25000"), "面积(公顷)"),
        ],
    )
    def test_an_area_that_can_hardly_be_meant_asks_for_its_unit(
        self,
        desk: RosterDesk,
        kind: RosterKind,
        header: Sequence[str],
        row: Sequence[object],
        column: str,
    ) -> None:
        add_enterprise(desk.ctx, name="甲公司")
        result = take(desk, kind, header, row)
        assert outcomes(result) == ["created"]
        (asked,) = [one for one in result.warnings if "公顷 or 亩" in str(one.reason)]
        assert asked.column == column

    def test_users_cannot_have_more_than_there_is(self, desk: RosterDesk) -> None:
        header = ("宗地名称", "面积(亩)", "土地使用权人", "承租人", "租赁面积(亩)")
        row = ["一号地", 30, "甲虚构公司", "乙虚构公司", 45]
        assert said(take(desk, PARCELS, header, row)) == [
            "Lessees have 10,000.00 m² more than there is."
        ]


class TestDoubles:
    HEADER = ("企业名称", "统一社会信用代码", "联系电话")

    def test_the_same_code_twice_in_a_sheet_is_one_or_a_contradiction(
        self, desk: RosterDesk
    ) -> None:
        rows = [["甲虚构公司", code(1), ""], ["甲虚构 公司", code(1), "1"], ["乙", code(1), ""]]
        result = take(desk, ENTERPRISES, self.HEADER, *rows)
        assert outcomes(result) == ["created", "updated", "rejected"]
        assert reasons(result) == [(4, "企业名称", "Row 2, of the same record, says otherwise.")]

    def test_the_same_code_on_record_is_that_record(self, desk: RosterDesk) -> None:
        add_enterprise(desk.ctx, name="甲虚构公司", uscc=code(1))
        result = take(desk, ENTERPRISES, self.HEADER, ["乙虚构公司", code(1), ""])
        assert outcomes(result) == ["updated"]
        assert "On record until now: 甲虚构公司. It becomes: 乙虚构公司." in said(result)

    def test_names_nearly_the_same_in_sheet_and_record_are_asked_about(
        self, desk: RosterDesk
    ) -> None:
        add_enterprise(desk.ctx, name="亳州示例药业有限公司")
        rows = [["示例药业（亳州）有限责任公司", "", ""], ["示列药业有限公司", "", ""]]
        result = take(desk, ENTERPRISES, self.HEADER, *rows)
        assert outcomes(result) == ["created", "created"]
        assert said(result) == [
            "Nearly the same name as: 亳州示例药业有限公司. One enterprise?",
            "Nearly the same name as: 亳州示例药业有限公司, 示例药业（亳州）有限责任公司. "
            "One enterprise?",
        ]

    def test_parcels_by_unit_code_in_sheet_and_record(self, desk: RosterDesk) -> None:
        header = ("宗地名称", "不动产单元号", "面积(亩)")
        take(desk, PARCELS, header, ["一号地", unit_code(1), 30])
        rows = [["一号地", unit_code(1), 30], ["一号地", unit_code(1), 31], ["二", unit_code(2), 1]]
        result = take(desk, PARCELS, header, *rows)
        assert outcomes(result) == ["unchanged", "rejected", "created"]
