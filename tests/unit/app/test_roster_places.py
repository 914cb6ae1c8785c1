"""Where rows lie: area codes, names of districts and carriers, and what contradicts what."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from landsteward.app.language import Language, current_language, use_language
from landsteward.app.people import add_organisation
from landsteward.app.rosters import RosterResult
from landsteward.app.rosters_table import RosterKind
from landsteward.domain.register import Enterprise, Parcel
from landsteward.domain.states import OrganisationKind
from tests.helpers.office import Office
from tests.helpers.roster_desk import RosterDesk, code, outcomes, said, unit_code
from tests.helpers.sheets import HEADER, supply


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> RosterDesk:
    for name, own in (("亳州高新区", "BZGX"), ("谯城区人民政府", "341602")):
        add_organisation(office.administrator, kind=OrganisationKind.CARRIER, name=name, code=own)
    return RosterDesk(office.land_lead, tmp_path)


def company(
    desk: RosterDesk, *, area: object = "", district: str = "", carrier: str = ""
) -> tuple[RosterResult, Enterprise]:
    header = ("企业名称", "信用代码", "行政区划代码", "所属区县", "平台载体")
    row = ["甲虚构食品有限公司", code(1), area, district, carrier]
    result = desk.take(RosterKind.ENTERPRISES, desk.sheet(header, [row]))
    assert outcomes(result) == ["created"]
    (made,) = desk.ctx.workspace.enterprises.where(uscc=code(1))
    return result, made


@pytest.mark.parametrize("area", ["341602", 341602, "３４１６０２", "341602100", "341602100201"])
def test_a_known_code_fills_in_the_district(desk: RosterDesk, area: object) -> None:
    result, made = company(desk, area=area)
    assert made.district == "谯城区"
    assert said(result) == []


def test_a_code_in_the_place_of_the_name_is_put_into_words(desk: RosterDesk) -> None:
    result, made = company(desk, district="341621")
    assert (made.district, said(result)) == ("涡阳县", [])


@pytest.mark.parametrize(
    ("area", "district", "asked"),
    [
        ("340100", "", "340100 is not one of the areas listed."),
        ("341602999", "", "谯城区 has no township 341602999 that is listed."),
        ("34160", "", "An area code has 6, 9 or 12 digits, or is the code of one of our carriers."),
        ("341602", "涡阳县", "341602 is 谯城区, but the row says 涡阳县: which is right?"),
        ("341602100", "华佗镇", "341602100 is 谯城区, but the row says 华佗镇: which is right?"),
    ],
)
def test_unknown_codes_are_named_and_contradictions_asked_about(
    desk: RosterDesk, area: str, district: str, asked: str
) -> None:
    result, made = company(desk, area=area, district=district)
    assert said(result) == [asked]
    (note,) = result.warnings
    assert note.column == ("所属区县" if district else "行政区划代码")
    # What the row says by name is kept.
    assert made.district == district or (made.district == "谯城区" and area == "341602999")


@pytest.mark.parametrize(
    ("area", "district"),
    [
        ("341602", "亳州市谯城区"),
        ("341602", "古井镇"),
        ("341600", "谯城"),
        ("341602", "亳州高新区"),
    ],
)
def test_names_that_lie_within_or_are_carriers_contradict_nothing(
    desk: RosterDesk, area: str, district: str
) -> None:
    result, made = company(desk, area=area, district=district)
    assert (made.district, said(result)) == (district, [])


@pytest.mark.parametrize(
    ("carrier", "name"),
    [
        ("亳州高新区", "亳州高新区"),
        ("bzgx", "亳州高新区"),
        ("341602", "谯城区人民政府"),
        ("高新区", "亳州高新区"),
        ("亳州高新区管委会", "亳州高新区"),
    ],
)
def test_carriers_are_found_by_name_by_code_and_by_what_only_one_is_called(
    desk: RosterDesk, carrier: str, name: str
) -> None:
    result, made = company(desk, carrier=carrier)
    assert desk.ctx.workspace.organisations.get(made.carrier_id or "").name == name
    exact = carrier in (name, "bzgx", "341602")
    assert said(result) == ([] if exact else [f"Taken for {name}."])


def test_a_carriers_own_code_in_the_place_of_an_area_is_the_carrier(desk: RosterDesk) -> None:
    result, made = company(desk, area="BZGX", district="谯城区")
    assert desk.ctx.workspace.organisations.get(made.carrier_id or "").name == "亳州高新区"
    assert (made.district, said(result)) == ("谯城区", [])


def parcel(desk: RosterDesk, unit: str, district: str) -> tuple[RosterResult, Parcel]:
    header = ("宗地名称", "不动产单元号", "区划代码", "行政区")
    path = desk.sheet(header, [["一号地", unit, "", district]])
    result = desk.take(RosterKind.PARCELS, path)
    (made,) = desk.ctx.workspace.parcels.where(name="一号地")
    return result, made


def test_a_unit_code_of_another_county_is_asked_about(desk: RosterDesk) -> None:
    result, made = parcel(desk, unit_code(1), "涡阳县")
    assert said(result) == ["341602 is 谯城区, but the row says 涡阳县: which is right?"]
    assert made.district == "涡阳县"


@pytest.mark.parametrize("district", ["谯城区", "", "示例县", "亳州市"])
def test_a_unit_code_of_the_county_or_beside_an_unlisted_one_is_not(
    desk: RosterDesk, district: str
) -> None:
    result, made = parcel(desk, unit_code(1), district)
    assert (made.district, said(result)) == (district, [])


def test_land_supply_too(desk: RosterDesk) -> None:
    rows = [
        ["341602", *supply(1, 行政区="")],
        ["", *supply(2, 行政区="341623")],
        ["341602", *supply(3, 行政区="涡阳县")],
        ["", *supply(4, 行政区="441802")],
    ]
    path = desk.sheet(("行政区划代码", *HEADER), rows)
    result = desk.take(RosterKind.LAND_SUPPLY, path)
    found = desk.ctx.workspace.parcels.where()
    made = {one.electronic_no: one.district for one in found if one.batch_id}
    assert list(made.values()) == ["谯城区", "利辛县", "涡阳县", "441802"]
    assert [(note.row, str(note.reason)) for note in result.warnings] == [
        (4, "341602 is 谯城区, but the row says 涡阳县: which is right?"),
        (5, "A code stands where the name of the district should be."),
    ]
