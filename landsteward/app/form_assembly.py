"""Gathering one checkup's form for paper: within the dossier, or as a paper of its own."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from landsteward.app.cases import current_checkup
from landsteward.app.checkup_items import photos_by_result
from landsteward.app.checkups import checkup_sheet
from landsteward.app.context import Context
from landsteward.app.dossier_view import DossierAddendum, DossierCheckup, FormView
from landsteward.domain.casework import Checkup
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.form_codes import form_code
from landsteward.domain.states import SubjectKind
from landsteward.domain.text import msg

NameOf = Callable[[str | None], str]
"""A person's name; empty where nobody is named or known any more."""


def form_of_case(ctx: Context, *, case_id: str, on: date, blank: bool = False) -> FormView:
    """The form of a case's latest checkup. Raises RefusedMoveError where there is none."""
    checkup = current_checkup(ctx, case_id=case_id)
    if checkup is None:
        raise RefusedMoveError(
            msg("No checkup is scheduled yet."),
            where=ctx.workspace.cases.get(case_id).case_no,
            remedy=msg("Schedule the visit first: the form is laid out from that."),
        )
    return assemble_form(ctx, checkup_id=checkup.id, on=on, blank=blank)


def assemble_form(ctx: Context, *, checkup_id: str, on: date, blank: bool = False) -> FormView:
    """Gather a form; a `blank` one has the items that are not asked as it stands, too."""
    space = ctx.workspace
    checkup = space.checkups.get(checkup_id)
    case = space.cases.get(checkup.case_id)
    carrier = space.organisations.find(case.carrier_id) if case.carrier_id else None

    def name_of(person_id: str | None) -> str:
        person = space.people.find(person_id) if person_id else None
        return person.name if person is not None else ""

    pool = sorted(space.evidence.where(case_id=case.id), key=lambda one: one.id)
    places = {one.id: number for number, one in enumerate(pool, start=1)}
    return FormView(
        on=on,
        case=case,
        enterprise=space.enterprises.find(case.enterprise_id) if case.enterprise_id else None,
        parcel=space.parcels.find(case.parcel_id) if case.parcel_id else None,
        carrier=carrier.name if carrier is not None else "",
        wording=ctx.packs.get(case.pack, case.pack_version).wording,
        form=dossier_checkup(ctx, checkup=checkup, name_of=name_of, whole=blank),
        evidence_numbers={
            (SubjectKind.ITEM_RESULT, key): tuple(sorted(places[one.id] for one in photos))
            for key, photos in photos_by_result(ctx, checkup=checkup).items()
        },
        code=form_code(checkup.id),
    )


def dossier_checkup(
    ctx: Context, *, checkup: Checkup, name_of: NameOf, whole: bool = False
) -> DossierCheckup:
    """A checkup's form with names, signatures and addenda."""
    space = ctx.workspace
    pack = ctx.packs.get(checkup.pack, checkup.pack_version)
    sheet = checkup_sheet(ctx, checkup_id=checkup.id, whole=whole)
    names = {one.key: one.name for one in pack.departments}
    numbers = {one.item.key: one.number for section in sheet.sections for one in section.items}
    inspectors: dict[str, list[str]] = defaultdict(list)
    for one in sheet.inspectors:
        inspectors[one.department].append(name_of(one.person_id))
    return DossierCheckup(
        checkup=checkup,
        pack_name=pack.name,
        departments=tuple(names.get(key, key) for key in checkup.departments),
        sections=sheet.sections,
        inspectors={key: tuple(people) for key, people in inspectors.items()},
        finished_by=name_of(checkup.finished_by),
        signatures=tuple(one.signature for one in sheet.signatures),
        addenda=tuple(
            DossierAddendum(
                addendum=said,
                written_by=name_of(said.written_by),
                signature=space.signatures.first(addendum_id=said.id),
                item_number=numbers.get(said.item_key or ""),
            )
            for said in sheet.addenda
        ),
        intact=sheet.intact,
    )
