from collections.abc import Iterator, Sequence
from datetime import date

from db.connection import Session
from landsteward.app.views import BoardRow, Hit, TimelineEntry
from landsteward.domain.register import Enterprise, SupplyContract
from landsteward.domain.screening import ScreeningSubject


class SqlReports:
    def __init__(self, session: Session) -> None:
        self._session = session

    def search(self, text: str, limit: int) -> list[Hit]:
        raise NotImplementedError

    def timeline(self, case_id: str) -> list[TimelineEntry]:
        raise NotImplementedError

    def board(self, today: date) -> list[BoardRow]:
        raise NotImplementedError

    def screening_subjects(self) -> Iterator[ScreeningSubject]:
        raise NotImplementedError

    def supplies_by_identity(self, identities: Sequence[str]) -> dict[str, SupplyContract]:
        raise NotImplementedError

    def enterprises_by_name_key(self, keys: Sequence[str]) -> dict[str, list[Enterprise]]:
        raise NotImplementedError
