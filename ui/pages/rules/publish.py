"""Publishing a draft: its name, from which day, what changed; and beside it all that did."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.pack_reading import PackChoice
from landsteward.app.rule_packs import next_version, publish_pack
from landsteward.domain.errors import KnownError
from landsteward.domain.pack_versions import PackVersion
from ui import theme
from ui.pages.rules.compare import ComparePanel
from ui.widgets.basics import Card, box, button, column, label, row
from ui.widgets.callout import Refusal
from ui.widgets.fields import DateField, NoteField, TextField
from ui.widgets.signs import words_of
from ui.workbench import Workbench


class PublishPanel(QWidget):
    """`published` carries the version; `left` tells that nothing was."""

    published = Signal(object)
    left = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.version = TextField(tr("Version"), required=True)
        self.day = DateField(tr("In force from"))
        self.changes = NoteField(tr("What changed"), rows=4, required=True)
        self.day.set_value(bench.services.clock.today())
        self.refusal = Refusal()
        self.publish = button(tr("Publish"), "primary", self._publish, changing=True)
        self.back = button(tr("Go on editing"), "", self.left.emit)
        form = Card(tr("Publish this draft"), gap=12)
        form.add(
            label(
                tr(
                    "New work is done with it from its day on. What was begun before keeps the "
                    "version it was made with. A published version is never changed again."
                ),
                "dim",
                wrap=True,
            )
        )
        form.add(column(self.version, self.day, self.changes, gap=8))
        form.add(self.refusal)
        form.add(row(self.publish, self.back, 1))
        form.body.addStretch(1)
        form.setFixedWidth(theme.current().px(360))
        differences = Card(tr("What differs from the version in force"), margin=12)
        self.compared = ComparePanel(bench, only=True)
        differences.add(self.compared, 1)
        layout = row(form, box(column(differences)), gap=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_draft(self, draft: PackChoice, now: PackChoice | None) -> None:
        """Offer to publish this draft in place of what is in force."""
        self.refusal.settle()
        if now is not None:
            self.compared.show_pair(now.which, draft.which)
        if not self.version.line.text():
            self._bench.operations.query(
                self,
                lambda ctx: next_version(ctx, key=draft.key),
                success=self.version.set_value,
            )

    def _publish(self) -> None:
        if not all([field.commit() for field in (self.version, self.day, self.changes)]):
            return
        day = self.day.value()
        if day is None:
            self.day.set_error(tr("This must be filled in."))
            return
        files = self._bench.services.pack_files()
        version, changes = self.version.value(), self.changes.value()

        def work(ctx: Context) -> PackVersion:
            return publish_pack(
                ctx, files=files, version=version, in_force_from=day, changes=changes
            )

        self.publish.setEnabled(False)
        self._bench.operations.change(self, work, success=self._done, failure=self._refused)

    def _done(self, version: PackVersion) -> None:
        self.publish.setEnabled(True)
        for field in (self.version, self.changes):
            field.set_value("")
        self.published.emit(version)

    def _refused(self, error: KnownError) -> None:
        self.publish.setEnabled(True)
        self.refusal.say(words_of(error))
