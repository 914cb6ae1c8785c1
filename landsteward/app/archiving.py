"""Putting a case away (归档): its dossier is laid out with its number, then kept for ever.

Laying out takes seconds, so no transaction is open meanwhile: a paper is prepared, laid out
wherever that is done, and kept only if the case still says what the paper says.
"""

from dataclasses import replace

from landsteward.app.cases import case_after, move_case
from landsteward.app.context import Context
from landsteward.app.dossier_assembly import assemble_dossier
from landsteward.app.dossier_view import DossierView
from landsteward.domain import order
from landsteward.domain.casework import Case
from landsteward.domain.documents import IssuedDocument
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.states import CaseMove, CaseStage
from landsteward.domain.text import msg


def dossier_to_archive(ctx: Context, *, case_id: str) -> DossierView:
    """The dossier of a closed case as it would be archived today, with the number it would bear.

    Only looked up: nothing is kept, and the number stays free, until `archive_case`.
    """
    ctx.require(Action.ARCHIVE)
    return _as_archived(ctx, case_id=case_id, paper_id=ctx.ids.new())


def archive_case(
    ctx: Context, *, printed: DossierView, dossier: bytes, pages: int
) -> IssuedDocument:
    """Archive the case (归档) with its dossier, the PDF made of `printed`; kept for ever.

    Raises RefusedMoveError where the case, the number or the day is no longer what was printed.
    """
    ctx.require(Action.ARCHIVE)
    space = ctx.workspace
    paper = printed.issued
    if paper is None:
        raise ValueError("a dossier without a number is not archived")
    case = space.cases.get(printed.case.id)
    with ctx.change():
        standing = _as_archived(ctx, case_id=case.id, paper_id=paper.id)
        if replace(standing, content=printed.content) != printed:
            raise RefusedMoveError(
                msg("The case changed while its dossier was laid out; nothing was archived."),
                where=case.case_no,
                remedy=msg("Archive it again: the dossier is laid out anew."),
            )
        move_case(ctx, case=case, move=CaseMove.ARCHIVE)
        space.take_number(paper.code, paper.year)
        document = replace(paper, sha256=space.blobs.put(dossier), pages=pages)
        space.issued_documents.add(document)
    return document


def _as_archived(ctx: Context, *, case_id: str, paper_id: str) -> DossierView:
    case = ctx.workspace.cases.get(case_id)
    archived = case_after(ctx, case=case, move=CaseMove.ARCHIVE)
    code = ctx.packs.get(case.pack, case.pack_version).numbering.dossier_code
    today = ctx.today()
    paper = IssuedDocument(
        id=paper_id,
        case_id=case_id,
        kind="dossier",
        code=code,
        year=today.year,
        number=ctx.workspace.next_number(code, today.year),
        title=case.case_no,
        issued_on=today,
        issued_by=ctx.actor.id,
        sha256="",
        pages=0,
    )
    view = assemble_dossier(ctx, case_id=case_id, on=today)
    return replace(view, case=archived, issued=paper)


def archived_dossier(ctx: Context, *, case: Case) -> tuple[IssuedDocument, bytes] | None:
    """The dossier an archived case was put away with, bit for bit; None where it is not archived.

    It is never laid out anew: what the register says may have changed since, and two different
    papers would bear one number.
    """
    if case.stage is not CaseStage.ARCHIVED:
        return None
    papers = ctx.workspace.issued_documents.where(case_id=case.id, kind="dossier", voided_on=None)
    paper = max(papers, key=order.issued, default=None)
    return (paper, ctx.workspace.blobs.get(paper.sha256)) if paper else None
