from collections.abc import Sequence

from db.connection import Session
from landsteward.app.views import ListFilter, ListKind, ListRow, Sort


class SqlLists:
    def __init__(self, session: Session) -> None:
        self._session = session

    def ids(self, kind: ListKind, wanted: ListFilter, sort: Sort) -> list[str]:
        raise NotImplementedError

    def rows(self, kind: ListKind, ids: Sequence[str]) -> list[ListRow]:
        raise NotImplementedError
