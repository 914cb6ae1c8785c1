"""Rosters of whatever content: sheet → workspace → sheet → workspace comes out the same."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landsteward.app.context import Context
from landsteward.app.importing import Outcome
from landsteward.app.language import Language, current_language, use_language
from landsteward.app.register import add_enterprise
from landsteward.app.rosters_table import RosterKind
from landsteward.domain.identifiers import name_key
from landsteward.domain.states import Scale, Tenure
from tests.helpers.office import Office, open_office
from tests.helpers.roster_desk import METRICS, PARCELS, RosterDesk, code, unit_code
from tests.helpers.sheets import HEADER as SUPPLY
from tests.helpers.sheets import supply, write_xlsx

ENTERPRISES = (
    "企业名称",
    "信用代码",
    "行业名称",
    "规模",
    "区县",
    "地址",
    "法人",
    "联系人",
    "电话",
    "备注",
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


# Text a person may type; what means "none" in a sheet would not come back.
words = st.text(
    st.sampled_from("示例甲乙丙丁一二三路号=+-@（）()ABCxyz0123456789·，,|\"' "),
    min_size=1,
    max_size=12,
).map(lambda text: f"示{' '.join(text.split())}例")
maybe = st.one_of(st.just(""), words)


def some(most: int) -> st.SearchStrategy[str]:
    """Figures with up to four decimals, as text."""
    return st.integers(1, most * 10_000).map(lambda n: f"{Decimal(n) / 10_000:f}")


def exact(most: int) -> st.SearchStrategy[str]:
    """Such figures; sometimes nothing."""
    return st.one_of(st.just(""), some(most))


enterprises = st.lists(
    st.tuples(
        words,
        st.one_of(st.just(""), st.integers(1, 999_999).map(code)),
        maybe,
        st.sampled_from(["", "规上", "规下"]),
        maybe,
        maybe,
        maybe,
        maybe,
        maybe,
        maybe,
    ),
    min_size=1,
    max_size=8,
    unique_by=(lambda row: name_key(row[0]), lambda row: row[1] or row[0]),
)
parcels = st.lists(
    st.tuples(
        words,
        st.one_of(st.just(""), st.integers(1, 99_999).map(unit_code)),
        st.just(""),
        maybe,
        exact(60),
        maybe,
        st.just(""),
    ),
    min_size=1,
    max_size=8,
    unique_by=(lambda row: name_key(row[0]), lambda row: row[1] or row[0]),
)
figures = st.lists(
    st.tuples(
        st.sampled_from(["甲公司", "乙公司"]),
        st.just(""),
        st.integers(2015, 2025),
        exact(10**6),
        exact(10**6),
        st.integers(1, 900).map(str),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda row: (row[0], row[2]),
)


USERS = (
    *("宗地名称", "不动产单元号", "面积(公顷)"),
    *("土地使用权人", "统一社会信用代码", "分摊面积(公顷)", "取得日期"),
    *("承租人", "租赁面积(公顷)", "起租日期", "租赁到期日期"),
)
days = st.dates(date(1990, 1, 1), date(2026, 1, 1)).map(date.isoformat)
maybe_days = st.one_of(st.just(""), days)


@st.composite
def parcels_with_users(draw: st.DrawFn) -> list[tuple[Any, ...]]:
    """Parcels, some with a holder and some with a lessee, each of a few enterprises."""
    rows = []
    for number in draw(st.lists(st.integers(1, 99_999), min_size=1, max_size=6, unique=True)):
        holder, lessee = draw(st.integers(0, 3)), draw(st.integers(0, 3))
        held = (f"第{holder}虚构公司", code(holder), draw(exact(9)), draw(maybe_days))
        begins = draw(maybe_days)
        ends = draw(st.dates(date(2027, 1, 1), date(2040, 1, 1)).map(date.isoformat))
        leased = (f"{lessee}号虚构租户公司", draw(exact(9)), begins, ends if begins else "")
        rows.append(
            (
                f"{number}号地",
                unit_code(number),
                # No share is as much as the whole.
                str(draw(st.integers(10, 60))),
                *(held if holder else ("", "", "", "")),
                *(leased if lessee else ("", "", "", "")),
            )
        )
    return rows


@st.composite
def supplies(draw: st.DrawFn) -> list[list[object]]:
    """Land supplies with and without number and holder, each of another place."""
    rows = []
    places = draw(st.lists(words, min_size=1, max_size=6, unique_by=name_key))
    for number, place in enumerate(places, 1):
        low, high = sorted(draw(st.lists(st.integers(1, 40), min_size=2, max_size=2)))
        signed, start, done = sorted(draw(st.lists(days, min_size=3, max_size=3)))
        rows.append(
            supply(
                number,
                **{
                    "行政区": draw(maybe),
                    "电子监管号": draw(st.sampled_from(["", f"3499992021B{number:05d}"])),
                    "项目名称": draw(maybe),
                    "项目位置": place,
                    "面积": draw(some(60)),
                    "土地用途": draw(maybe),
                    "土地级别": draw(maybe),
                    "行业分类": draw(maybe),
                    "成交价格": draw(exact(10**5)),
                    "土地使用权人": draw(maybe),
                    "约定容积率下限": f"{Decimal(low) / 10:f}",
                    "约定容积率上限": f"{Decimal(high) / 10:f}",
                    "约定交地时间": draw(st.sampled_from(["", signed])),
                    "约定开工时间": start,
                    "约定竣工时间": draw(st.sampled_from(["", done])),
                    "实际开工时间": draw(st.sampled_from(["", start])),
                    "实际竣工时间": "",
                    "合同签订日期": signed,
                },
            )
        )
    return rows


def _plain(value: object) -> object:
    """A value as it stands in a sheet."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value or ""


