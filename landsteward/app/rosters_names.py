"""Which enterprise a row of a roster names: by its credit code first, otherwise by its name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from landsteward.app.context import Context
from landsteward.app.rosters_planning import RowRefusedError
from landsteward.app.rosters_table import Values
from landsteward.domain.duplicates import Named as Other
from landsteward.domain.duplicates import could_be_same
from landsteward.domain.identifiers import check_uscc, compact, name_key
from landsteward.domain.near import SlipFilter, slips
from landsteward.domain.register import Enterprise
from landsteward.domain.states import EnterpriseKind
from landsteward.domain.text import Message, msg

_MOST_NAMED = 3


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
        if same:
            same[:] = [one for one in same if one.id != enterprise.id]
        same.append(enterprise)

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
        name = said.get("name")
        same = self._by_name.get(name_key(name)) if name else None
        if not same:
            return []
        district = name_key(said.get("district", ""))
        return [
            one
            for one in same
            if one.kind is EnterpriseKind.ORGANISATION or name_key(one.district) == district
        ]


class NearNames:
    """Which names of a table are nearly the same as others, on record or further up in it.

    The record is looked through with the first name that is asked about. Two with codes of
    different organisations are two, however alike their names.
    """

    def __init__(self, ctx: Context, entries: Sequence[Values]) -> None:
        """`entries`: name and code of every enterprise that the table may bring."""
        self._ctx = ctx
        self._words = ctx.packs.codes().names
        self._entries = entries
        self._made: list[Enterprise] = []

    def doubt(self, name: str, code: str | None) -> Message | None:
        """What is asked about a new name that is nearly another one."""
        if not (self._open or self._recorded):
            return None
        known, key = self._known, self._key(name)
        near: list[str] = []
        for alike in (key, *self._beside.get(key, ())):
            for one in known.get(alike, ()):
                same = name_key(one.name) == name_key(name)
                if not same and could_be_same(one, Other("", name, code)):
                    near.append(one.name)
        if not near:
            return None
        names = ", ".join(list(dict.fromkeys(near))[:_MOST_NAMED])
        return msg("Nearly the same name as: {names}. One enterprise?", names=names)

    def adopt(self, record: Enterprise) -> None:
        """Let names further down be held against this one."""
        self._made.append(record)

    def _key(self, name: str) -> str:
        """A name's loose key: those of the table's names are known."""
        return self._keys.get(name) or self._words.loose_key(name)

    @cached_property
    def _keys(self) -> dict[str, str]:
        names = (entry.get("name") for entry in self._entries)
        return {name: self._words.loose_key(name) for name in names if name}

    @cached_property
    def _open(self) -> bool:
        """Whether some of the table's names come without a code."""
        return not all(entry.get("uscc") for entry in self._entries)

    @cached_property
    def _recorded(self) -> dict[str, list[Other]]:
        """By key, whatever on record may be near a name of the table."""
        known: dict[str, list[Other]] = defaultdict(list)
        near: SlipFilter | None = None
        for one in self._ctx.workspace.reports.named_enterprises():
            # Of two with codes it is known whether they are one.
            if one.uscc and not self._open:
                continue
            key = self._words.loose_key(one.name)
            near = near or SlipFilter(set(self._keys.values()), self._words.tells)
            if near.may_be_near(key):
                known[key].append(one)
        return known

    @property
    def _known(self) -> dict[str, list[Other]]:
        """The same with what rows have made."""
        known = self._recorded
        for one in self._made:
            known[self._key(one.name)].append(Other(one.id, one.name, one.uscc))
        self._made.clear()
        return known

    @cached_property
    def _beside(self) -> dict[str, list[str]]:
        """By key, the keys one slip apart."""
        keys = list(dict.fromkeys((*self._recorded, *self._keys.values())))
        beside: dict[str, list[str]] = defaultdict(list)
        for first, second in slips(keys, self._words.tells):
            beside[keys[first]].append(keys[second])
            beside[keys[second]].append(keys[first])
        return beside


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
