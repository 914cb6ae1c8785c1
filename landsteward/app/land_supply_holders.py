"""Who holds a supplied parcel: the enterprise on record that a row names, or a new one."""

from collections.abc import Iterable, Mapping

from landsteward.app.context import Context
from landsteward.domain.identifiers import name_key
from landsteward.domain.land_supply import SupplyRow
from landsteward.domain.register import Enterprise
from landsteward.domain.states import EnterpriseKind, OrganisationKind
from landsteward.domain.text import Message, msg


class Holders:
    """The holders that rows name, matched to the record. `made` are those that were not there.

    Organisations are one by their name wherever they are; persons only within a district. A holder
    that is not named (个人) is a person of its own for each supply.
    """

    def __init__(
        self,
        ctx: Context,
        supplies: Iterable[SupplyRow],
        batch_id: str,
        *,
        recorded: Mapping[str, Enterprise],
    ) -> None:
        """`recorded`: by key, the holders on record of the supplies that the rows may change."""
        self._recorded = recorded
        self._ctx = ctx
        self._batch_id = batch_id
        named = {one.holder for one in supplies if one.holder_named} - {""}
        self._keys = {holder: name_key(holder) for holder in named}
        self._known = {
            key: list(known)
            for key, known in ctx.workspace.reports.enterprises_by_name_key(
                sorted(set(self._keys.values()))
            ).items()
        }
        self._carriers = {
            name_key(one.name): one.id
            for one in ctx.workspace.organisations.where(kind=OrganisationKind.CARRIER)
        }
        self._names = {one.id: one.name for found in self._known.values() for one in found}
        self._names |= {key: one.name for key, one in recorded.items()}
        self.made: list[Enterprise] = []

    def carrier_of(self, supply: SupplyRow) -> str | None:
        """The carrier that is called like the supply's district."""
        return self._carriers.get(name_key(supply.district)) if self._carriers else None

    def recorded(self, holder_id: str | None) -> Enterprise | None:
        """The holder on record of a supply that the rows may change."""
        return None if holder_id is None else self._recorded.get(holder_id)

    def name_of(self, holder_id: str | None) -> str:
        """What a holder on record, or one that was found or made, is called; "" where unknown."""
        return self._names.get(holder_id or "", "")

    def is_same(self, holder_id: str | None, supply: SupplyRow) -> bool:
        """Whether the enterprise on record is the one that the row names.

        A row that names nobody does not contradict whoever is on record.
        """
        if not supply.holder_named:
            return holder_id is not None
        return any(one.id == holder_id for one in self._known.get(self._keys[supply.holder], ()))

    def find(self, supply: SupplyRow) -> tuple[str | None, Message | None]:
        """The enterprise that holds the land, made where it is not on record; and what is odd.

        A record whose kind a person has corrected is found all the same.
        """
        if not supply.holder:
            return None, None
        if not supply.holder_named:
            return self._make(supply).id, None
        known = self._known.setdefault(self._keys[supply.holder], [])
        organisations = [one for one in known if one.kind is EnterpriseKind.ORGANISATION]
        persons = [
            one
            for one in known
            if one.kind is EnterpriseKind.PERSON
            and name_key(one.district) == name_key(supply.district)
        ]
        is_person = supply.holder_kind is EnterpriseKind.PERSON
        found = (persons or organisations) if is_person else (organisations or persons)
        if len(found) > 1:
            return found[0].id, msg(
                "{count} on record have this name: the oldest is taken.", count=len(found)
            )
        if found:
            return found[0].id, None
        enterprise = self._make(supply)
        known.append(enterprise)
        return enterprise.id, None

    def _make(self, supply: SupplyRow) -> Enterprise:
        is_person = supply.holder_kind is EnterpriseKind.PERSON
        enterprise = Enterprise(
            id=self._ctx.ids.new(),
            name=supply.holder,
            name_key=name_key(supply.holder),
            kind=supply.holder_kind,
            industry_name="" if is_person else supply.industry_name,
            carrier_id=self.carrier_of(supply),
            district=supply.district,
            batch_id=self._batch_id,
        )
        self._names[enterprise.id] = enterprise.name
        self.made.append(enterprise)
        return enterprise
