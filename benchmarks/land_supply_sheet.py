"""A made-up month of land supplies, of any length, as messy as published ones are."""

import random
from datetime import date, timedelta
from pathlib import Path

from tests.helpers.sheets import HEADER

_AS_PUBLISHED = {"行政区": "行政区:", "电子监管号": "电子监管号："}
_HEADER = [_AS_PUBLISHED.get(name, name) for name in HEADER if name != "土地来源"]
_SYLLABLES = "安博昌达恒华吉康隆明普瑞盛泰通祥新兴永源远泽正志中"
_TRADES = ("机械制造", "包装材料", "中药饮片", "食品加工", "纺织服装", "新型建材", "家具")
_TOWNS = ("东风镇", "望湖镇", "长桥乡", "青石镇", "南塘街道", "北岭镇")


def rows(count: int, *, seed: int = 7) -> list[tuple[str, ...]]:
    """So many supplies, the same ones for the same seed."""
    dice = random.Random(seed)
    return [_row(dice, number) for number in range(count)]


def _row(dice: random.Random, number: int) -> tuple[str, ...]:
    signed = date(2015, 1, 4) + timedelta(days=dice.randrange(3000))
    start = signed + timedelta(days=dice.randrange(60, 400))
    done = start + timedelta(days=dice.randrange(300, 900))
    name = "".join(dice.choices(_SYLLABLES, k=3)) + str(number)
    begun = start + timedelta(days=dice.randrange(-30, 200)) if dice.random() < 0.6 else None
    area = dice.randrange(3_000, 150_000) / 10_000
    return (
        "示例县",
        f"3499{signed.year % 100:02d}{signed.year}B{number:05d}",
        f"{name}项目",
        f"{dice.choice(_TOWNS)}工业大道{dice.randrange(1, 900)}号",
        f"{area:.6f}",
        "工业用地",
        dice.choice(("挂牌出让", "协议出让", "拍卖出让")),
        "50",
        dice.choice(_TRADES),
        dice.choice(("三级", "四级", "Nah")),
        f"{area * dice.randrange(150, 400):.4f}",
        f"亳示{name}{dice.choice(_TRADES)}有限公司",
        "1.00",
        "\xa0" if dice.random() < 0.4 else "2.50",
        _written(signed + timedelta(days=30)),
        _written(start),
        _written(done),
        f"{begun.year}/{begun.month}/{begun.day} 0:00:00" if begun else "Nah",
        "1901-01-02",
        "示例县人民政府",
        _written(signed),
    )


def _written(day: date) -> str:
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"


def write_xlsx(target: Path, count: int) -> None:
    """The month as a workbook."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(target), {"constant_memory": True})
    sheet = book.add_worksheet("sheet1")
    for number, cells in enumerate([_HEADER, *rows(count)]):
        sheet.write_row(number, 0, cells)
    book.close()
