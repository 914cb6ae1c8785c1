"""Which enterprise a row of a roster names: by its credit code first, otherwise by its name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from landsteward.app.context import Context
from landsteward.app.rosters_planning import RowRefusedError
from landsteward.app.rosters_table import Values
from landsteward.domain.identifiers import check_uscc, compact, name_key
from landsteward.domain.register import Enterprise, EnterpriseKind
from landsteward.domain.text import Message, msg


def plain_code(text: str) -> str:
    """A credit code in its one form, whether it is one or not."""
    return compact(text).upper().replace("-", "")


class Named:
    """The enterprises on record that some rows name, and those that rows have made."""

    def __init__(self, ctx: Context, entries: Iterable[Values]) -> None:
        codes, keys = set[str](), set[str]()
        for entry in entries:
            if code := entry.get("uscc"):
                codes.add(plain_code(code))
            if name := entry.get("name"):
                keys.add(name_key(name))
        space = ctx.workspace
        self._by_code = dict(space.rosters.enterprises_by_code(sorted(codes)))
        self._by_name = {
            key: list(found)
            for key, found in space.reports.enterprises_by_name_key(sorted(keys)).items()
        }

    def adopt(self, enterprise: Enterprise) -> None:
        """Let an enterprise be found as it now is."""
        if enterprise.uscc:
            self._by_code[enterprise.uscc] = enterprise
        same = self._by_name.setdefault(enterprise.name_key, [])
        same[:] = [one for one in same if one.id != enterprise.id] + [enterprise]

    def everybody(self) -> Iterator[Enterprise]:
        """All that were found on record, some of them twice."""
        yield from self._by_code.values()
        for same in self._by_name.values():
            yield from same

    def by_code(self, code: str | None) -> Enterprise | None:
        """The enterprise of a code."""
        return self._by_code.get(code) if code else None

    def by_name(self, said: dict[str, Any]) -> Enterprise | None:
        """The one enterprise of a name whose code is not another one; persons within a district.

        Raises RowRefusedError where several may be meant.
        """
        found = self.of_name(said)
        code = said.get("uscc")
        if code:
            found = [one for one in found if not one.uscc]
        if len(found) > 1:
            raise RowRefusedError(
                "name",
                msg("{count} on record have this name: give the credit code.", count=len(found)),
            )
        return found[0] if found else None

    def of_name(self, said: dict[str, Any]) -> list[Enterprise]:
        """All enterprises of a name; of persons those of the same district."""
        same = self._by_name.get(name_key(said.get("name", "")))
        if not same:
            return []
        district = name_key(said.get("district", ""))
        return [
            one
            for one in same
            if one.kind is EnterpriseKind.ORGANISATION or name_key(one.district) == district
        ]


class NearNames:
    """The names on record, and those that rows have made, by what tells them from others.

    They are read from the record with the first that is asked about.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._loose_key = ctx.packs.codes().names.loose_key
        self._made: list[str] = []

    def doubt(self, name: str) -> Message | None:
        """What is asked about a new name that is nearly another one."""
        near = [
            one for one in self._names[self._loose_key(name)] if name_key(one) != name_key(name)
        ]
        if not near:
            return None
        return msg("Nearly the same name as: {names}. One enterprise?", names=", ".join(near[:3]))

    def adopt(self, name: str) -> None:
        """Let names further down be held against this one."""
        self._made.append(name)
        if "_names" in self.__dict__:
            self._put(self._names, name)

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for _key, name in self._ctx.workspace.rosters.enterprise_names():
            self._put(names, name)
        for name in self._made:
            self._put(names, name)
        return names

    def _put(self, names: dict[str, list[str]], name: str) -> None:
        alike = names[self._loose_key(name)]
        if name not in alike:
            alike.append(name)


class Codes:
    """Credit codes as rows give them, checked; those to be kept all the same, each with its why."""

    def __init__(self, keep: Mapping[str, str]) -> None:
        self._keep = {plain_code(code): why for code, why in keep.items()}

    def checked(self, text: str, field_name: str, why: str = "") -> tuple[str, str, Message | None]:
        """A code in its one form, the reason where one is needed to keep it, what is odd of it.

        `why` is the reason that the row itself gives. Raises RowRefusedError, about a field, where
        the code fails its check and no reason is given.
        """
        check = check_uscc(text)
        if check.refused is None:
            return check.value, "", check.doubtful
        reason = (self._keep.get(plain_code(text)) or why).strip()
        if not reason:
            raise RowRefusedError(field_name, check.refused)
        return check.value, reason, msg("Kept though it fails its check: {why}", why=reason)
