from dataclasses import replace
from pathlib import Path

import pytest

from landsteward.app.engagements import edit_engagement
from landsteward.app.views import ListFilter, ListKind, Sort
from landsteward.domain.register import SupplyContract
from tests.helpers.office import open_office
from tests.unit.db.conftest import Desk


@pytest.fixture
def park(desk: Desk) -> Desk:
    gujing = desk.enterprise(
        "亳州古井贡酒股份有限公司", uscc="913416001513409463", district="谯城区"
    )
    desk.enterprise("重庆长江药业", contact="欧阳修")
    desk.enterprise('A&B "北" OR NEAR* <x>-1')
    desk.enterprise("老王😀商店")
    parcel = desk.parcel("一号地块", location="芍花路北侧", electronic_no="3416022007B00552")
    with desk.change():
        desk.workspace.supply_contracts.add(
            SupplyContract(
                id="s-1",
                parcel_id=parcel.id,
                identity="x",
                holder_id=gujing.id,
                contract_no="亳出让2007-12",
            )
        )
    desk.case("体检〔2026〕1号", gujing)
    desk.case("体检〔2026〕12号")
    return desk


def found(desk: Desk, text: str) -> list[str]:
    return [hit.title for hit in desk.workspace.reports.search(text, 20)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("古", "亳州古井贡酒股份有限公司"),
        ("井贡", "亳州古井贡酒股份有限公司"),
        ("古井 谯城", "亳州古井贡酒股份有限公司"),
        ("gj", "亳州古井贡酒股份有限公司"),
        ("bzgjgj", "亳州古井贡酒股份有限公司"),
        ("GJ", "亳州古井贡酒股份有限公司"),
        ("gujing", "亳州古井贡酒股份有限公司"),
        ("guji", "亳州古井贡酒股份有限公司"),
        ("bozhou gong", "亳州古井贡酒股份有限公司"),
        ("9134160015", "亳州古井贡酒股份有限公司"),
        ("9463", "亳州古井贡酒股份有限公司"),
        ("913416001513409463", "亳州古井贡酒股份有限公司"),
        ("chongqing", "重庆长江药业"),
        ("zhongqing", "重庆长江药业"),
        ("cqcj", "重庆长江药业"),
        ("欧阳", "重庆长江药业"),
        ('A&B "北" OR NEAR*', 'A&B "北" OR NEAR* <x>-1'),
        ("near", 'A&B "北" OR NEAR* <x>-1'),
        ("-1", 'A&B "北" OR NEAR* <x>-1'),
        ("老王😀商店", "老王😀商店"),
        ("芍花", "一号地块"),
        ("yhdk", "一号地块"),
        ("3416022007", "一号地块"),
        ("0552", "一号地块"),
        ("亳出让2007", "一号地块"),
        ("体检〔2026〕12", "体检〔2026〕12号"),
        ("2026 12", "体检〔2026〕12号"),
    ],
)
def test_a_scrap_finds(park: Desk, text: str, title: str) -> None:
    assert title in found(park, text)


@pytest.mark.parametrize(
    "text", ["", " ", '"', "*", "😀", "-", "NEAR(古 井)", "古 AND", "井古", "words:古x", "x" * 5000]
)
def test_what_fits_nothing_finds_nothing(park: Desk, text: str) -> None:
    assert found(park, text) == []


def test_what_is_named_exactly_comes_first(park: Desk) -> None:
    park.enterprise("古井")
    park.enterprise("新古井厂")
    assert found(park, "古井")[:2] == ["古井", "新古井厂"]
    assert found(park, "体检〔2026〕1号")[0] == "体检〔2026〕1号"


def test_an_enterprise_brings_its_cases_and_parcels(park: Desk) -> None:
    hits = park.workspace.reports.search("古井贡", 20)
    assert [(hit.kind, hit.title) for hit in hits] == [
        ("enterprise", "亳州古井贡酒股份有限公司"),
        ("case", "体检〔2026〕1号"),
        ("parcel", "一号地块"),
    ]
    assert hits[1].subtitle == "亳州古井贡酒股份有限公司"


