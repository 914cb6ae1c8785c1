"""What left the workspace: who took what along, when, and under which name (`domain.md` §9)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Exported(StrEnum):
    """清单 / 案卷 / 文书 / 证据材料 / 界址 / 地图."""

    LIST = "list"
    DOSSIER = "dossier"
    PAPER = "paper"
    EVIDENCE = "evidence"
    BOUNDARIES = "boundaries"
    MAP = "map"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportNote:
    """One export. `rows` of a list, None of what has none; `masked`: values were masked in it."""

    id: str
    at: datetime
    person_id: str
    kind: Exported
    title: str
    file_name: str
    rows: int | None = None
    masked: bool = False
