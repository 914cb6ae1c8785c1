"""The checklists against the field's own list (`domain.md` §6), item by item.

The table below is that list as it was handed to us: for each item the severity (1 重大, 2 较重,
3 一般, 4 提示) and the articles it rests on. It is written out here by hand and not taken from the
pack, so that a slip in the pack shows.
"""

import pytest

from landsteward.packs.source import Packs
from tests.helpers.statutes import articles, in_chinese, rests_on

PACK = Packs().current()

TABLE = """
natural_resources
  start_overdue_1y           2  闲置土地处置办法 2 14
  start_overdue_2y           1  闲置土地处置办法 2 14
  suspended_1y               2  闲置土地处置办法 2
  completion_overdue         3  合同
  use_changed                1  土地管理法 56 81
  occupied_beyond_approval   1  土地管理法 77
  illegal_transfer           1  土地管理法 74
  built_without_permit       1  城乡规划法 64
  planning_conditions_broken 2  城乡规划法 43 45
  temporary_building_overdue 3  城乡规划法 66
  plot_ratio_short           3  合同 · 控制指标
  building_coefficient_short 3  合同 · 控制指标
  office_land_share_high     3  控制指标
  office_floor_share_high    3  控制指标 · 实施方案 26
  unregistered               3  民法典 349
  seized_or_mortgaged        4  城市房地产管理法 38
  transferred_below_quarter  2  城市房地产管理法 39
  output_contract_unmet      2  实施方案 13 · 民法典 577 · 产出合同
ecology
  eia_missing                1  环境影响评价法 25 31
  eia_major_change           2  环境影响评价法 24
  three_simultaneities       1  建设项目环境保护管理条例 15 19 23
  permit_missing             1  排污许可管理条例 2 33
  permit_change_late         3  排污许可管理条例 14
  above_limits               1  排污许可管理条例 34
  hidden_pipe_or_false_data  1  排污许可管理条例 34
  outlets_irregular          2  排污许可管理条例 18 36
  self_monitoring            2  排污许可管理条例 19 20 36
  ledger_and_report          3  排污许可管理条例 21 22 37
  disclosure                 3  排污许可管理条例 23 36
  solid_waste_ledger         3  固体废物污染环境防治法 36 102
  hazardous_waste_management 2  固体废物污染环境防治法 77 78 112
  hazardous_waste_transfer   1  固体废物污染环境防治法 80 82 112
  vocs_uncollected           2  大气污染防治法 45 108
  noise                      2  噪声污染防治法 36 75
  emergency_plan             3  环境保护法 47
market
  no_licence                 1  市场主体登记管理条例 43
  change_unregistered        3  市场主体登记管理条例 24 46
  licence_not_displayed      4  市场主体登记管理条例 36 48
  licence_lent               2  市场主体登记管理条例 36 48
  annual_report_missing      3  企业信息公示 8 17
  abnormal_three_years       1  企业信息公示 8 17
  closed_six_months          2  公司法 260
  capital_unpaid             3  公司法 47 266
  equipment_unregistered     2  特种设备安全法 33 83
  equipment_not_inspected    1  特种设备安全法 40 84
  operators_uncertified      2  特种设备安全法 14 86
  equipment_files            3  特种设备安全法 35 39 83
  equipment_scrapped         2  特种设备安全法 48 84
  product_fails              1  产品质量法 13 49 50
  labels                     3  产品质量法 27 54
  measuring_instruments      3  计量法 9 25
  standard_undeclared        4  标准化法 27 38
industry
  tax_per_mu_below_contract  2  实施方案 11
  grade_d                    2  实施方案 11
  grade_d_two_years          1  实施方案 11
  above_threshold_not_counted 4 实施方案 17
  production_stopped         2  实施方案 17
  phased_out_equipment       1  节约能源法 17 71
  energy_review_missing      2  节约能源法 15 68
  energy_over_quota          2  节约能源法 16 72
  energy_metering            3  节约能源法 27 74
  key_user_report            3  节约能源法 53 82
  energy_post                4  节约能源法 55 84
  clean_production_audit     2  清洁生产促进法 27 39
  statistics_false           2  统计法 44 45
  statistics_late            3  统计法 44 45
tax
  filed_late                 3  税收征收管理法 62
  arrears                    2  税收征收管理法 32 40 68
  evasion                    1  税收征收管理法 63
  land_use_tax               3  城镇土地使用税暂行条例 3
  property_tax               3  房产税暂行条例 3 4
  deed_tax                   3  契税法 10 11
  environment_tax            3  环境保护税法 18 19
housing
  no_construction_permit     1  建筑法 7 64
  used_before_acceptance     1  建筑法 61
  acceptance_not_filed       3  建设工程质量管理条例 49
  fire_acceptance            1  消防法 11 13 58
emergency
  safety_organisation        2  安全生产法 24 97
  safety_three_simultaneities 2 安全生产法 31
  major_hazards              1  安全生产法 40 101
  hidden_dangers             1  安全生产法 41 101 102
  exits_and_dormitory        1  安全生产法 42
  lease_safety_agreement     3  安全生产法 49
  fire_equipment             2  消防法 16 28 60
"""
"""Where §6 names no article (在统计, 停产) the items rest on item 17's duty to check."""


def lines() -> list[tuple[str, str, int, str]]:
    """Department, key, severity and bases of every line of the table."""
    found: list[tuple[str, str, int, str]] = []
    department = ""
    for line in TABLE.strip().splitlines():
        if not line.startswith(" "):
            department = line
        else:
            key, severity, bases = line.split(maxsplit=2)
            found.append((department, key, int(severity), bases))
    return found


def test_numbers_are_written_as_statutes_write_them() -> None:
    written = [in_chinese(number) for number in (8, 10, 14, 20, 100, 102, 110, 112, 260)]
    assert written == [
        "八",
        "十",
        "十四",
        "二十",
        "一百",
        "一百零二",
        "一百一十",
        "一百一十二",
        "二百六十",
    ]


@pytest.mark.parametrize(("department", "key", "severity", "bases"), lines())
def test_each_item_has_the_severity_and_the_articles_of_the_list(
    department: str, key: str, severity: int, bases: str
) -> None:
    item = PACK.item(key)
    assert (item.department, item.severity.value) == (department, severity)
    assert rests_on(PACK, item.bases) == articles(bases)


def test_the_checklists_hold_these_items_in_this_order_and_no_others() -> None:
    found: dict[str, list[str]] = {one.key: [] for one in PACK.departments}
    wanted: dict[str, list[str]] = {one.key: [] for one in PACK.departments}
    for item in PACK.items:
        found[item.department].append(item.key)
    for department, key, _severity, _bases in lines():
        wanted[department].append(key)
    assert found == wanted


def test_the_four_departments_of_item_17_take_part_and_the_others_do_not() -> None:
    """Item 17: 经济和信息化、自然资源、生态环境、市场监管."""
    taking_part = {one.key for one in PACK.departments if one.on}
    assert taking_part == {"industry", "natural_resources", "ecology", "market"}
    assert {one.key for one in PACK.departments} - taking_part == {"tax", "housing", "emergency"}
