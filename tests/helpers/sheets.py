"""Made-up sheets of land supply: places and holders that do not exist."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

HEADER = (
    "行政区",
    "电子监管号",
    "项目名称",
    "项目位置",
    "面积(公顷)",
    "土地来源",
    "土地用途",
    "供地方式",
    "土地使用年限",
    "行业分类",
    "土地级别",
    "成交价格(万元)",
    "土地使用权人",
    "约定容积率下限",
    "约定容积率上限",
    "约定交地时间",
    "约定开工时间",
    "约定竣工时间",
    "实际开工时间",
    "实际竣工时间",
    "批准单位",
    "合同签订日期",
)

_FIRST = {
    "行政区": "示例县",
    "电子监管号": "3499992021B00001",
    "项目名称": "年产一万件样品项目",
    "项目位置": "示例县开发区一号路",
    "面积(公顷)": "2.500000",
    "土地来源": "新增建设用地",
    "土地用途": "工业用地",
    "供地方式": "挂牌出让",
    "土地使用年限": "50",
    "行业分类": "食品制造业",
    "土地级别": "四级",
    "成交价格(万元)": "600.0000",
    "土地使用权人": "虚构食品有限公司",
    "约定容积率下限": "1.00",
    "约定容积率上限": "",
    "约定交地时间": "2021年05月01日",
    "约定开工时间": "2021年11月01日",
    "约定竣工时间": "2023年11月01日",
    "实际开工时间": "Nah",
    "实际竣工时间": "1901-01-02",
    "批准单位": "示例县",
    "合同签订日期": "2021年03月15日",
}


def supply(number: int = 1, **changed: object) -> list[object]:
    """The cells of one supply under HEADER; `changed` by header, brackets left out."""
    cells: dict[str, object] = dict(_FIRST)
    cells["电子监管号"] = f"3499992021B{number:05d}"
    cells["项目位置"] = f"示例县开发区{number}号路"
    for name, value in changed.items():
        key = next(label for label in HEADER if label.split("(")[0] == name)
        cells[key] = value
    return [cells[label] for label in HEADER]


def write_xlsx(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    header: Sequence[object] | None = HEADER,
    title: Sequence[Sequence[object]] = (),
    more: Mapping[str, Sequence[Sequence[object]]] | None = None,
) -> Path:
    """A workbook with title rows, header and rows, and further sheets."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    lines = [*title, *([header] if header is not None else []), *rows]
    for name, content in {"供地结果": lines, **(more or {})}.items():
        sheet = book.add_worksheet(name)
        for at, cells in enumerate(content):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif cell is not None:
                    sheet.write(at, column, cell)
    book.close()
    return path


def write_text(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    delimiter: str = "|",
    header: Sequence[str] = HEADER,
    encoding: str = "utf-8",
    line_end: str = "\n",
) -> Path:
    """A text whose columns are parted by a sign."""
    lines = [delimiter.join(map(str, cells)) for cells in (header, *rows)]
    path.write_bytes((line_end.join(lines) + line_end).encode(encoding))
    return path


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _biff(rows: Sequence[Sequence[object]], *, encrypted: bool) -> bytes:
    """A BIFF8 stream with one sheet of texts and figures."""
    beginning = _record(0x809, struct.pack("<HHHHII", 0x600, 0x5, 0x0DBB, 0x07CC, 0, 0x06))
    password = _record(0x2F, struct.pack("<HHH", 0, 0x1234, 0x5678)) if encrypted else b""
    name = "供地".encode("utf-16-le")
    bound = struct.pack("<IBBBB", 0, 0, 0, len(name) // 2, 1) + name
    globals_size = len(beginning) + len(password) + len(_record(0x85, bound)) + 4
    bound = struct.pack("<IBBBB", globals_size, 0, 0, len(name) // 2, 1) + name
    stream = beginning + password + _record(0x85, bound) + _record(0x0A, b"")
    stream += _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 0x06))
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(cell, int | float):
                stream += _record(0x203, place + struct.pack("<d", cell))
            elif cell not in ("", None):
                text = str(cell).encode("utf-16-le")
                stream += _record(0x204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    return stream + _record(0x0A, b"")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    none = 0xFFFFFFFF
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2 if text else 0, kind, 1, none, none, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def write_xls(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    encrypted: bool = False,
    stream_name: str = "Workbook",
) -> Path:
    """An old binary workbook (BIFF8 in an OLE container), made by hand: nothing writes them now."""
    stream = _biff(rows, encrypted=encrypted).ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    tables = -(-(sectors + 2) // 127)
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    first = tables + 1
    chain = [table] * tables + [end]
    chain += [*range(first + 1, first + sectors), end]
    chain += [free] * (tables * 128 - len(chain))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", *range(tables), *[free] * (109 - tables))
    directory = _entry("Root Entry", 5, 1, end, 0)
    directory += _entry(stream_name, 2, free, first, len(stream))
    directory += _entry("", 0, free, 0, 0) * 2
    body = struct.pack(f"<{len(chain)}I", *chain) + directory + stream.ljust(sectors * 512, b"\0")
    path.write_bytes(head + body)
    return path
