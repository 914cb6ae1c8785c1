"""Below a form: its addenda, who signed, and whether it still says what was signed."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from landsteward.app.dossier_view import DossierCheckup
from landsteward.domain.casework import Checkup
from landsteward.domain.remedies import Recheck
from landsteward.domain.signatures import Signature, SignatureRole
from landsteward.dossier.grid import Cell, Grid, Row
from landsteward.dossier.paper import Column, Paper
from landsteward.dossier.signature import SignatureMark
from landsteward.dossier.styles import CELL, CELL_CENTRE, CELL_SMALL, HEAD_CELL, TEXT_WIDTH, TINT

_SIGNATURE_HEIGHT = 36 * mm
_MARK_SHOWN = 16


def addenda(paper: Paper, one: DossierCheckup) -> Grid:
    """The corrections to a locked form, numbered, each with its writer's signature."""
    words = paper.words
    columns = (
        Column(words("checkup.addendum_number"), 11, "c"),
        Column(words("checkup.addendum_item"), 21, "c"),
        Column(words("checkup.addendum_text"), 46),
        Column(words("checkup.addendum_reason"), 34),
        Column(words("checkup.addendum_signature"), 44),
    )
    rows = []
    for said in one.addenda:
        item = (
            words("checkup.addendum_whole")
            if said.item_number is None
            else words("checkup.addendum_of_item", number=said.item_number)
        )
        below = paper.block(
            f"{said.written_by}\n{words.moment(said.addendum.written_at)}", CELL_CENTRE
        )
        mark = (SignatureMark(said.signature.strokes),) if said.signature is not None else ()
        texts = (
            (str(said.addendum.number), CELL_CENTRE),
            (item, CELL_CENTRE),
            (said.addendum.text, CELL),
            (said.addendum.reason, CELL),
        )
        rows.append(
            Row(
                cells=(
                    *(
                        Cell(content=(paper.block(text, style),), middle=True)
                        for text, style in texts
                    ),
                    Cell(content=(*mark, below), middle=True),
                )
            )
        )
    return Grid([column.width * mm for column in columns], rows, head=[paper.head(columns)])


def signatures(
    paper: Paper,
    form: Checkup | Recheck,
    signed_by: Sequence[Signature],
    *,
    intact: bool | None,
    place: int,
) -> Grid:
    """Two boxes with what was signed in them, or room to sign; below them the form's own mark.

    `place` is the how many-th form of its kind it is.
    """
    words = paper.words
    if form.representative_refused:
        said = words("checkup.refused", witness=words.typed(form.witness))
        if form.refusal_reason:
            said += "\n" + words("checkup.refusal_reason", reason=form.refusal_reason)
    elif form.enterprise_representative or isinstance(form, Checkup):
        said = words("checkup.representative", name=words.typed(form.enterprise_representative))
    else:
        said = ""
    kind = "checkup" if isinstance(form, Checkup) else "recheck"
    by_role = {
        role: [signed for signed in signed_by if signed.role is role] for role in SignatureRole
    }
    inspectors = by_role[SignatureRole.INSPECTOR]
    others = [*by_role[SignatureRole.REPRESENTATIVE], *by_role[SignatureRole.WITNESS]]
    head = Row(
        cells=tuple(
            Cell(
                content=(paper.block(words(key, number=place), HEAD_CELL),), fill=TINT, middle=True
            )
            for key in (f"{kind}.inspectors_sign", f"{kind}.enterprise_signs")
        ),
        keep_next=True,
    )
    room = Row(
        cells=(_box(paper, "", inspectors), _box(paper, said, others)),
        least_height=_SIGNATURE_HEIGHT,
        keep_next=intact is not None,
    )
    rows = [head, room]
    if intact is not None:
        key = "checkup.seal_intact" if intact else "checkup.seal_changed"
        seal = paper.block(words(key, mark=form.content_hash[:_MARK_SHOWN]), CELL_SMALL)
        rows.append(Row(cells=(Cell(content=(seal,), span=2),)))
    return Grid((TEXT_WIDTH / 2, TEXT_WIDTH / 2), rows)


def _box(paper: Paper, said: str, signed: list[Signature]) -> Cell:
    """What is said above, then each signature with its name and moment; or the line to sign on."""
    words = paper.words
    content: list[Flowable] = [paper.block(said, CELL)] if said else []
    for one in signed:
        content.append(SignatureMark(one.strokes))
        line = words("checkup.signed", name=one.name, at=words.moment(one.signed_at))
        content.append(paper.block(line, CELL))
    if signed:
        return Cell(content=tuple(content))
    foot = (paper.block(words("common.sign_date"), CELL_CENTRE),)
    return Cell(content=tuple(content) or (paper.block("", CELL),), foot=foot)
