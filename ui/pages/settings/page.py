"""设置: look, people, who may what, exports, the workspace file, the rule pack, about."""

from landsteward.app.language import Language, current_language, localised, tr, use_language
from landsteward.app.views import CheckReport
from landsteward.domain.errors import KnownError
from ui import input_method, theme
from ui.pages.base import Page
from ui.pages.settings.access import AccessPanel, ExportLogPanel
from ui.pages.settings.people import PeoplePanel
from ui.theme import TEXT_SIZES, Scheme
from ui.widgets.basics import Card, box, button, column, label, row, scrolled, selectable
from ui.widgets.fields import ChoiceField
from ui.widgets.signs import words_of
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench


class SettingsPage(Page):
    """Seven tabs; what is chosen takes effect at once."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        settings = bench.services.settings
        self.language = ChoiceField(
            "语言 / Language", [(Language.CHINESE, "中文"), (Language.ENGLISH, "English")]
        )
        self.language.set_value(current_language())
        self.language.committed.connect(self._language_chosen)
        self.scheme = ChoiceField(
            tr("Colours"),
            [
                (Scheme.SYSTEM, tr("As the system")),
                (Scheme.LIGHT, tr("Light")),
                (Scheme.DARK, tr("Dark")),
            ],
        )
        self.scheme.set_value(settings.scheme)
        self.scheme.committed.connect(self._scheme_chosen)
        self.percent = ChoiceField(tr("Text size"), [(size, f"{size} %") for size in TEXT_SIZES])
        self.percent.set_value(settings.percent)
        self.percent.committed.connect(self._size_chosen)
        look = box(column(self.language, self.scheme, self.percent, 1, gap=16))
        look.setFixedWidth(theme.current().px(240))
        self.people = PeoplePanel(bench)
        self.access = AccessPanel(bench)
        self.exports = ExportLogPanel(bench)
        self.check = button(tr("Check the file"), "", self._check)
        self.backup = button(tr("Back up…"), "", bench.ask_backup)
        self.checked = selectable("")
        file = column(
            label(tr("Everything is in one file; a backup is a copy that can be opened."), "dim"),
            row(self.backup, self.check, 1),
            self.checked,
            1,
            gap=12,
        )
        pack = bench.services.packs.current()
        self.input_method = selectable(input_method.trouble(), "caution")
        if not self.input_method.text():
            self.input_method.hide()
        self.look_at_rules = button(
            tr("Look at the rule pack"), "", lambda: bench.go(Place("rules"))
        )
        rules = column(
            label(
                tr(
                    "Departments, checklists, law, thresholds, deadlines, ways out and the words "
                    "on paper are data. A county copies them, changes the copy, and publishes it."
                ),
                "dim",
                wrap=True,
            ),
            selectable(
                tr(
                    "In force: {pack} {version}",
                    pack=localised(pack.name, pack.name_en),
                    version=pack.version,
                )
            ),
            row(self.look_at_rules, 1),
            1,
            gap=12,
        )
        about = column(
            label(tr("LandSteward"), "heading"),
            selectable(tr("Version {version}", version=bench.services.version)),
            selectable(tr("Log file: {file}", file=bench.services.log_file), "dim"),
            self.input_method,
            row(button(tr("User guide"), "link", lambda: bench.go(Place("help"))), 1),
            1,
            gap=8,
        )
        self.tabs = Tabs()
        for key, word, inside in (
            ("look", tr("Look and language"), row(look, 1)),
            ("people", tr("People and organisations"), column(self.people)),
            ("access", tr("Roles"), column(self.access)),
            ("exports", tr("Exports"), column(self.exports)),
            ("file", tr("Workspace file"), file),
            ("rules", tr("Rule pack"), rules),
            ("about", tr("About"), about),
        ):
            self.tabs.add(key, word, scrolled(box(inside)))
        card = Card(margin=16, gap=16)
        card.add(self.tabs)
        card.add(self.tabs.stack, 1)
        self.setLayout(column(label(tr("Settings"), "title"), card, gap=12))
        if place.step in self.tabs.buttons:
            self.tabs.show_tab(place.step)

    def refresh(self) -> None:
        """Ask for people, roles and exports again."""
        self.people.refresh()
        self.access.refresh()
        self.exports.refresh()

    def place(self) -> Place:
        """With the tab in front."""
        return Place("settings", step=self.tabs.current)

    def _language_chosen(self, language: Language) -> None:
        use_language(language)
        self._keep("language", language.value)

    def _scheme_chosen(self, scheme: Scheme) -> None:
        self._keep("scheme", scheme.value)

    def _size_chosen(self, percent: int) -> None:
        self._keep("text_size", str(percent))

    def _keep(self, key: str, value: str) -> None:
        self.bench.services.settings.keep(key, value)
        self.bench.look_changed()

    def _check(self) -> None:
        self.check.setEnabled(False)
        self.checked.setText(tr("Checking the whole file…"))
        self.bench.operations.query(
            self, lambda ctx: ctx.workspace.check(), success=self._show, failure=self._failed
        )

    def _failed(self, error: KnownError) -> None:
        self.check.setEnabled(True)
        self.checked.setText(words_of(error))

    def _show(self, report: CheckReport) -> None:
        self.check.setEnabled(True)
        chain = report.audit_chain
        if report.ok:
            self.checked.setText(
                tr(
                    "The file is sound: {length} changes on record, the chain is unbroken.",
                    length=f"{chain.length:,}",
                )
            )
            return
        wrong = [*report.integrity, *report.foreign_keys]
        if not chain.ok:
            wrong.append(
                tr("the chain of changes breaks at entry {number}", number=chain.first_bad)
            )
        self.checked.setText(
            tr("Something is wrong with the file. Keep it, and go back to a backup.")
            + "\n"
            + "\n".join(wrong)
        )
