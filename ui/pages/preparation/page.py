"""体检准备单 on screen: settled line by line on site, and the same as a paper to take along."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from landsteward.app.files import write_whole
from landsteward.app.language import localised, render, tr
from landsteward.app.preparation import PreparationSheet, ToAsk, preparation_sheet
from landsteward.app.screening import FoundSuspicion
from landsteward.app.suspicions import accept_suspicion, dismiss_suspicion, take_dismissal_back
from landsteward.domain.errors import KnownError
from landsteward.domain.exports import Exported
from landsteward.domain.findings import Finding
from landsteward.domain.permissions import Action, may
from ui import formats, words
from ui.exporting import note, refused
from ui.pages.base import Page
from ui.pages.preparation.rows import AskRow, SuspicionRow
from ui.pages.register import output_words
from ui.pages.register.permits import standing as permit_standing
from ui.widgets.basics import (
    Card,
    ElidedLabel,
    box,
    button,
    clear,
    column,
    label,
    row,
    scrolled,
    show_if,
)
from ui.widgets.pdf import PdfPages
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge, MessageBar
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench


class PreparationPage(Page):
    """Left what has to be settled, right what there is to know; behind it the paper."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.sheet: PreparationSheet | None = None
        self.content = b""
        role = bench.member().person.role
        self._may = may(role, Action.SCREEN)
        back = button("←", "quiet", self._back, hint=tr("To the case"))
        self.name = ElidedLabel("", "title")
        self.summary = label("", "dim")
        self.save = button(tr("Save as PDF…"), "", self._ask_target)
        self.save.setEnabled(False)
        self.go_on = button(tr("To the checkup"), "primary", self._back)
        self.message = MessageBar()
        self.suspicions = Rows[SuspicionRow, FoundSuspicion](
            self._make, SuspicionRow.show_found, gap=0
        )
        self.asked = Rows[AskRow, ToAsk](lambda _key: AskRow(bench), AskRow.show_asked, gap=0)
        self.no_suspicion = label(tr("The rules suspect nothing on this day."), "dim")
        self.nothing_to_ask = label(tr("Nothing is missing that a rule needs."), "dim")
        self.known: QVBoxLayout = column(gap=6)
        self.pages = PdfPages(self)
        self.tabs = Tabs()
        self.tabs.add("sheet", tr("Sheet"), self._sheet())
        paper = column(row(1, self.pages.fit), gap=6)
        paper.addWidget(self.pages, 1)
        self.tabs.add("paper", tr("Paper"), box(paper))
        self.tabs.chosen.connect(self._chosen)
        head = row(back, self.name, self.summary, 1, self.save, self.go_on)
        card = Card(margin=12, gap=8)
        card.add(self.tabs)
        card.add(self.tabs.stack, 1)
        page = column(head, self.message, gap=12)
        page.addWidget(card, 1)
        self.setLayout(page)

    def _sheet(self) -> QWidget:
        left = column(gap=6)
        self.suspected = label(tr("Suspected"), "heading")
        left.addWidget(self.suspected)
        left.addWidget(self.no_suspicion)
        left.addLayout(self.suspicions.layout)
        self.to_ask = label(tr("Cannot be judged: to ask on site"), "heading")
        left.addWidget(self.to_ask)
        left.addWidget(self.nothing_to_ask)
        left.addLayout(self.asked.layout)
        left.addStretch(1)
        right = column(gap=6)
        right.addLayout(self.known)
        right.addStretch(1)
        both = row(gap=20)
        both.addWidget(scrolled(box(left)), 3)
        both.addWidget(scrolled(box(right)), 2)
        return box(both)

    def refresh(self) -> None:
        """Read the sheet again."""
        key = self._place.record_id
        self.bench.operations.query(
            self, partial(preparation_sheet, case_id=key), success=self._show
        )

    def place(self) -> Place:
        """With the tab in front."""
        return Place("preparation", self._place.record_id, self.tabs.current)

    def drop(self) -> None:
        """Let go of the paper."""
        self.pages.document_shown.close()

    def _show(self, sheet: PreparationSheet) -> None:
        self.sheet = sheet
        holder = sheet.enterprise.name if sheet.enterprise else tr("Holder unknown")
        self.set_title(tr("Preparation sheet {case_no}", case_no=sheet.case.case_no))
        self.name.setText(tr("Preparation sheet · {name}", name=holder))
        self.summary.setText(
            tr(
                "{case_no} · as of {day}",
                case_no=sheet.case.case_no,
                day=formats.day(sheet.on),
            )
        )
        self.suspected.setText(
            tr("Suspected ({open} of {count} open)", open=sheet.open, count=len(sheet.suspicions))
        )
        self.to_ask.setText(
            tr("Cannot be judged: to ask on site ({count})", count=len(sheet.to_ask))
        )
        show_if(self.no_suspicion, not sheet.suspicions)
        show_if(self.nothing_to_ask, not sheet.to_ask)
        self.suspicions.show([(one.key, one) for one in sheet.suspicions])
        self.asked.show(
            [
                (f"{one.missing}/{one.subject.id}/{number}", one)
                for number, one in enumerate(sheet.to_ask)
            ]
        )
        self._show_known(sheet)
        self.save.setEnabled(True)
        if self.tabs.current == "paper":
            self._lay_out()

    def _make(self, _key: str) -> SuspicionRow:
        return SuspicionRow(self._accept, self._dismiss, self._bring_back, may=self._may)

    # What there is to know

    def _show_known(self, sheet: PreparationSheet) -> None:
        clear(self.known)
        self._heading(tr("Open findings"), len(sheet.findings))
        for case, finding in sheet.findings:
            state = Badge(words.finding_state(finding.state), words.finding_tone(finding.state))
            name = button(
                f"{finding.finding_no}. {finding.title}",
                "link",
                partial(self.bench.go, Place("case", case.id, "findings")),
            )
            due = label(tr("due {day}", day=formats.day(finding.deadline_on)), "dim")
            self.known.addLayout(row(name, 1, due, state))
        if not sheet.findings:
            self._line(tr("None."))
        self._heading(tr("Problems of the last checkup"), len(sheet.problems))
        for one in sheet.problems:
            self._line(localised(one.item.title, one.item.title_en), one.result.note)
        if sheet.last_checkup is None:
            self._line(tr("No earlier checkup is finished."))
        elif not sheet.problems:
            self._line(tr("None."))
        self._contracts(sheet)
        self._permits(sheet)
        if sheet.idle:
            self._heading(tr("Rules that judge nothing today"), len(sheet.idle))
            for rule, because in sheet.idle:
                self._line(localised(rule.title, rule.title_en), render(because))

    def _contracts(self, sheet: PreparationSheet) -> None:
        self._heading(tr("What contracts ask"), len(sheet.supplies) + len(sheet.outputs))
        for held in sheet.supplies:
            supply = held.supply
            agreed = [
                (tr("Signed"), formats.day(supply.signed_on)),
                (tr("Start"), _pair(supply.agreed_start_on, supply.actual_start_on)),
                (tr("Completion"), _pair(supply.agreed_completion_on, supply.actual_completion_on)),
            ]
            if supply.plot_ratio_min is not None:
                agreed.append((tr("Plot ratio"), f"≥ {formats.plain(supply.plot_ratio_min)}"))
            self._line(
                tr("Supply contract · {parcel}", parcel=held.parcel.name),
                " · ".join(f"{name} {value}" for name, value in agreed),
            )
        for view in sheet.outputs:
            if not view.latest:
                continue
            self._line(tr("Output contract · {parcel}", parcel=view.parcel.name), "")
            for one in view.lines:
                unit = output_words.unit(one.term)
                said = label(
                    f"{formats.named(output_words.term(one.term), unit)} "
                    f"{output_words.agreed(one)} → {output_words.actual(one)}",
                    "dim",
                    wrap=True,
                )
                badge = Badge(output_words.standing(one.standing), output_words.tone(one.standing))
                line = row(said, badge)
                line.setStretch(0, 1)
                self.known.addLayout(line)
        if not sheet.supplies and not sheet.outputs:
            self._line(tr("None on record."))

    def _permits(self, sheet: PreparationSheet) -> None:
        self._heading(tr("Permits and inspections"), len(sheet.permits))
        names = {one.key: localised(one.name, one.name_en) for one in sheet.pack.permits}
        for one in sheet.permits:
            parts = (names.get(one.kind, one.kind), one.subject, one.number)
            said = label(" · ".join(part for part in parts if part), wrap=True)
            line = row(said, Badge(*permit_standing(one, sheet.on)))
            line.setStretch(0, 1)
            self.known.addLayout(line)
        if sheet.no_permit:
            kinds = [localised(one.name, one.name_en) for one in sheet.no_permit]
            self._line(tr("None on record: {list}", list=tr(", ").join(kinds)))

    def _heading(self, word: str, count: int) -> None:
        text = tr("{word} ({count})", word=word, count=count) if count else word
        self.known.addWidget(label(text, "heading"))

    def _line(self, text: str, under: str = "") -> None:
        self.known.addWidget(label(text, wrap=True))
        if under:
            self.known.addWidget(label(under, "dim", wrap=True))

    # What becomes of suspicions

    def _accept(self, found: FoundSuspicion) -> None:
        sheet = self.sheet
        if sheet is None:
            return

        def done(finding: Finding) -> None:
            self.message.say(
                tr(
                    "Finding {number} made: {title}", number=finding.finding_no, title=finding.title
                ),
                "good",
            )

        self.bench.operations.change(
            self,
            partial(
                accept_suspicion,
                case_id=sheet.case.id,
                subject_id=found.subject.id,
                rule_key=found.suspicion.rule.key,
                on=sheet.on,
            ),
            success=done,
            failure=self.message.fail,
        )

    def _dismiss(self, found: FoundSuspicion, reason: str) -> None:
        sheet = self.sheet
        if sheet is None:
            return

        def refused(error: KnownError) -> None:
            self.suspicions.row(found.key).dismissing.refuse(error)

        self.bench.operations.change(
            self,
            partial(
                dismiss_suspicion,
                case_id=sheet.case.id,
                subject_id=found.subject.id,
                rule_key=found.suspicion.rule.key,
                on=sheet.on,
                reason=reason,
            ),
            failure=refused,
        )

    def _bring_back(self, found: FoundSuspicion) -> None:
        if found.dismissal is not None:
            self.bench.operations.change(
                self,
                partial(take_dismissal_back, dismissal_id=found.dismissal.id),
                failure=self.message.fail,
            )

    def _back(self) -> None:
        self.bench.go(Place("case", self._place.record_id, "checkup"))

    # The paper

    def _chosen(self, key: str) -> None:
        if key == "paper":
            self._lay_out()

    def _lay_out(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        build = self.bench.services.build_preparation
        self.bench.operations.task(
            self,
            lambda _progress: build(sheet),
            success=self._show_paper,
            failure=self.message.fail,
        )

    def _show_paper(self, content: bytes) -> None:
        self.content = content
        self.pages.show_bytes(content)

    def _ask_target(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            tr("Save the preparation sheet"),
            str(Path.home() / f"{sheet.case.case_no} {tr('Preparation sheet')}.pdf"),
            "PDF (*.pdf)",
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, target: Path) -> None:
        """Lay the sheet out and write it into a file."""
        sheet = self.sheet
        if sheet is None or refused(self.bench):
            return

        def written(_done: object) -> None:
            self.message.say(tr("Saved {file}", file=target), "good")
            note(self.bench, Exported.PAPER, sheet.case.case_no, target)

        build = self.bench.services.build_preparation
        self.bench.operations.task(
            self,
            lambda _progress: write_whole(target, build(sheet)),
            success=written,
            failure=self.message.fail,
        )


def _pair(agreed: date | None, actual: date | None) -> str:
    """What was agreed and what came of it."""
    return tr("{agreed} (actual {actual})", agreed=formats.day(agreed), actual=formats.day(actual))
