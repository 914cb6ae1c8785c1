"""What can be visited once instead of several times: shown first, then drawn together."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout

from landsteward.app.campaign_joint import JointProposal, joint_proposals
from landsteward.app.language import tr
from ui import formats
from ui.pages.campaigns.bulk import VisitBulk
from ui.visit_words import DepartmentWords
from ui.widgets.basics import (
    Card,
    box,
    button,
    changes,
    column,
    label,
    row,
    scrolled,
)
from ui.widgets.rows import Rows
from ui.widgets.signs import EmptyState
from ui.workbench import Workbench

_SHOWN = 200


class JointRow(QFrame):
    """One enterprise: the visits as they are, and the one they become."""

    def __init__(self, words: DepartmentWords, people: Callable[[str], str]) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._words = words
        self._people = people
        self.chosen = changes(QCheckBox())
        self.chosen.setChecked(True)
        self.name = label("", "heading")
        self.visits = label("", "dim", wrap=True)
        self.becomes = label("", wrap=True)
        layout = QGridLayout(self)
        layout.setContentsMargins(14, 8, 12, 8)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        layout.addWidget(self.chosen, 0, 0)
        layout.addWidget(self.name, 0, 1)
        layout.addWidget(self.visits, 1, 1)
        layout.addWidget(self.becomes, 2, 1)
        layout.setColumnStretch(1, 1)

    def fill(self, proposal: JointProposal) -> None:
        """Show it."""
        joint = proposal.joint
        self.name.setText(proposal.enterprise)
        self.chosen.setAccessibleName(proposal.enterprise)
        names = {one.id: one.name for one in proposal.campaigns}
        parts = [
            " · ".join(
                (
                    names[one.campaign_id],
                    formats.day(one.planned_on) if one.planned_on else tr("no day yet"),
                    self._words.names(one.departments),
                )
            )
            for one in (joint.host, *joint.others)
        ]
        self.visits.setText("\n".join(parts))
        people = tr(", ").join(self._people(one) for one in joint.inspectors)
        self.becomes.setText(
            "→ "
            + " · ".join(
                part
                for part in (
                    formats.day(joint.day) if joint.day else tr("no day yet"),
                    self._words.names(joint.departments),
                    people,
                )
                if part
            )
        )


class JointPanel(Card):
    """The proposals of a campaign; those ticked are drawn together by one button."""

    def __init__(self, bench: Workbench, campaign_id: str, bulk: VisitBulk) -> None:
        super().__init__(margin=0, gap=0)
        self._bench = bench
        self._campaign_id = campaign_id
        self._bulk = bulk
        self.proposals: tuple[JointProposal, ...] = ()
        self._names: dict[str, str] = {}
        words = DepartmentWords(bench.services.packs)
        self.rows: Rows[JointRow, JointProposal] = Rows(
            lambda _key: JointRow(words, lambda key: self._names.get(key, "")),
            lambda row_, proposal: row_.fill(proposal),
        )
        self.text = label("", "dim", wrap=True)
        self.draw = button(tr("Draw together"), "", self._draw, changing=True)
        head = row(self.text, self.draw, gap=12)
        head.setStretch(0, 1)
        head.setContentsMargins(14, 8, 12, 8)
        self.empty = EmptyState(
            tr("Nothing to draw together"),
            tr(
                "Where several visits to one enterprise can be made on the same days, within this "
                "campaign or with another one, they are shown here, to be made as one."
            ),
        )
        self.list = scrolled(box(column(self.rows.layout, 1)))
        self.bar = box(head)
        self.add(self.bar)
        self.add(self.list, 1)
        self.add(self.empty, 1)
        self.bar.hide()
        self.list.hide()

    def refresh(self) -> None:
        """Look for what can be drawn together."""
        campaign_id = self._campaign_id
        self._bench.operations.query(
            self,
            lambda ctx: (
                joint_proposals(ctx, campaign_id=campaign_id),
                {one.id: one.name for one in ctx.workspace.people.where()},
            ),
            success=self._show,
        )

    def _show(self, found: tuple[list[JointProposal], dict[str, str]]) -> None:
        proposals, self._names = found
        self.proposals = tuple(proposals)
        self.rows.show([(one.enterprise_id, one) for one in proposals[:_SHOWN]])
        some = bool(proposals)
        self.bar.setVisible(some)
        self.list.setVisible(some)
        self.empty.setVisible(not some)
        text = tr(
            "{count} enterprises would be visited several times on the same days. The lines say "
            "what their visits become; each can be taken apart again as long as it has not begun.",
            count=f"{len(proposals):,}",
        )
        if len(proposals) > _SHOWN:
            text += " " + tr("The first {count} are shown.", count=_SHOWN)
        self.text.setText(text)

    @property
    def chosen(self) -> Sequence[JointProposal]:
        """The proposals that are ticked, and those not shown."""
        left_out = {key for key in self.rows.keys if not self.rows.row(key).chosen.isChecked()}
        return [one for one in self.proposals if one.enterprise_id not in left_out]

    def _draw(self) -> None:
        if self.chosen:
            self._bulk.draw(self.chosen)
