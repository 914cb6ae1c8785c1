"""A case's whole dossier as one PDF: sections in order, laid out once, the same bytes each time."""

from collections.abc import Callable
from pathlib import Path

from reportlab.platypus import Flowable

from landsteward.app.dossier_view import DossierView
from landsteward.dossier.fonts import load_fonts
from landsteward.dossier.headings import FillIn
from landsteward.dossier.page import print_pages
from landsteward.dossier.paper import Paper
from landsteward.dossier.sections.checkup import checkup
from landsteward.dossier.sections.closures import closures
from landsteward.dossier.sections.cover import closing_sheet, contents, cover, holder_name
from landsteward.dossier.sections.evidence import evidence
from landsteward.dossier.sections.findings import findings
from landsteward.dossier.sections.follow_up import follow_up
from landsteward.dossier.sections.plans import plans
from landsteward.dossier.sections.rechecks import rechecks
from landsteward.dossier.sections.register import register
from landsteward.dossier.wording import Wording

_NUMERALS = "一二三四五六七八九"
Section = Callable[[Paper, DossierView, str], list[Flowable]]


def _sections(view: DossierView) -> list[tuple[Section, bool]]:
    """The sections in order, each with whether there is anything in it."""
    return [
        (register, True),
        (checkup, bool(view.checkups)),
        (findings, bool(view.findings)),
        (plans, bool(view.plans or view.engagements)),
        (follow_up, bool(view.follow_ups or view.ledger or view.extensions or view.obstacles)),
        (rechecks, bool(view.rechecks)),
        (closures, bool(view.closures)),
        (evidence, bool(view.evidence)),
        (closing_sheet, True),
    ]


def build_dossier(
    view: DossierView, *, fonts: Path, on_page: Callable[[int], None] | None = None
) -> bytes:
    """The dossier as PDF. `fonts` is the folder of the bundled fonts.

    `on_page` hears each page's number as it begins, so the last one heard is the number of pages;
    what it raises ends the work. Raises RulePackError where the pack's wording lacks something.
    """
    paper = Paper(load_fonts(fonts), Wording(view.wording))
    body: list[Flowable] = []
    before = True
    for numeral, (section, filled) in zip(_NUMERALS, _sections(view), strict=True):
        # Sections with nothing in them share a page.
        if filled or before:
            body.append(paper.new_page())
        body += section(paper, view, numeral)
        before = filled
    title = paper.words("titles.dossier")
    holder = holder_name(paper, view)
    return print_pages(
        [
            *cover(paper, view),
            *contents(paper),
            *body,
            FillIn(paper.contents, paper.fonts),
        ],
        fonts=paper.fonts,
        title=paper.words("cover.document_title", title=title, holder=holder),
        author=view.carrier,
        subject=view.case.case_no,
        made_on=view.on,
        head_left=view.case.case_no,
        head_right=holder,
        on_page=on_page,
    )
