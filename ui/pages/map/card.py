"""The card beside the map: the chosen parcel, who uses it, what is wrong, what comes next."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from landsteward.app.language import render, tr
from landsteward.app.parcel_card import ParcelCard
from landsteward.domain.findings import Finding
from landsteward.domain.guidance import STEP_OF, words_for
from landsteward.domain.lifecycle import ENDED_CASE_STAGES
from landsteward.domain.register import Parcel
from ui import formats, words
from ui.widgets.basics import Card, box, button, clear, column, label, row, selectable
from ui.widgets.signs import Badge
from ui.workbench import Place, Workbench

_MOST = 4


class ParcelCardView(Card):
    """Shows one parcel in short; hidden while none is chosen."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(margin=12, gap=6)
        self._bench = bench
        self._shown: ParcelCard | None = None
        self.inside: QVBoxLayout = column(gap=6)
        self.add(self.inside)
        self.hide()

    def show_card(self, card: ParcelCard | None) -> None:
        """Show this parcel; None hides the card."""
        self.setVisible(card is not None)
        if card == self._shown:
            return
        self._shown = card
        clear(self.inside)
        if card is None:
            return
        self.inside.addWidget(selectable(card.parcel.name, "heading"))
        self.inside.addWidget(selectable(_facts(card.parcel), "dim"))
        self._enterprises(card)
        self._case(card)
        self._buttons(card)

    def _enterprises(self, card: ParcelCard) -> None:
        if card.holder is None:
            self.inside.addWidget(label(tr("Holder unknown"), "dim"))
        else:
            grade = card.graded
            badge = Badge(
                tr("{grade} ({year})", grade=grade.grade, year=grade.year) if grade else "",
                "accent",
            )
            self._line(card.holder.name, Place("enterprise", card.holder.id), badge)
            if card.holder.industry_name:
                self.inside.addWidget(label(card.holder.industry_name, "dim", wrap=True))
        for one in card.users[:_MOST]:
            parts = [words.tenure(one.occupancy.tenure)]
            if one.occupancy.area_m2 is not None:
                parts.append(formats.area(one.occupancy.area_m2))
            self._line(one.enterprise.name, Place("enterprise", one.enterprise.id), Badge())
            self.inside.addWidget(label(" · ".join(parts), "dim"))
        if len(card.users) > _MOST:
            more = len(card.users) - _MOST
            self.inside.addWidget(label(tr("and {count} more enterprises", count=more), "dim"))

    def _line(self, name: str, place: Place, badge: Badge) -> None:
        opener = button(name, "link", lambda: self._bench.go(place))
        held = row(opener, badge, 1, gap=4)
        self.inside.addWidget(box(held))

    def _case(self, card: ParcelCard) -> None:
        if card.case is None:
            self.inside.addWidget(label(tr("No case"), "dim"))
            return
        case = card.case.case
        stage = Badge(words.stage(case.stage), words.stage_tone(case.stage))
        self.inside.addWidget(box(row(label(case.case_no), stage, 1)))
        if case.stage not in ENDED_CASE_STAGES:
            step = render(words_for(card.case.next_step))
            self.inside.addWidget(label(tr("Next: {step}", step=step), "", wrap=True))
        for finding in card.problems[:_MOST]:
            self.inside.addWidget(box(_problem(finding)))
        if len(card.problems) > _MOST:
            more = len(card.problems) - _MOST
            self.inside.addWidget(label(tr("and {count} more problems", count=more), "dim"))

    def _buttons(self, card: ParcelCard) -> None:
        line = row(gap=6)
        places = [(tr("Parcel"), Place("parcel", card.parcel.id))]
        if card.holder is not None:
            places.insert(0, (tr("Enterprise"), Place("enterprise", card.holder.id)))
        if card.case is not None:
            step = STEP_OF[card.case.next_step].value
            places.append((tr("Case"), Place("case", card.case.case.id, step)))
        for word, place in places:
            line.addWidget(button(word, "small", partial(self._bench.go, place)))
        line.addStretch(1)
        self.inside.addLayout(line)


def _facts(parcel: Parcel) -> str:
    parts = [
        formats.area(parcel.area_m2) if parcel.area_m2 is not None else "",
        parcel.land_use,
        parcel.electronic_no or parcel.unit_code or "",
        parcel.location,
    ]
    return " · ".join(part for part in parts if part)


def _problem(finding: Finding) -> QHBoxLayout:
    text = label(finding.title, "", wrap=True)
    severity = Badge(words.severity(finding.severity), words.severity_tone(finding.severity))
    held = row(severity, text, gap=6)
    held.setStretch(1, 1)
    return held