def _hectares(area: Decimal | None) -> object:
    return "" if area is None else f"{area / 10_000:f}"


def _users(ctx: Context) -> list[tuple[Any, ...]]:
    space = ctx.workspace
    firms = {one.id: one for one in space.enterprises.where()}
    rows = []
    for parcel in space.parcels.where():
        used = space.occupancies.where(parcel_id=parcel.id) if parcel.batch_id else []
        owner = next((one for one in used if one.tenure is Tenure.OWNER), None)
        lessee = next((one for one in used if one.tenure is Tenure.LESSEE), None)
        if not parcel.batch_id:
            continue
        held = (
            ("", "", "", "")
            if owner is None
            else (
                firms[owner.enterprise_id].name,
                firms[owner.enterprise_id].uscc,
                "" if owner.area_m2 == parcel.area_m2 else _hectares(owner.area_m2),
                _plain(owner.from_on),
            )
        )
        leased = (
            ("", "", "", "")
            if lessee is None
            else (
                firms[lessee.enterprise_id].name,
                _hectares(lessee.area_m2),
                _plain(lessee.from_on),
                _plain(lessee.to_on),
            )
        )
        rows.append((parcel.name, parcel.unit_code, _hectares(parcel.area_m2), *held, *leased))
    return rows


def _supplies(ctx: Context) -> list[tuple[Any, ...]]:
    space = ctx.workspace
    firms = {one.id: one.name for one in space.enterprises.where()}
    rows: list[tuple[Any, ...]] = []
    for one in space.supply_contracts.where():
        parcel = space.parcels.get(one.parcel_id)
        if one.batch_id:
            rows.append(
                (
                    *(parcel.district, one.electronic_no or "", one.project_name),
                    *(parcel.location, _hectares(one.area_m2), one.land_source),
                    *(parcel.land_use, one.supply_method, one.term_years, one.industry_name),
                    *(one.land_grade, _plain(one.price_wan), firms.get(one.holder_id or "", "")),
                    *(_plain(one.plot_ratio_min), _plain(one.plot_ratio_max)),
                    *(_plain(one.agreed_delivery_on), _plain(one.agreed_start_on)),
                    *(_plain(one.agreed_completion_on), _plain(one.actual_start_on)),
                    *(_plain(one.actual_completion_on), one.approved_by, _plain(one.signed_on)),
                )
            )
    return rows