def test_the_index_follows_changes(park: Desk) -> None:
    (enterprise,) = park.workspace.enterprises.where(name="重庆长江药业")
    with park.change():
        park.workspace.enterprises.save(replace(enterprise, name="涡阳药厂"))
    assert found(park, "长江") == []
    assert found(park, "guoyang") == []
    assert found(park, "wyyc") == ["涡阳药厂"]
    with park.change():
        park.workspace.enterprises.retire(enterprise.id)
    assert found(park, "涡阳") == []


def test_what_is_taken_back_is_not_found(park: Desk) -> None:
    def fail() -> None:
        with park.change():
            with park.change():
                park.enterprise("幻影厂")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert found(park, "幻影") == []


def test_the_index_survives_a_copy(park: Desk) -> None:
    park.reopen()
    assert found(park, "gj")[0] == "亳州古井贡酒股份有限公司"
    assert park.workspace.check().ok


def test_short_names_people_places_and_phones_find(desk: Desk) -> None:
    desk.enterprise(
        "亳州市永兴金属制品有限公司",
        short_name="永金",
        contact="宋晓",
        legal_representative="乔木",
        address="工业大道88号",
        phone="13905670123",
    )
    for text in ("永金", "yj", "yongjin", "宋晓", "乔", "大道", "工业大道88", "0123", "1390567"):
        assert found(desk, text) == ["亳州市永兴金属制品有限公司"], text


def test_two_texts_side_by_side_are_no_phrase(desk: Desk) -> None:
    desk.enterprise("甲乙厂", contact="丙丁", legal_representative="戊")
    assert found(desk, "丙丁戊") == []
    assert found(desk, "丙丁 戊") == ["甲乙厂"]


def test_any_scrap_of_a_contract_number_finds_its_parcel_and_says_so(desk: Desk) -> None:
    parcel = desk.parcel("七号地块")
    desk.parcel("八号地块")
    with desk.change():
        desk.workspace.supply_contracts.add(
            SupplyContract(
                id="s-7",
                parcel_id=parcel.id,
                identity="7",
                contract_no="341602出让〔2021〕17号",
                project_name="年产五万吨铸件",
            )
        )
    number, project = "341602出让〔2021〕17号", "年产五万吨铸件"
    for text, by in (
        ("341602出让", number),
        ("〔2021〕17", number),
        ("出让", number),
        ("铸件", project),
    ):
        (hit,) = desk.workspace.reports.search(text, 20)
        assert (hit.title, hit.subtitle) == ("七号地块", by), text
        kept = desk.workspace.lists.ids(
            ListKind.PARCELS, ListFilter(text=text), Sort(column="name")
        )
        assert kept == [parcel.id]
    supply = desk.workspace.supply_contracts.get("s-7")
    with desk.change():
        desk.workspace.supply_contracts.save(replace(supply, contract_no="换证2023-9"))
    assert found(desk, "换证2023") == ["七号地块"]
    assert found(desk, "341602出让") == []


def test_names_come_before_what_is_found_elsewhere_and_it_is_said_by_what(desk: Desk) -> None:
    desk.enterprise("乙厂", address="古泉路1号", uscc="91341600MA2RABCD1X")
    desk.enterprise("新古泉公司")
    desk.enterprise("古泉酒业")
    desk.enterprise("长名企业有限公司", short_name="古泉")
    hits = desk.workspace.reports.search("古泉", 20)
    assert [hit.title for hit in hits] == [
        "长名企业有限公司",
        "古泉酒业",
        "新古泉公司",
        "乙厂",
    ]
    assert [hits[0].subtitle, hits[3].subtitle] == ["古泉", "古泉路1号"]


def test_a_firm_is_found_by_its_name_and_its_contract(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    (one,) = office.workspace.engagements.where()
    edit_engagement(office.carrier, engagement_id=one.id, contract_no="示服〔2026〕3号")
    for text in ("律师", "示服〔2026〕3"):
        hits = office.workspace.reports.search(text, 10)
        assert [(hit.kind, hit.id) for hit in hits] == [("firm", one.firm_id)]
    office.workspace.close()
