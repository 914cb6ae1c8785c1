"""A recheck's form (复检表) as a paper of its own: as it stands, or blank to be filled in."""

from collections.abc import Callable
from pathlib import Path

from reportlab.platypus import Flowable, Spacer

from landsteward.app.dossier_view import RecheckFormView
from landsteward.dossier.fonts import load_fonts
from landsteward.dossier.page import print_pages
from landsteward.dossier.paper import Pair, Paper
from landsteward.dossier.sections.rechecks import whole_recheck
from landsteward.dossier.styles import NOTE, STEP, TITLE
from landsteward.dossier.wording import Wording


def build_recheck_form(
    view: RecheckFormView, *, fonts: Path, on_page: Callable[[int], None] | None = None
) -> bytes:
    """The form as PDF; the same view gives the same bytes. See `build.build_dossier`."""
    paper = Paper(load_fonts(fonts), Wording(view.wording))
    words = paper.words
    holder = view.enterprise.name if view.enterprise else words("cover.holder_unknown")
    kind = words(f"recheck_kind.{view.form.recheck.kind}")
    title = words("recheck.blank_title" if view.blank else "recheck.title", kind=kind)
    enterprise, parcel = view.enterprise, view.parcel
    story: list[Flowable] = [
        paper.block(title, TITLE),
        Spacer(0, STEP),
        paper.sheet(
            [
                Pair(words("register.name"), holder, wide=True),
                Pair(words("register.uscc"), words.typed((enterprise and enterprise.uscc) or "")),
                Pair(words("form.case_no"), view.case.case_no),
                Pair(words("form.parcel"), words.typed(parcel.name if parcel else ""), wide=True),
                Pair(words("form.carrier"), words.typed(view.carrier), wide=True),
            ]
        ),
    ]
    if view.blank:
        story += [paper.block(words("recheck.how"), NOTE), Spacer(0, STEP / 2)]
    story += whole_recheck(paper, view.evidence_numbers, view.form, 1, blank=view.blank)
    return print_pages(
        story,
        fonts=paper.fonts,
        title=words("cover.document_title", title=title, holder=holder),
        author=view.carrier,
        subject=view.case.case_no,
        made_on=view.on,
        head_left=view.case.case_no,
        head_right=holder,
        on_page=on_page,
        covered=False,
    )