def _enterprises(ctx: Context) -> list[tuple[Any, ...]]:
    scales = {None: "", Scale.ABOVE: "规上", Scale.BELOW: "规下"}
    found = [one for one in ctx.workspace.enterprises.where() if one.batch_id]
    return [
        (
            one.name,
            one.uscc or "",
            one.industry_name,
            scales[one.scale],
            one.district,
            one.address,
            one.legal_representative,
            one.contact,
            one.phone,
            one.note,
        )
        for one in found
    ]


def _parcels(ctx: Context) -> list[tuple[Any, ...]]:
    return [
        (
            one.name,
            one.unit_code or "",
            "",
            one.location,
            "" if one.area_m2 is None else f"{one.area_m2 / 10_000:f}",
            one.land_use,
            "",
        )
        for one in ctx.workspace.parcels.where()
        if one.batch_id
    ]


def _figures(ctx: Context) -> list[tuple[Any, ...]]:
    names = {one.id: one.name for one in ctx.workspace.enterprises.where()}
    return [
        (
            names[one.enterprise_id],
            "",
            one.year,
            "" if one.tax_wan is None else f"{one.tax_wan:f}",
            "" if one.revenue_wan is None else f"{one.revenue_wan:f}",
            "" if one.land_area_m2 is None else f"{one.land_area_m2 * 15 / 10_000:.4f}",
        )
        for one in ctx.workspace.yearly_metrics.where()
    ]


def _texts(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    return sorted([str(cell) for cell in row] for row in rows)


def _open(folder: Path) -> Office:
    folder.mkdir()
    office = open_office(folder)
    for name in ("甲公司", "乙公司"):
        add_enterprise(office.carrier, name=name)
    return office


@pytest.mark.parametrize(
    ("kind", "header", "rows_of", "kept"),
    [
        (RosterKind.ENTERPRISES, ENTERPRISES, enterprises, _enterprises),
        (RosterKind.PARCELS, PARCELS, parcels, _parcels),
        (RosterKind.METRICS, METRICS, figures, _figures),
        (RosterKind.PARCELS, USERS, parcels_with_users(), _users),
        (RosterKind.LAND_SUPPLY, SUPPLY, supplies(), _supplies),
    ],
    ids=["enterprises", "parcels", "metrics", "parcels with users", "land supply"],
)
def test_from_sheet_to_workspace_to_sheet_to_workspace(
    tmp_path_factory: pytest.TempPathFactory,
    kind: RosterKind,
    header: tuple[str, ...],
    rows_of: st.SearchStrategy[list[tuple[Any, ...]]],
    kept: Callable[[Context], list[tuple[Any, ...]]],
) -> None:
    @settings(
        deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(rows=rows_of)
    def check(rows: list[tuple[Any, ...]]) -> None:
        folder = tmp_path_factory.mktemp("trip")
        first, second = _open(folder / "1"), _open(folder / "2")
        try:
            desk = RosterDesk(first.carrier, folder)
            result = desk.take(kind, desk.sheet(header, rows))
            assert {row.outcome for row in result.outcomes} == {Outcome.CREATED}
            once = kept(first.carrier)
            if kind is not RosterKind.METRICS:
                # Figures of years come back with more places than they had.
                assert _texts(once) == _texts(rows)
            out = write_xlsx(folder / "out.xlsx", once, header=header)
            RosterDesk(second.carrier, folder).take(kind, out)
            assert sorted(kept(second.carrier)) == sorted(once)
            again = desk.take(kind, out)
            assert {row.outcome for row in again.outcomes} == {Outcome.UNCHANGED}
        finally:
            first.workspace.close()
            second.workspace.close()

    check()
