"""Gathering a recheck's form for paper: in the dossier, by itself, or blank before it begins."""

from collections.abc import Sequence
from datetime import date

from landsteward.app.context import Context
from landsteward.app.dossier_view import DossierRecheck, RecheckFormView
from landsteward.app.recheck_sheet import recheck_line, recheck_sheet
from landsteward.domain.casework import Case
from landsteward.domain.remedies import Recheck, RecheckResult
from landsteward.domain.states import RecheckKind, SubjectKind


def recheck_form(ctx: Context, *, recheck_id: str, on: date) -> RecheckFormView:
    """The form of a recheck as it stands."""
    space = ctx.workspace
    recheck = space.rechecks.get(recheck_id)
    person = space.people.find(recheck.inspector_id or "")
    form = dossier_recheck(ctx, recheck=recheck, inspector=person.name if person else "")
    return _as_paper(ctx, space.cases.get(recheck.case_id), form, on=on, blank=False)


def blank_recheck_form(
    ctx: Context, *, case_id: str, kind: RecheckKind, finding_ids: Sequence[str], on: date
) -> RecheckFormView:
    """The form of a recheck that has not begun, for these findings, to be filled in by hand."""
    recheck = Recheck(id="", case_id=case_id, kind=kind, planned_on=on, inspector_id=ctx.actor.id)
    lines = [
        recheck_line(ctx, result=RecheckResult(id="", recheck_id="", finding_id=one))
        for one in finding_ids
    ]
    lines.sort(key=lambda one: one.finding.finding_no)
    form = DossierRecheck(recheck=recheck, inspector=ctx.actor.name, lines=tuple(lines))
    return _as_paper(ctx, ctx.workspace.cases.get(case_id), form, on=on, blank=True)


def dossier_recheck(ctx: Context, *, recheck: Recheck, inspector: str) -> DossierRecheck:
    """A recheck's form with its lines and signatures."""
    sheet = recheck_sheet(ctx, recheck_id=recheck.id)
    return DossierRecheck(
        recheck=recheck,
        inspector=inspector,
        lines=sheet.lines,
        signatures=tuple(one.signature for one in sheet.signatures),
        intact=sheet.intact,
    )


def _as_paper(
    ctx: Context, case: Case, form: DossierRecheck, *, on: date, blank: bool
) -> RecheckFormView:
    space = ctx.workspace
    carrier = space.organisations.find(case.carrier_id) if case.carrier_id else None
    pool = sorted(space.evidence.where(case_id=case.id), key=lambda one: one.id)
    places = {one.id: number for number, one in enumerate(pool, start=1)}
    return RecheckFormView(
        on=on,
        case=case,
        enterprise=space.enterprises.find(case.enterprise_id) if case.enterprise_id else None,
        parcel=space.parcels.find(case.parcel_id) if case.parcel_id else None,
        carrier=carrier.name if carrier is not None else "",
        wording=ctx.packs.get(case.pack, case.pack_version).wording,
        form=form,
        evidence_numbers={
            (SubjectKind.RECHECK_RESULT, one.result.id): tuple(
                sorted(places[photo.id] for photo in one.photos)
            )
            for one in form.lines
        },
        blank=blank,
    )
