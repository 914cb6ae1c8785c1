"""A made-up county of full size: 200 000 enterprises, 250 000 parcels, a million yearly figures.

Names are as varied as real ones: places, brands of two or three characters drawn unevenly, trades,
legal forms. The same numbers give the same county.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.helpers.office import credit_code

if TYPE_CHECKING:
    from landsteward.app.ports.surroundings import IdSource
    from landsteward.app.ports.workspace import Workspace
    from landsteward.domain.register import (
        Enterprise,
        Occupancy,
        Parcel,
        SupplyContract,
        YearlyMetrics,
    )

ENTERPRISES = 200_000
PARCELS = 250_000
YEARS = range(2021, 2026)
_SEED = 17
ROOT = Path(__file__).resolve().parents[1]

_PLACES = (
    *("亳州市", "亳州", "安徽省", "安徽", "谯城区", "涡阳县", "蒙城县", "利辛县", "亳州高新区"),
    *("合肥", "阜阳", "亳芜园区", "华佗镇", "古井镇", "", "", ""),
)
_BRAND_SIGNS = (
    "华昌达恒安康隆明瑞丰泰和兴盛源顺祥福宏金鑫鼎立信诚德仁义永久长远大新光辉星海天宇江河山林木"
    "青绿红白玉龙凤虎鹏翔飞腾跃腾跃创智慧科佳美好优良品佰仟万亿汇聚通达畅润泽沃禾谷麦稻香药草芍"
    "菊芝参桂兰竹梅松柏杨柳桃李杏枫榕樟桦楠檀磐岩石钢铁铜银锦绣丝绸布衣冠裘羽翎翠碧蓝紫橙黄朱"
)
_TRADES = (
    *("食品", "中药饮片", "药业", "生物科技", "白酒酿造", "包装材料", "塑料制品", "机械制造"),
    *("汽车零部件", "纺织", "服饰", "家具", "建材", "新型墙体材料", "混凝土", "钢结构"),
    *("电子科技", "光伏新能源", "农业发展", "粮油", "面粉", "饲料", "化工", "商贸", "物流"),
    *("仓储", "置业", "工程", "环保科技", "再生资源", "木业", "玻璃", "五金", "医疗器械"),
)
_FORMS = ("有限公司",) * 14 + ("有限责任公司", "股份有限公司", "厂", "集团有限公司", "合伙企业")
_ROADS = ("芍花路", "药都大道", "酒城大道", "养生大道", "工业大道", "创业路", "望州路", "紫苑路")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志文斌玉兰红梅"
_INDUSTRIES = (
    *(("C14", "食品制造业"), ("C27", "医药制造业"), ("C15", "酒、饮料和精制茶制造业")),
    *(("C34", "通用设备制造业"), ("C30", "非金属矿物制品业"), ("C17", "纺织业")),
)
_DISTRICTS = ("谯城区", "涡阳县", "蒙城县", "利辛县")
_GRADES = "AAAABBBBBBBBBCCCCCCD"


@dataclass(frozen=True, slots=True)
class County:
    """The workspace, and a folder of settings in which somebody has worked in it before."""

    file: Path
    settings: Path


_kept: list[TemporaryDirectory[str]] = []


@cache
def county() -> County:
    """The whole county, made once for all that is measured in one run; it takes some minutes.

    In a process of its own: what is measured in this one later would carry its memory along.
    """
    # Gone with the process.
    _kept.append(TemporaryDirectory())
    folder = Path(_kept[0].name)
    subprocess.run([sys.executable, "-m", "benchmarks.county", str(folder)], cwd=ROOT, check=True)
    return _there(folder)


def _there(folder: Path) -> County:
    return County(folder / "county.lsw", folder / "landsteward")


def _make(folder: Path) -> None:
    from landsteward import bootstrap

    there = _there(folder)
    person = fill_county(there.file)
    bootstrap.window_services(folder=there.settings).settings.acts(there.file, person)


def fill_county(
    target: Path,
    *,
    enterprises: int = ENTERPRISES,
    parcels: int = PARCELS,
    indexed: bool = True,
    add: "Callable[[Workspace, IdSource, list[Parcel], list[str]], None] | None" = None,
) -> str:
    """Make the county as a new workspace; the key of who works in it.

    `indexed`: search and lists know everything already, as they do after a first evening. `add`
    puts in more, with the parcels and the keys of enterprises; inside a transaction.
    """
    from landsteward import bootstrap

    ids, clock = bootstrap.system_ids(), bootstrap.SystemClock()
    workspace = bootstrap.create_workspace(target)
    try:
        person = bootstrap.command_line_actor(workspace, clock=clock, ids=ids)
        dice = random.Random(_SEED)
        firms = [_enterprise(ids, dice, number) for number in range(enterprises)]
        with workspace.transaction(actor_id=person.id, at=clock.now()):
            workspace.enterprises.add_many(firms)
        keys = [firm.id for firm in firms]
        with workspace.transaction(actor_id=person.id, at=clock.now()):
            plots, contracts, used = [], [], []
            for number in range(parcels):
                plot, contract, occupancy = _parcel(ids, dice, number, keys)
                plots.append(plot)
                contracts.append(contract)
                used.append(occupancy)
            workspace.parcels.add_many(plots)
            workspace.supply_contracts.add_many(contracts)
            workspace.occupancies.add_many(used)
        with workspace.transaction(actor_id=person.id, at=clock.now()):
            workspace.yearly_metrics.add_many(_metrics(ids, dice, keys))
        if add is not None:
            with workspace.transaction(actor_id=person.id, at=clock.now()):
                add(workspace, ids, plots, keys)
        if indexed:
            while workspace.derived.follow(_for_a_second()):
                pass
    finally:
        workspace.close()
    return person.id


def _for_a_second() -> Callable[[], bool]:
    end = time.monotonic() + 1
    return lambda: time.monotonic() < end


def _enterprise(ids: "IdSource", dice: random.Random, number: int) -> "Enterprise":
    from landsteward.domain.identifiers import name_key
    from landsteward.domain.register import Enterprise
    from landsteward.domain.states import Scale

    brand = "".join(dice.choices(_BRAND_SIGNS, k=dice.choice((2, 2, 2, 3))))
    trade, form = dice.choice(_TRADES), dice.choice(_FORMS)
    name = f"{dice.choice(_PLACES)}{brand}{trade}{form}"
    if dice.random() < 0.01:
        name = f"{name}第{number % 90 + 1}分公司"
    industry = dice.choice(_INDUSTRIES)
    return Enterprise(
        id=ids.new(),
        name=name,
        name_key=name_key(name),
        short_name=f"{brand}{trade[:2]}",
        uscc=credit_code(f"9134160{dice.choice('0123')}{_organisation(dice, number)}"),
        industry_code=industry[0],
        industry_name=industry[1],
        scale=Scale.ABOVE if dice.random() < 0.1 else Scale.BELOW,
        district=dice.choice(_DISTRICTS),
        address=f"{dice.choice(_ROADS)}{dice.randrange(1, 900)}号",
        legal_representative=_person(dice),
        contact=_person(dice),
        phone=f"1{dice.choice('3578')}{dice.randrange(10**9):09d}",
    )


def _organisation(dice: random.Random, number: int) -> str:
    """Nine characters, a number of its own in them; since 2015 new ones begin with MA."""
    mixed = number * 7919 % 1_000_003
    if dice.random() < 0.4:
        return f"{mixed:07d}{dice.randrange(100):02d}"
    return f"MA{dice.choice('2238')}{mixed:06d}"


def _person(dice: random.Random) -> str:
    return dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=dice.choice((1, 2, 2))))


def _parcel(
    ids: "IdSource", dice: random.Random, number: int, keys: list[str]
) -> tuple["Parcel", "SupplyContract", "Occupancy"]:
    from landsteward.domain.register import Occupancy, Parcel, SupplyContract

    holder = keys[number % len(keys)]
    area = Decimal(dice.randrange(2_000, 200_000))
    signed = date(2006, 1, 1) + timedelta(days=dice.randrange(6500))
    district = dice.choice(_DISTRICTS)
    code = f"3416{dice.choice(('02', '21', '22', '23'))}{signed.year}B{number % 100_000:05d}"
    parcel = Parcel(
        id=ids.new(),
        name=f"{district}{signed.year}-{number % 500 + 1}号地块",
        district=district,
        location=f"{dice.choice(_ROADS)}{dice.choice('东西南北')}侧",
        area_m2=area,
        land_use="工业用地",
        electronic_no=code,
    )
    contract = SupplyContract(
        id=ids.new(),
        parcel_id=parcel.id,
        identity=f"{code}-{number}",
        holder_id=holder,
        electronic_no=code,
        contract_no=f"3416{number % 24:02d}出让合同〔{signed.year}〕{number % 900 + 1}号",
        area_m2=area,
        price_wan=Decimal(dice.randrange(100, 9000)),
        signed_on=signed,
        agreed_start_on=signed + timedelta(days=180),
        agreed_completion_on=signed + timedelta(days=900),
    )
    occupancy = Occupancy(
        id=ids.new(), parcel_id=parcel.id, enterprise_id=holder, area_m2=area, from_on=signed
    )
    return parcel, contract, occupancy


def _metrics(ids: "IdSource", dice: random.Random, keys: list[str]) -> "Iterator[YearlyMetrics]":
    from landsteward.domain.register import YearlyMetrics

    for key in keys:
        area = Decimal(dice.randrange(2_000, 200_000))
        for year in YEARS:
            revenue = Decimal(dice.randrange(10, 90_000))
            yield YearlyMetrics(
                id=ids.new(),
                enterprise_id=key,
                year=year,
                land_area_m2=area,
                tax_wan=revenue * dice.randrange(1, 9) / 100,
                revenue_wan=revenue,
                value_added_wan=revenue / 4,
                energy_tce=Decimal(dice.randrange(5, 5_000)),
                grade=dice.choice(_GRADES) if year == YEARS[-1] else None,
            )


if __name__ == "__main__":
    _make(Path(sys.argv[1]))
