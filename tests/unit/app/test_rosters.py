"""Import of rosters: who is known, what changes, what is refused and why."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from landsteward.app.importing import write_refused_rows
from landsteward.app.language import Language, current_language, use_language
from landsteward.app.merging import merge_enterprises
from landsteward.app.people import add_organisation
from landsteward.app.register import add_enterprise, edit_enterprise
from landsteward.app.rosters_layouts import remember_layout
from landsteward.app.rosters_plan import Decision, Mode, Options
from landsteward.app.rosters_table import ColumnChoice, Correction, RosterKind
from landsteward.domain.errors import InputFileError, RefusedMoveError
from landsteward.domain.register import Enterprise
from landsteward.domain.states import EnterpriseKind, OrganisationKind, Scale
from landsteward.tabular.writing import RefusedRows
from tests.helpers.office import Office
from tests.helpers.roster_desk import (
    ENTERPRISES,
    RosterDesk,
    code,
    outcomes,
    reasons,
    said,
    unit_code,
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> RosterDesk:
    return RosterDesk(office.carrier, tmp_path)


def company(
    name: str = "甲虚构食品有限公司",
    uscc: str | None = None,
    *,
    industry: str = "",
    scale: str = "",
    carrier: str = "",
    phone: str = "",
    note: str = "",
) -> list[object]:
    return [name, code(1) if uscc is None else uscc, industry, scale, carrier, phone, note]


def named(desk: RosterDesk, name: str) -> Enterprise:
    (found,) = desk.ctx.workspace.enterprises.where(name=name)
    return found


class TestEnterprises:
    def test_a_row_becomes_an_enterprise_with_everything_it_says(self, desk: RosterDesk) -> None:
        result = desk.enterprises(
            company(industry="C149", scale="规上", carrier="示例园区管委会", phone="0558-1")
        )
        assert outcomes(result) == ["created"]
        made = named(desk, "甲虚构食品有限公司")
        assert (made.uscc, made.scale, made.phone) == (code(1), Scale.ABOVE, "0558-1")
        assert made.industry_code == "C149"
        assert made.carrier_id is not None
        assert result.batch is not None
        assert made.batch_id == result.batch.id

    def test_code_goes_before_name(self, desk: RosterDesk) -> None:
        desk.enterprises(company("旧名有限公司"))
        result = desk.enterprises(company("新名有限公司"))
        assert outcomes(result) == ["updated"]
        assert named(desk, "新名有限公司").uscc == code(1)
        assert any("旧名有限公司" in one for one in said(result))

    def test_a_name_without_a_code_is_found_and_given_it(self, desk: RosterDesk) -> None:
        desk.enterprises(company(uscc=""))
        result = desk.enterprises(company("甲虚构食品有限公司 "))
        assert outcomes(result) == ["updated"]
        assert named(desk, "甲虚构食品有限公司").uscc == code(1)

    def test_one_name_with_two_codes_is_two_and_said(self, desk: RosterDesk) -> None:
        result = desk.enterprises(company(), company(uscc=code(2)))
        assert outcomes(result) == ["created", "created"]
        assert any("another code" in one for one in said(result))

    def test_a_name_that_several_bear_needs_the_code(self, desk: RosterDesk) -> None:
        desk.enterprises(company(), company(uscc=code(2)))
        result = desk.enterprises(company(uscc="", phone="1"))
        assert reasons(result) == [
            (2, "企业名称", "2 on record have this name: give the credit code.")
        ]

    def test_persons_are_one_only_within_a_district(self, desk: RosterDesk) -> None:
        header = ("企业名称", "所属区县", "联系电话")
        kind = RosterKind.ENTERPRISES
        first = desk.sheet(header, [["王样本", "甲县", "1"], ["王样本", "乙县", "2"]])
        assert outcomes(desk.take(kind, first)) == ["created", "created"]
        again = desk.sheet(header, [["王样本", "乙县", "3"]])
        assert outcomes(desk.take(kind, again)) == ["updated"]
        found = desk.ctx.workspace.enterprises.where(name="王样本")
        assert {(one.district, one.phone, one.kind) for one in found} == {
            ("甲县", "1", EnterpriseKind.PERSON),
            ("乙县", "3", EnterpriseKind.PERSON),
        }

    def test_blanks_never_erase(self, desk: RosterDesk) -> None:
        desk.enterprises(company(phone="0558-1", scale="规下", note="甲"))
        assert outcomes(desk.enterprises(company())) == ["unchanged"]
        made = named(desk, "甲虚构食品有限公司")
        assert (made.phone, made.scale, made.note) == ("0558-1", Scale.BELOW, "甲")

    def test_notes_are_added_to_what_a_person_wrote(self, desk: RosterDesk) -> None:
        desk.enterprises(company(note="甲"))
        made = named(desk, "甲虚构食品有限公司")
        edit_enterprise(desk.ctx, enterprise_id=made.id, note="手写")
        assert outcomes(desk.enterprises(company(note="乙"))) == ["updated"]
        assert named(desk, "甲虚构食品有限公司").note == "手写\n乙"
        assert outcomes(desk.enterprises(company(note="乙"), company(uscc=code(2)))) == [
            "unchanged",
            "created",
        ]

    @pytest.mark.parametrize("wrong", ["911101085513850820", "9134", "91341699MAOOOOOO1X"])
    def test_a_code_that_fails_its_check_is_refused(self, desk: RosterDesk, wrong: str) -> None:
        result = desk.enterprises(company(uscc=wrong), company("好", code(3)))
        assert outcomes(result) == ["rejected", "created"]
        ((row, column, _reason),) = reasons(result)
        assert (row, column) == (2, "统一社会信用代码")

    def test_such_a_code_is_kept_with_a_reason(self, desk: RosterDesk) -> None:
        wrong = "911101085513850820"
        path = desk.sheet(ENTERPRISES, [company(uscc=wrong)])
        kind = RosterKind.ENTERPRISES
        assert outcomes(desk.take(kind, path)) == ["rejected"]
        kept = desk.take(kind, path, options=Options(keep_codes={wrong: "执照上如此"}))
        assert outcomes(kept) == ["created"]
        made = named(desk, "甲虚构食品有限公司")
        assert (made.uscc, made.uscc_reason) == (wrong, "执照上如此")
        in_column = desk.sheet(
            ("企业名称", "信用代码", "代码保留原因"), [["乙", "911101085513850821", "旧证"]]
        )
        assert outcomes(desk.take(kind, in_column)) == ["created"]
        assert named(desk, "乙").uscc_reason == "旧证"

    def test_nearly_the_same_name_is_asked_about(self, desk: RosterDesk) -> None:
        desk.enterprises(company("亳州示例药业有限公司", ""))
        result = desk.enterprises(company("亳州（示例）药业有限责任公司", code(5)))
        assert outcomes(result) == ["created"]
        assert [one for one in said(result) if "亳州示例药业有限公司" in one]

    def test_a_place_in_the_name_does_not_tell_two_apart(self, desk: RosterDesk) -> None:
        desk.enterprises(company("亳州示例药业有限公司", ""))
        result = desk.enterprises(company("示例药业（亳州）有限公司", code(5)))
        assert [one for one in said(result) if "亳州示例药业有限公司" in one]

    @pytest.mark.parametrize(
        ("known", "new"),
        [
            ("示例药业有限公司", "示列药业有限公司"),
            ("亳州市示例药业有限公司", "亳州示例业药有限公司"),
            ("示例集团药业有限公司", "示例药业有限公司"),
            ("示例药业商贸公司", "示例药商贸公司"),
        ],
    )
    def test_a_name_one_slip_apart_is_asked_about(
        self, desk: RosterDesk, known: str, new: str
    ) -> None:
        desk.enterprises(company(known, ""))
        result = desk.enterprises(company(new, code(5)))
        assert outcomes(result) == ["created"]
        assert said(result) == [f"Nearly the same name as: {known}. One enterprise?"]
        # Also further up in the same sheet, whatever is on record.
        known, new = known.replace("示", "样本"), new.replace("示", "样本")
        sheet = desk.enterprises(company(known, ""), company(new, ""))
        assert said(sheet) == [f"Nearly the same name as: {known}. One enterprise?"]

    @pytest.mark.parametrize(
        ("known", "new", "given"),
        [
            ("示例药业一厂", "示例药业二厂", ""),
            ("示例药业1号公司", "示例药业2号公司", ""),
            ("示例药业有限公司", "示列药业有限公司", code(4)),
            ("亳州示例药业有限公司", "示例药业有限公司", code(4)),
        ],
    )
    def test_another_number_or_another_organisations_code_is_another_enterprise(
        self, desk: RosterDesk, known: str, new: str, given: str
    ) -> None:
        desk.enterprises(company(known, given))
        assert said(desk.enterprises(company(new, code(5)))) == []

    def test_a_short_name_is_taken_over(self, desk: RosterDesk) -> None:
        path = desk.sheet(
            ("企业名称", "信用代码", "企业简称"), [["甲虚构食品有限公司", code(1), "甲虚"]]
        )
        assert outcomes(desk.take(RosterKind.ENTERPRISES, path)) == ["created"]
        assert named(desk, "甲虚构食品有限公司").short_name == "甲虚"

    def test_contradicting_rows_name_each_other(self, desk: RosterDesk) -> None:
        result = desk.enterprises(
            company(phone="1"), company(phone="", scale="规上"), company(phone="2")
        )
        assert outcomes(result) == ["created", "updated", "rejected"]
        assert reasons(result) == [(4, "联系电话", "Row 2, of the same record, says otherwise.")]
        made = named(desk, "甲虚构食品有限公司")
        assert (made.phone, made.scale) == ("1", Scale.ABOVE)

    def test_an_unknown_carrier_is_said_and_left_out(self, desk: RosterDesk) -> None:
        result = desk.enterprises(company(carrier="没有的园区"))
        assert outcomes(result) == ["created"]
        assert "No carrier of this name is set up: left out." in said(result)
        add_organisation(desk.ctx, kind=OrganisationKind.CARRIER, name="没有的园区")
        later = desk.enterprises(company(carrier="没有的园区"), company("乙", code(2)))
        assert outcomes(later) == ["updated", "created"]

    @pytest.mark.parametrize("given", ["", "911101085513850820"])
    def test_a_merged_record_leads_to_the_one_that_stayed(
        self, desk: RosterDesk, given: str
    ) -> None:
        kept = Options(keep_codes={"911101085513850820": "旧证"})
        desk.enterprises(company(uscc=given), company("乙", code(2), phone="1"), options=kept)
        goes, stays = named(desk, "甲虚构食品有限公司"), named(desk, "乙")
        merge_enterprises(desk.ctx, stays_id=stays.id, goes_id=goes.id)
        again = desk.enterprises(company(uscc=given, phone="2"), options=kept)
        assert outcomes(again) == ["updated"]
        assert "It was merged and is on record as 乙." in said(again)
        (stayed,) = [one for one in desk.ctx.workspace.enterprises.where() if one.batch_id]
        assert (stayed.id, stayed.name, stayed.uscc) == (stays.id, "乙", code(2))
        assert stayed.phone == "2"


class TestModes:
    def test_skip_leaves_the_record_and_says_so(self, desk: RosterDesk) -> None:
        desk.enterprises(company(phone="1"))
        result = desk.enterprises(company(phone="2"), options=Options(mode=Mode.SKIP))
        assert outcomes(result) == ["unchanged"]
        assert named(desk, "甲虚构食品有限公司").phone == "1"
        assert any("联系电话" in one for one in said(result))

    def test_ask_lists_what_differs_and_waits_for_a_decision(self, desk: RosterDesk) -> None:
        desk.enterprises(company(phone="1"), company("乙", code(2), phone="1"))
        rows = [company(phone="2"), company("乙", code(2), phone="2"), company("丙", code(3))]
        path = desk.sheet(ENTERPRISES, rows)
        kind = RosterKind.ENTERPRISES
        plan = desk.plan(kind, path, options=Options(mode=Mode.ASK))
        assert outcomes(plan) == ["rejected", "rejected", "created"]
        first, second = plan.known
        assert (first.row, first.name) == (2, "甲虚构食品有限公司")
        (difference,) = first.differences
        assert (difference.column, difference.before, difference.after) == ("联系电话", "1", "2")
        decided = Options(
            mode=Mode.ASK, decisions={first.row: Decision.UPDATE, second.row: Decision.SKIP}
        )
        result = desk.take(kind, path, options=decided)
        assert outcomes(result) == ["updated", "unchanged", "created"]
        assert (named(desk, "甲虚构食品有限公司").phone, named(desk, "乙").phone) == ("2", "1")

    @pytest.mark.parametrize("mode", [Mode.SKIP, Mode.ASK])
    def test_a_second_row_of_a_record_is_held_back_like_the_first(
        self, desk: RosterDesk, mode: Mode
    ) -> None:
        desk.enterprises(company())
        result = desk.enterprises(company(), company(phone="2"), options=Options(mode=mode))
        expected = {Mode.SKIP: "unchanged", Mode.ASK: "rejected"}
        assert outcomes(result) == ["unchanged", expected[mode]]
        assert named(desk, "甲虚构食品有限公司").phone == ""

    def test_a_second_row_says_what_it_overwrites(self, desk: RosterDesk) -> None:
        desk.enterprises(company(phone="1"))
        result = desk.enterprises(company(scale="规上"), company(phone="2"))
        assert outcomes(result) == ["updated", "updated"]
        assert "On record until now: 1. It becomes: 2." in said(result)

    def test_the_same_file_again_undoes_no_correction(self, desk: RosterDesk) -> None:
        path = desk.sheet(ENTERPRISES, [company(phone="1")])
        kind = RosterKind.ENTERPRISES
        desk.take(kind, path)
        made = named(desk, "甲虚构食品有限公司")
        edit_enterprise(desk.ctx, enterprise_id=made.id, phone="2")
        before = desk.everything()
        assert outcomes(desk.take(kind, path)) == ["unchanged"]
        assert desk.everything() == before

    def test_a_preview_writes_nothing_and_says_the_same(self, desk: RosterDesk) -> None:
        path = desk.sheet(ENTERPRISES, [company(), company("乙", "bad")])
        before = desk.everything()
        plan = desk.plan(RosterKind.ENTERPRISES, path)
        assert desk.everything() == before
        assert plan.as_json() == desk.take(RosterKind.ENTERPRISES, path).as_json()

    def test_cancelling_leaves_nothing(self, desk: RosterDesk) -> None:
        class Stop(Exception):
            pass

        path = desk.sheet(ENTERPRISES, [company(f"第{n}公司", code(n)) for n in range(600)])
        calls = []

        def progress(done: int, total: int) -> None:
            calls.append((done, total))
            # The second count runs while records are being written.
            if len(calls) > 3 and done == 0:
                raise Stop

        before = desk.everything()
        with pytest.raises(Stop):
            desk.take(RosterKind.ENTERPRISES, path, progress=progress)
        assert desk.everything() == before

    def test_who_only_reads_may_not_import(self, office: Office, desk: RosterDesk) -> None:
        path = desk.sheet(ENTERPRISES, [company()])
        reader = RosterDesk(office.reader, desk.folder)
        with pytest.raises(RefusedMoveError):
            reader.take(RosterKind.ENTERPRISES, path)


class TestParcels:
    def test_unit_code_then_supervision_number_then_place(self, desk: RosterDesk) -> None:
        first = desk.parcels(
            ["1号", unit_code(1), "3416992021B00001", "甲路1号", "2", "工业用地", ""],
            ["2号", "", "3416992021B00002", "甲路2号", "2", "工业用地", ""],
            ["3号", "", "", "甲路3号", "2", "工业用地", ""],
        )
        assert outcomes(first) == ["created"] * 3
        second = desk.parcels(
            ["一号", unit_code(1), "", "", "3", "", ""],
            ["二号", "", "3416992021B00002", "", "3", "", ""],
            ["3号", "", "", "甲路３号", "3", "", ""],
        )
        assert outcomes(second) == ["updated"] * 3
        areas = {one.name: one.area_m2 for one in desk.ctx.workspace.parcels.where()}
        assert areas["一号"] == areas["二号"] == areas["3号"] == Decimal(30000)

    def test_units_are_read_and_huge_areas_asked_about(self, desk: RosterDesk) -> None:
        result = desk.parcels(
            ["1号", "", "", "", "50000亩", "", ""], ["2号", "", "", "", "15", "", ""]
        )
        assert outcomes(result) == ["created", "created"]
        assert [one for one in said(result) if "亩" in one and "公顷" in one]
        areas = {one.name: one.area_m2 for one in desk.ctx.workspace.parcels.where()}
        assert areas["2号"] == Decimal(150000)

    def test_an_area_without_a_unit_is_taken_for_mu_and_said(self, desk: RosterDesk) -> None:
        path = desk.sheet(("地块名称", "坐落", "面积"), [["1号", "甲路", 15]])
        result = desk.take(RosterKind.PARCELS, path)
        assert any("亩" in one for one in said(result))
        (made,) = desk.ctx.workspace.parcels.where(name="1号")
        assert made.area_m2 == Decimal(10000)

    def test_two_parcels_of_one_name_need_a_code(self, desk: RosterDesk) -> None:
        desk.parcels(
            ["一期", unit_code(1), "", "甲路", "1", "", ""],
            ["一期", unit_code(2), "", "乙路", "1", "", ""],
        )
        result = desk.parcels(["一期", "", "", "", "2", "", ""])
        assert outcomes(result) == ["rejected"]

    def test_a_malformed_unit_code_is_refused(self, desk: RosterDesk) -> None:
        result = desk.parcels(["1号", "341602001001GB00001", "", "", "1", "", ""])
        ((row, column, _reason),) = reasons(result)
        assert (row, column) == (2, "不动产单元号")


class TestMetrics:
    @pytest.fixture(autouse=True)
    def _known(self, desk: RosterDesk) -> None:
        add_enterprise(desk.ctx, name="甲虚构食品有限公司", uscc=code(1))
        add_enterprise(desk.ctx, name="乙虚构药业有限公司")

    def years(self, desk: RosterDesk) -> dict[tuple[str, int], tuple[object, object]]:
        names = {one.id: one.name[:1] for one in desk.ctx.workspace.enterprises.where()}
        return {
            (names[one.enterprise_id], one.year): (one.tax_wan, one.land_area_m2)
            for one in desk.ctx.workspace.yearly_metrics.where()
        }

    def test_one_row_for_each_enterprise_and_year(self, desk: RosterDesk) -> None:
        result = desk.metrics(
            ["", code(1), "2023年", "12.5", "", 15],
            ["乙虚构药业有限公司", "", 2023, "3", "", ""],
            ["乙虚构药业有限公司", "", "2024年度", "4", "", ""],
        )
        assert outcomes(result) == ["created"] * 3
        assert self.years(desk) == {
            ("甲", 2023): (Decimal("12.5"), Decimal(10000)),
            ("乙", 2023): (Decimal(3), None),
            ("乙", 2024): (Decimal(4), None),
        }

    def test_one_group_of_columns_for_each_year(self, desk: RosterDesk) -> None:
        path = desk.sheet(
            ("", "税收(元)", "税收(元)", "用地(亩)"),
            [["乙虚构药业有限公司", 20000, 30000, 15]],
            title=[("企业名称", "2022年", "2023年", "2023年")],
        )
        assert outcomes(desk.take(RosterKind.METRICS, path)) == ["created"]
        assert self.years(desk) == {
            ("乙", 2022): (Decimal(2), None),
            ("乙", 2023): (Decimal(3), Decimal(10000)),
        }

    def test_the_year_of_a_title(self, desk: RosterDesk) -> None:
        path = desk.sheet(
            ("企业名称", "税收"),
            [["乙虚构药业有限公司", 2]],
            title=[("示例县2023年度亩均效益数据（单位：万元）",)],
        )
        desk.take(RosterKind.METRICS, path)
        assert self.years(desk) == {("乙", 2023): (Decimal(2), None)}

    def test_without_any_year_rows_are_refused_until_a_person_says_it(
        self, desk: RosterDesk
    ) -> None:
        path = desk.sheet(("企业名称", "税收"), [["乙虚构药业有限公司", 2]])
        assert outcomes(desk.take(RosterKind.METRICS, path)) == ["rejected"]
        told = desk.take(RosterKind.METRICS, path, correction=Correction(year=2022))
        assert outcomes(told) == ["created"]
        assert self.years(desk) == {("乙", 2022): (Decimal(2), None)}

    def test_enterprises_that_are_not_there_are_refused(self, desk: RosterDesk) -> None:
        result = desk.metrics(
            ["没有的公司", "", 2023, 1, "", ""],
            ["", code(9), 2023, 1, "", ""],
            ["甲虚构食品有限公司", code(9), 2023, 1, "", ""],
            ["乙虚构药业有限公司", "", 2031, 1, "", ""],
            ["乙虚构药业有限公司", "", 2023, "", "", ""],
        )
        assert outcomes(result) == ["rejected"] * 5

    def test_known_figures_are_updated_and_the_former_said(self, desk: RosterDesk) -> None:
        desk.metrics(["乙虚构药业有限公司", "", 2023, 1, 5, ""])
        result = desk.metrics(["乙虚构药业有限公司", "", 2023, 2, "", ""])
        assert outcomes(result) == ["updated"]
        assert any("1 万元" in one and "2 万元" in one for one in said(result))
        (kept,) = desk.ctx.workspace.yearly_metrics.where()
        assert (kept.tax_wan, kept.revenue_wan) == (Decimal(2), Decimal(5))

    def test_one_year_twice_in_a_file(self, desk: RosterDesk) -> None:
        result = desk.metrics(
            ["乙虚构药业有限公司", "", 2023, 1, "", ""],
            ["乙虚构药业有限公司", "", 2023, "", 8, ""],
            ["乙虚构药业有限公司", "", 2023, 2, "", ""],
        )
        assert outcomes(result) == ["created", "updated", "rejected"]
        assert "Row 2" in reasons(result)[0][2]


class TestReading:
    def test_a_corrected_column_is_remembered_for_its_layout(self, desk: RosterDesk) -> None:
        header = ("企业名称", "口径甲", "备注")
        rows = [["甲", "0558-1", ""]]
        kind = RosterKind.ENTERPRISES
        path = desk.sheet(header, rows)
        correction = Correction(header_row=1, columns={1: ColumnChoice(field="phone")})
        seen = desk.reader.look(path, kind, correction)
        assert [one.field for one in seen.columns] == ["name", "phone", "note"]
        remember_layout(desk.ctx, kind=kind, layout=seen.layout, correction=correction)
        other = desk.sheet(header, [["乙", "0558-2", ""]], title=[("标题",)])
        result = desk.take(kind, other)
        assert result.seen.remembered
        assert named(desk, "乙").phone == "0558-2"

    def test_without_a_header_a_person_may_name_it(self, desk: RosterDesk) -> None:
        path = desk.sheet(("甲列", "乙列"), [["虚构公司", "0558"]])
        kind = RosterKind.ENTERPRISES
        seen = desk.reader.look(path, kind)
        assert (seen.header_row, seen.missing) == (None, ("企业名称", "统一社会信用代码"))
        assert [one.cells for one in seen.preview] == [("甲列", "乙列"), ("虚构公司", "0558")]
        with pytest.raises(InputFileError):
            desk.take(kind, path)
        columns = {0: ColumnChoice(field="name"), 1: ColumnChoice(field="phone")}
        given = Correction(header_row=1, columns=columns)
        assert outcomes(desk.take(kind, path, correction=given)) == ["created"]
        assert named(desk, "虚构公司").phone == "0558"

    def test_refused_rows_are_mended_and_imported_though_a_person_named_the_columns(
        self, desk: RosterDesk, tmp_path: Path
    ) -> None:
        add_enterprise(desk.ctx, name="乙虚构药业有限公司")
        path = desk.sheet(
            ("企业名称", "口径甲", "税收"),
            [["乙虚构药业有限公司", "很多", 1], ["没有的公司", 2, 2]],
            title=[("2023年度",)],
        )
        columns = {
            1: ColumnChoice(field="revenue_wan", unit="元"),
            2: ColumnChoice(field=""),
        }
        result = desk.take(RosterKind.METRICS, path, correction=Correction(columns=columns))
        assert outcomes(result) == ["rejected", "rejected"]
        assert result.batch is not None
        refused = tmp_path / "refused.xlsx"
        count = write_refused_rows(
            desk.ctx, batch_id=result.batch.id, path=refused, writer=RefusedRows()
        )
        assert count == 2
        add_enterprise(desk.ctx, name="没有的公司")
        again = desk.take(RosterKind.METRICS, refused)
        assert outcomes(again) == ["rejected", "created"]
        (made,) = desk.ctx.workspace.yearly_metrics.where()
        assert (made.year, made.revenue_wan, made.tax_wan) == (2023, Decimal("0.0002"), None)


def test_an_import_by_rows_out_of_order_keeps_every_row_accounted_for(desk: RosterDesk) -> None:
    result = desk.enterprises(company(), [], company("", ""), ["合计"], company("乙", code(2)))
    document = result.as_json()
    assert document["rows"] == sum(
        (document[name] for name in ("created", "updated", "unchanged")), len(document["rejected"])
    )
    assert result.rows == 2
