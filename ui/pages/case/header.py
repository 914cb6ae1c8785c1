"""The head of a case's page: whose case it is, how it stands, and the one next thing to do."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from landsteward.app.language import render, tr
from landsteward.domain.quantities import m2_to_mu, shown
from landsteward.domain.states import CaseStep, FindingState, NextStep
from ui import words as shared
from ui.pages.case import words
from ui.pages.case.reading import CaseHead
from ui.widgets.basics import ElidedLabel, button, column, label, row
from ui.widgets.signs import Badge


class CaseHeader(QWidget):
    """Name, grade and facts at the left; quiet actions and the filled button at the right."""

    next_asked = Signal()
    register_asked = Signal()
    dossier_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = label("", "title")
        self.grade = Badge()
        self.stage = Badge()
        self.due = Badge()
        self.colour = Badge()
        self.facts = ElidedLabel("", "dim")
        self.register_link = button("", "quiet", self.register_asked.emit)
        self.dossier_link = button(tr("Dossier"), "", self.dossier_asked.emit)
        self.next = button("", "primary", self.next_asked.emit, changing=True)
        self.next.setObjectName("next")
        # A button's own shortcut would go with its first word.
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._go_on)
        for early in (self.dossier_link, self.next):
            early.hide()
        left = column(
            row(self.name, self.grade, self.stage, self.colour, self.due, 1, gap=8),
            self.facts,
            gap=2,
        )
        layout = row(gap=8)
        layout.addLayout(left, 1)
        for one in (self.register_link, self.dossier_link, self.next):
            layout.addWidget(one)
        self.setLayout(layout)

    def _go_on(self) -> None:
        if self.next.isVisible():
            self.next.click()

    def present(self, head: CaseHead, in_front: CaseStep) -> None:
        """Show how the case stands."""
        overview = head.overview
        case, enterprise, parcel = overview.case, overview.enterprise, overview.parcel
        self.name.setText(name_of(head))
        self.grade.show_word(*(words.grade(head.grade) if head.grade else ("", "plain")))
        self.stage.show_word(shared.stage(case.stage), shared.stage_tone(case.stage))
        word, tone = shared.due(head.due_on, head.today)
        self.due.show_word(word, tone)
        self.due.setToolTip(tr("Due on {day}", day=head.due_on.isoformat()) if head.due_on else "")
        colour = head.standing.colour
        self.colour.show_word(shared.board_colour(colour), shared.colour_tone(colour))
        self.colour.setToolTip("\n".join(render(one) for one in head.standing.reasons))
        place = head.carrier or (enterprise and enterprise.district) or ""
        if not place and parcel is not None:
            place = parcel.district
        facts = [case.case_no]
        if parcel is not None and parcel.area_m2 is not None:
            facts.append(tr("{mu} mu", mu=shown(m2_to_mu(parcel.area_m2), 1)))
        if place:
            facts.append(place)
        if head.due_on is not None:
            facts.append(tr("Due on {day}", day=head.due_on.isoformat()))
        self.facts.setText(" · ".join(facts))
        self.register_link.setText(tr("Enterprise") if enterprise else tr("Parcel"))
        self.dossier_link.setVisible(in_front is not CaseStep.DOSSIER)
        self.next.setVisible(overview.next_step is not NextStep.NOTHING)
        self.next.setText(words.next_step(overview.next_step, _findings_at(head)))


def _findings_at(head: CaseHead) -> int:
    """On how many findings the next step acts, 0 where it is not one of those."""
    state = {
        NextStep.CONFIRM_FINDINGS: FindingState.DRAFT,
        NextStep.ASSIGN_FINDINGS: FindingState.CONFIRMED,
    }.get(head.overview.next_step)
    return sum(one.state is state for one in head.overview.findings)


def name_of(head: CaseHead) -> str:
    """The enterprise, or that the holder is unknown and which parcel it is."""
    if head.overview.enterprise is not None:
        return head.overview.enterprise.name
    parcel = head.overview.parcel
    place = (parcel.name or parcel.location) if parcel is not None else ""
    return tr("Holder unknown · {parcel}", parcel=place) if place else tr("Holder unknown")
