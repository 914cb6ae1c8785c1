"""The map of the park: parcels in colours that say how they stand, and what is known of each."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.map_shapes import Box, Overlap, Overlaps
from landsteward.app.parcel_card import ParcelCard, parcel_card
from landsteward.app.views import ListFilter, ListKind, Sort
from landsteward.domain.permissions import Action, may
from ui import theme
from ui.map.canvas import MapCanvas
from ui.map.controls import put_controls
from ui.map.look import Colouring, colouring_word
from ui.map.scene import Scene
from ui.pages.map.card import ParcelCardView
from ui.pages.map.content import Content, faint_shapes
from ui.pages.map.finder import Finder
from ui.pages.map.foot import Foot
from ui.pages.map.gaps import Gaps
from ui.pages.map.legend import Legend
from ui.pages.map.loader import MapLoader
from ui.pages.map.overlaps import OverlapList
from ui.pages.map.picture import PictureSaver
from ui.pages.map.underlays import Underlays
from ui.widgets.basics import Card, button, column, row
from ui.widgets.basics import scrolled as scrolling
from ui.widgets.fields import ChoiceField
from ui.widgets.outcome import OutcomeLine
from ui.widgets.pills import Pills
from ui.widgets.signs import EmptyState
from ui.widgets.table_filters import ListFilters
from ui.workbench import Place, Workbench

_SIDE = 308


class MapPanel(QWidget):
    """Everything of the map. `selection_changed`: another parcel is chosen, or none."""

    selection_changed = Signal()

    def __init__(self, bench: Workbench, *, show_without: Callable[[], object]) -> None:
        """`show_without` leads to the list of parcels that have no boundary."""
        super().__init__()
        self._bench = bench
        self.content: Content | None = None
        self._scene: Scene | None = None
        self._wanted = ""
        self._fitting: frozenset[str] | None = None
        self._text = ""
        self.line = OutcomeLine()
        self.canvas = MapCanvas()
        self.controls = put_controls(self.canvas, bench.icons)
        self.finder = Finder(bench, self)
        self.colouring = Pills(
            [(one, colouring_word(one), "accent") for one in Colouring],
            name=tr("Colours"),
            undo=False,
        )
        self.colouring.set_value(Colouring.GRADE)
        self.naming = ChoiceField(
            "",
            [
                ("parcel", tr("Parcel names")),
                ("enterprise", tr("Enterprise names")),
                ("", tr("No names")),
            ],
        )
        self.naming.set_value("parcel")
        self.naming.box.setAccessibleName(tr("What is written on the land"))
        self.naming.setFixedWidth(theme.current().px(150))
        self.filters = ListFilters(bench, ListKind.PARCELS)
        self.overlap_button = button(tr("Overlaps"), "quiet", self._look_for_overlaps)
        self.picture = PictureSaver(bench, self)
        self.picture_button = button(tr("Save picture…"), "quiet", self.picture.ask)
        self.legend = Legend()
        self.card = ParcelCardView(bench)
        self.gaps = Gaps(show_without=show_without, bring_in=self._bring_in)
        allowed = may(bench.member().person.role, Action.IMPORT)
        self.gaps.bring_in.setEnabled(allowed)
        self.overlaps = OverlapList(bench, self.line)
        self.underlays = Underlays(bench, near=self._parcels_box)
        self.foot = Foot(self.canvas)
        self.loader = MapLoader(bench, self)
        self.empty = EmptyState(
            tr("No boundary on record yet"),
            tr(
                "The map draws the boundaries of parcels. Bring them in from boundary TXT, "
                "GeoJSON, Shapefile, KML or DXF, many at once."
            ),
            tr("Import boundaries…"),
            self._bring_in,
            primary=False,
        )
        self.empty.action.setEnabled(allowed)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        bar = row(
            self.finder.box,
            self.colouring,
            self.naming,
            self.filters.opener,
            1,
            self.overlap_button,
            self.picture_button,
        )
        bar.setContentsMargins(12, 8, 8, 8)
        bar.setStretch(0, 3)
        bar.setStretch(4, 2)
        side = QWidget()
        side.setLayout(
            column(self.card, self.legend, self.overlaps, self.gaps, self.underlays, 1, gap=8)
        )
        self.side: QScrollArea = scrolling(side)
        self.side.setFixedWidth(theme.current().px(_SIDE))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.canvas)
        self.stack.addWidget(self.empty)
        frame = Card(margin=0, gap=0)
        frame.add(bar)
        frame.add(self.filters)
        frame.add(self.stack, 1)
        frame.add(self.foot)
        both = row(frame, self.side, gap=12)
        both.setStretch(0, 1)
        page = column(self.line, gap=8)
        page.addLayout(both, 1)
        self.setLayout(page)

    def _connect(self) -> None:
        canvas = self.canvas
        canvas.chosen.connect(self._chosen)
        canvas.opened.connect(self._open)
        canvas.pointed.connect(self._point)
        canvas.needs.connect(self.underlays.fetch)
        self.finder.found.connect(self._found)
        self.colouring.chosen.connect(self._colour)
        self.naming.committed.connect(self._name)
        self.filters.changed.connect(self._filter)
        self.legend.changed.connect(self._stand_back)
        self.gaps.picked.connect(self._gap_picked)
        self.overlaps.found.connect(self._mark_overlaps)
        self.overlaps.picked.connect(self._show_overlap)
        self.underlays.changed.connect(self._lay_under)
        self.underlays.needed.connect(canvas.ask_again)
        self.underlays.placed.connect(canvas.fit)
        self.loader.begun.connect(self._begun)
        self.loader.progressed.connect(self.line.progressed)
        self.loader.loaded.connect(self._show)

    # What comes in

    def refresh(self) -> None:
        """Ask again for everything shown."""
        self.loader.refresh()
        self._ask_card()

    def drop(self) -> None:
        """The page is about to go."""
        self.loader.stop()
        self.overlaps.stop()
        self.underlays.drop()

    def _begun(self) -> None:
        self.line.working(tr("Drawing the map…"), self._stop)

    def _stop(self) -> None:
        self.loader.stop()
        self.line.say(tr("Stopped."), "caution", (tr("Draw the map"), self.loader.refresh))

    def _show(self, content: Content) -> None:
        self.line.settle()
        before, self.content = self.content, content
        colouring = self.colouring.value()
        self.legend.show_kinds(content.kinds[colouring], content.counts[colouring])
        self.gaps.show_content(content)
        self.gaps.setVisible(not content.hidden)
        if content.hidden:
            self.empty.title.setText(tr("restricted"))
            self.empty.text.setText(tr("Where parcels lie is not shown to your role."))
            self.empty.action.hide()
        self.stack.setCurrentWidget(self.canvas if len(content.parcels) else self.empty)
        if before is None or before.outlines is not content.outlines:
            self._show_scene(content)
        else:
            self._recolour()
        self.overlaps.refresh(content)
        self.selection_changed.emit()

    def _show_scene(self, content: Content) -> None:
        kept = self.chosen_id or self._wanted
        colouring = self.colouring.value()
        shapes = content.outlines.shapes
        scene = Scene(shapes, content.kinds[colouring], content.kind_of[colouring])
        scene.core = list(content.core) or None
        scene.faulty = content.faulty
        scene.faint = self._faint(content)
        scene.grounds = list(self.underlays.layers())
        self._scene = scene
        self.canvas.show_scene(scene, self.written_name)
        self.underlays.show_plane(shapes.plane)
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.show_parcel(wanted, at_once=True)
        elif kept in content.shape_of:
            self.canvas.choose(content.shape_of[kept])

    # What the colours say

    def _colour(self, _colouring: Colouring) -> None:
        self.legend.forget()
        if self.content is not None:
            colouring = self.colouring.value()
            self.legend.show_kinds(self.content.kinds[colouring], self.content.counts[colouring])
            self._recolour()

    def _recolour(self) -> None:
        content, scene = self.content, self._scene
        if content is None or scene is None:
            return
        colouring = self.colouring.value()
        scene.faint = self._faint(content)
        scene.faulty = content.faulty
        scene.show_kinds(content.kinds[colouring], content.kind_of[colouring])
        self.canvas.repaint_scene()

    def _stand_back(self) -> None:
        if self.content is not None and self._scene is not None:
            self._scene.faint = self._faint(self.content)
            self._scene.change()
            self.canvas.repaint_scene()

    def _faint(self, content: Content) -> frozenset[int]:
        if not self.legend.chosen and self._fitting is None:
            return frozenset()
        return faint_shapes(content, self.colouring.value(), self.legend.chosen, self._fitting)

    # The filter

    def narrow(self, wanted: ListFilter) -> None:
        """Show what a list of parcels shows; the rest stands back."""
        self._text = wanted.text
        self.filters.set_chosen(wanted.chosen)
        self._filter()

    @property
    def filter(self) -> ListFilter:
        """What the map is narrowed by."""
        today = self._bench.services.clock.today()
        return ListFilter(text=self._text, chosen=self.filters.chosen, on=today)

    def _filter(self) -> None:
        wanted = self.filter
        if not wanted.text and not wanted.chosen:
            self._take_filter(None)
            return

        def ask(ctx: Context) -> frozenset[str]:
            return frozenset(ctx.workspace.lists.ids(ListKind.PARCELS, wanted, Sort(column="name")))

        self._bench.operations.query(self, ask, success=self._take_filter)

    def _take_filter(self, fitting: frozenset[str] | None) -> None:
        if fitting != self._fitting:
            self._fitting = fitting
            self._stand_back()

    # Which parcel

    @property
    def chosen_id(self) -> str:
        """The key of the parcel that is chosen, or empty."""
        content, shape = self.content, self.canvas.choice
        return content.outlines.parcel_ids[shape] if content and shape is not None else ""

    def selected_ids(self) -> list[str]:
        """The chosen parcel, as a list has its rows."""
        return [self.chosen_id] if self.chosen_id else []

    def show_parcel(self, parcel_id: str, *, at_once: bool = False) -> None:
        """Fly to a parcel and choose it; as soon as the map is there."""
        if self.content is None:
            self._wanted = parcel_id
            return
        shape = self.content.shape_of.get(parcel_id)
        if shape is None:
            self._say_missing()
            return
        self.canvas.choose(shape)
        self.canvas.show_shapes([shape], at_once=at_once)

    def _found(self, parcel_ids: list[str]) -> None:
        content = self.content
        if content is None:
            return
        shapes = [content.shape_of[one] for one in parcel_ids if one in content.shape_of]
        if not shapes:
            self._say_missing()
            return
        self.canvas.choose(shapes[0])
        self.canvas.show_shapes(shapes)
        self.canvas.setFocus()

    def _say_missing(self) -> None:
        self.line.say(
            tr("It has no boundary that can be put on the map."),
            "caution",
            (tr("Import boundaries…"), self._bring_in),
        )

    def _bring_in(self) -> None:
        self._bench.go(Place("boundaries"))

    def _gap_picked(self, parcel_id: str, placed: bool) -> None:
        if placed:
            self.show_parcel(parcel_id)
        else:
            self._bench.go(Place("parcel", parcel_id, "boundary"))

    def _chosen(self, shape: int | None) -> None:
        self.selection_changed.emit()
        if shape is None:
            self.card.show_card(None)
        self._ask_card()

    def _ask_card(self) -> None:
        key = self.chosen_id
        if not key:
            return

        def shown(card: ParcelCard) -> None:
            if key == self.chosen_id:
                self.card.show_card(card)
                self.side.ensureWidgetVisible(self.card)

        self._bench.operations.query(
            self, lambda ctx: parcel_card(ctx, parcel_id=key), success=shown
        )

    def _open(self, shape: int) -> None:
        assert self.content is not None
        parcel = self.content.parcels[shape]
        if parcel is None:
            return
        if parcel.enterprise_id is not None:
            self._bench.go(Place("enterprise", parcel.enterprise_id))
        else:
            self._bench.go(Place("parcel", parcel.parcel_id))

    # Overlaps, underlays

    def _look_for_overlaps(self) -> None:
        if self.content is not None:
            self.overlaps.look(self.content)

    def _mark_overlaps(self, found: Overlaps | None) -> None:
        if self._scene is not None:
            self._scene.overlaps = found
            self._scene.change()
            self.canvas.repaint_scene()
        if found is not None:
            # Its place in the column is known once it has been laid out.
            QTimer.singleShot(0, self, lambda: self.side.ensureWidgetVisible(self.overlaps))

    def _show_overlap(self, one: Overlap) -> None:
        self.canvas.choose(one.one)
        self.canvas.fit(one.box.grown(30))

    def _lay_under(self) -> None:
        if self._scene is not None:
            self._scene.grounds = list(self.underlays.layers())
            self._scene.change()
            self.canvas.repaint_scene()

    def _parcels_box(self) -> Box | None:
        if self._scene is None:
            return None
        return self._scene.shapes.extent(self._scene.core)

    # Words around the map

    def _name(self) -> None:
        self.canvas.name_by(self.written_name)

    def written_name(self, shape: int) -> str:
        """What is written on a parcel."""
        assert self.content is not None
        parcel = self.content.parcels[shape]
        how = self.naming.value()
        if parcel is None or not how:
            return ""
        return parcel.enterprise if how == "enterprise" else parcel.name

    def _point(self, shape: int | None) -> None:
        content = self.content
        self.foot.say_parcel(content.parcels[shape] if content and shape is not None else None)
