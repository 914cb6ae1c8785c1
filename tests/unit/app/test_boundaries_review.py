"""Many boundaries before they are brought in: matched, decided on by hand, compared."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from landsteward.app.boundaries import BoundaryImport, import_read_boundaries
from landsteward.app.boundaries_file import BoundaryFile, ParcelMark, read_together
from landsteward.app.boundaries_matching import Choices, PlotChoice, Verdict
from landsteward.app.boundaries_review import BoundaryReview, Claim, claims_of, review_boundaries
from landsteward.app.import_batches import undo_import
from landsteward.app.importing import Outcome
from landsteward.app.language import Language, render
from landsteward.app.register import add_parcel
from landsteward.domain.errors import InputFileError, RefusedMoveError
from landsteward.exchange.boundary_files import GeometryFiles
from landsteward.exchange.map_shapes import PlaneGeometry
from tests.helpers.boundaries import head, plot, square, text
from tests.helpers.office import Office, open_office

FILES = GeometryFiles()
UNIT_CODE = "341602001002GB00003F00010001"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    here = open_office(tmp_path)
    yield here
    here.workspace.close()


def write(folder: Path, name: str, *plots: list[str]) -> Path:
    path = folder / name
    path.write_text(text(head(), *plots), "utf-8")
    return path


def parcel(office: Office, name: str, **fields: object) -> str:
    return add_parcel(office.administrator, name=name, **fields).id  # type: ignore[arg-type]


def review(
    office: Office, read: BoundaryFile, choices: Choices | None = None, *, new_parcels: bool = False
) -> BoundaryReview:
    return review_boundaries(
        office.administrator,
        read=read,
        files=FILES,
        choices=choices or {},
        new_parcels=new_parcels,
    )


def bring_in(office: Office, read: BoundaryFile, choices: Choices | None = None) -> BoundaryImport:
    return import_read_boundaries(office.administrator, read=read, choices=choices or {})


def reasons(found: BoundaryReview) -> list[str]:
    return [
        " ".join(render(note.reason, Language.ENGLISH) for note in one.reasons)
        for one in found.plots
    ]


class TestReading:
    def test_files_and_folders_are_read_as_one_and_a_broken_one_is_a_refused_plot(
        self, tmp_path: Path
    ) -> None:
        one = write(tmp_path, "一.txt", plot(square()), plot(square(east=200), number="DK-2"))
        folder = tmp_path / "夹"
        folder.mkdir()
        write(folder, "二.txt", plot(square(east=400), number="DK-3"))
        (folder / "坏.geojson").write_text("{", "utf-8")
        broken = tmp_path / "坏.txt"
        broken.write_bytes(b"\x00\x01")
        told: list[tuple[int, int]] = []
        read = read_together([one, broken, folder], FILES, lambda *how: told.append(how))
        assert [plot.row for plot in read.plots] == [1, 2, 3, 4, 5]
        assert [plot.file for plot in read.plots] == [
            "一.txt",
            "一.txt",
            "坏.txt",
            "夹/二.txt",
            "夹/坏.geojson",
        ]
        assert [plot.shape is None for plot in read.plots] == [False, False, True, False, True]
        assert "UTF-8" in render(read.plots[2].refused[0].reason, Language.ENGLISH)
        assert "JSON" in render(read.plots[4].refused[0].reason, Language.ENGLISH)
        assert read.file_name == "一.txt +2"
        assert told == [(0, 3), (1, 3), (2, 3)]

    def test_one_file_alone_that_cannot_be_read_is_refused_whole(self, tmp_path: Path) -> None:
        broken = tmp_path / "坏.txt"
        broken.write_bytes(b"\x00\x01")
        with pytest.raises(InputFileError):
            read_together([broken], FILES)

    def test_the_same_files_are_known_again(self, tmp_path: Path) -> None:
        paths = [write(tmp_path, f"{at}.txt", plot(square(east=at))) for at in range(3)]
        assert read_together(paths, FILES).sha256 == read_together(paths, FILES).sha256
        assert read_together(paths[:2], FILES).sha256 != read_together(paths, FILES).sha256

    @pytest.mark.parametrize(
        ("name", "content", "known"),
        [
            ("a.txt", "[地块坐标]\n", True),
            ("a.txt", "行政区\t电子监管号\n", False),
            ("a.shp", "", True),
            ("a.KMZ", "", True),
            ("a.xlsx", "", False),
            ("a.csv", "", False),
        ],
    )
    def test_boundary_files_are_told_from_sheets(
        self, name: str, content: str, known: bool, tmp_path: Path
    ) -> None:
        for encoding in ("utf-8", "gb18030"):
            file = tmp_path / name
            file.write_bytes(content.encode(encoding))
            assert FILES.recognises(file) is known
        assert FILES.recognises(tmp_path)
        assert not FILES.recognises(tmp_path / "none.txt")

    def test_a_long_text_is_not_cut_in_the_middle_of_a_character(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_text("[属性描述]\n[地块坐标]\n" + "汉字\n" * 40_000, "utf-8")
        assert FILES.recognises(file)


class TestMatching:
    def test_it_says_by_which_mark_each_plot_was_matched(
        self, office: Office, tmp_path: Path
    ) -> None:
        parcel(office, "一号", unit_code=UNIT_CODE)
        parcel(office, "二号", electronic_no="3416022026B00002")
        parcel(office, "三号")
        read = FILES.read(
            write(
                tmp_path,
                "a.txt",
                plot(square(), number=UNIT_CODE, name="甲"),
                plot(square(east=200), number=UNIT_CODE[:19], name="乙"),
                plot(square(east=400), number="3416022026B00002", name="丙"),
                plot(square(east=600), number="", name="三号"),
            )
        )
        found = review(office, read)
        assert [one.mark for one in found.plots] == [
            ParcelMark.UNIT_CODE,
            ParcelMark.LAND_CODE,
            ParcelMark.ELECTRONIC_NO,
            ParcelMark.NAME,
        ]
        assert "Several plots" in reasons(found)[0]

    def test_a_choice_goes_before_the_numbers(self, office: Office, tmp_path: Path) -> None:
        numbered, other = parcel(office, "一号"), parcel(office, "二号")
        read = FILES.read(write(tmp_path, "a.txt", plot(square(), number="", name="一号")))
        assert review(office, read).plots[0].parcel is not None
        chosen = {0: PlotChoice(verdict=Verdict.PARCEL, parcel_id=other)}
        (one,) = review(office, read, chosen).plots
        assert one.parcel is not None
        assert (one.parcel.id, one.mark) == (other, None)
        assert [candidate.id for candidate in one.candidates] == [numbered]
        bring_in(office, read, chosen)
        boundaries = office.workspace.parcel_boundaries
        assert boundaries.first(parcel_id=other) is not None
        assert boundaries.first(parcel_id=numbered) is None

    def test_of_several_that_may_be_meant_one_is_chosen(
        self, office: Office, tmp_path: Path
    ) -> None:
        twins = [parcel(office, "同名") for _ in range(2)]
        read = FILES.read(write(tmp_path, "a.txt", plot(square(), number="", name="同名")))
        (one,) = review(office, read).plots
        assert one.undecided
        assert [candidate.id for candidate in one.candidates] == twins
        chosen = {0: PlotChoice(verdict=Verdict.PARCEL, parcel_id=twins[1])}
        (done,) = bring_in(office, read, chosen).plots
        assert done.outcome is Outcome.CREATED
        assert done.parcel is not None
        assert done.parcel.id == twins[1]

    def test_a_new_parcel_or_none_by_hand(self, office: Office, tmp_path: Path) -> None:
        known = parcel(office, "一号")
        read = FILES.read(
            write(
                tmp_path,
                "a.txt",
                plot(square(), number="", name="一号"),
                plot(square(east=200), number="", name="没有"),
                plot(square(east=400), number="", name="也没有"),
            )
        )
        chosen = {
            0: PlotChoice(verdict=Verdict.NEW),
            1: PlotChoice(verdict=Verdict.NEW),
            2: PlotChoice(verdict=Verdict.LEAVE),
        }
        found = review(office, read, chosen)
        assert [one.outcome for one in found.plots] == [
            Outcome.CREATED,
            Outcome.CREATED,
            Outcome.REJECTED,
        ]
        assert reasons(found)[2] == "Left out by hand."
        done = bring_in(office, read, chosen)
        assert done.counts[Outcome.CREATED] == 2
        assert len(office.workspace.parcels.where(name="一号")) == 2
        assert office.workspace.parcel_boundaries.first(parcel_id=known) is None
        assert [one.reason for one in done.rejects]

    def test_two_plots_chosen_for_one_parcel_are_both_refused(
        self, office: Office, tmp_path: Path
    ) -> None:
        known = parcel(office, "一号")
        read = FILES.read(write(tmp_path, "a.txt", plot(square()), plot(square(east=200))))
        choice = PlotChoice(verdict=Verdict.PARCEL, parcel_id=known)
        found = review(office, read, {0: choice, 1: choice})
        assert [one.outcome for one in found.plots] == [Outcome.REJECTED] * 2

    def test_new_parcels_for_all_that_are_not_on_record(
        self, office: Office, tmp_path: Path
    ) -> None:
        read = FILES.read(write(tmp_path, "a.txt", plot(square(), number="", name="新地块")))
        assert review(office, read).plots[0].undecided
        (one,) = review(office, read, new_parcels=True).plots
        assert one.outcome is Outcome.CREATED
        assert one.deviation is None
        assert not office.workspace.parcels.where(name="新地块"), "a review writes nothing"

    def test_the_file_of_each_plot_is_kept(self, office: Office, tmp_path: Path) -> None:
        folder = tmp_path / "夹"
        folder.mkdir()
        for name in ("一号", "二号"):
            parcel(office, name)
            write(folder, f"{name}.txt", plot(square(), number="", name=name))
        bring_in(office, FILES.read(folder))
        kept = {one.file_name for one in office.workspace.parcel_boundaries.where()}
        assert kept == {"一号.txt", "二号.txt"}


class TestFit:
    def test_area_against_the_contract_and_the_register(
        self, office: Office, tmp_path: Path
    ) -> None:
        parcel(office, "登记", area_m2=Decimal(9000))
        read = FILES.read(
            write(
                tmp_path,
                "a.txt",
                plot(square(200), number="", name=office.parcel.name),
                plot(square(east=400), number="", name="登记"),
            )
        )
        contract, register = review(office, read).plots
        assert contract.deviation is not None
        assert register.deviation is not None
        assert contract.deviation.by_contract
        assert not contract.deviation.beyond
        assert register.deviation.beyond
        assert round(register.deviation.percent, 2) == Decimal("11.11")

    def test_land_that_is_claimed_twice_in_the_file_and_on_record(
        self, office: Office, tmp_path: Path
    ) -> None:
        for name in ("东邻", "甲", "乙", "丙"):
            parcel(office, name)
        bring_in(
            office,
            FILES.read(write(tmp_path, "z.txt", plot(square(east=90), number="", name="东邻"))),
        )
        read = FILES.read(
            write(
                tmp_path,
                "a.txt",
                plot(square(), number="", name="甲"),
                plot(square(north=-95), number="", name="乙"),
                plot(square(north=-600), number="", name="丙"),
            )
        )
        found = review(office, read)
        assert found.neighbours.names == ("东邻",)
        claims = claims_of(found, geometry=PlaneGeometry(), least_m2=Decimal(1))
        assert set(claims) == {0, 1}
        assert [(one.name, one.in_file) for one in claims[0]] == [("东邻", False), ("乙", True)]
        assert claims[0][0].area_m2 == pytest.approx(Decimal(1000), abs=Decimal(2))
        assert claims[1] == (
            Claim(name="甲", area_m2=claims[0][1].area_m2, in_file=True),
            Claim(name="东邻", area_m2=claims[1][1].area_m2, in_file=False),
        )

    def test_what_a_plot_replaces_is_no_neighbour_of_it(
        self, office: Office, tmp_path: Path
    ) -> None:
        parcel(office, "甲")
        file = write(tmp_path, "a.txt", plot(square(), number="", name="甲"))
        bring_in(office, FILES.read(file))
        shifted = FILES.read(write(tmp_path, "b.txt", plot(square(east=5), number="", name="甲")))
        found = review(office, shifted)
        assert found.plots[0].outcome is Outcome.UPDATED
        assert claims_of(found, geometry=PlaneGeometry(), least_m2=Decimal(1)) == {}

    def test_plots_that_cannot_be_read_or_placed_are_passed_over(
        self, office: Office, tmp_path: Path
    ) -> None:
        path = tmp_path / "a.txt"
        path.write_text(text(head(system="1980西安坐标系"), plot(square())), "utf-8")
        broken = tmp_path / "b.geojson"
        broken.write_text("{", "utf-8")
        found = review(office, read_together([path, broken], FILES))
        assert claims_of(found, geometry=PlaneGeometry(), least_m2=Decimal(1)) == {}
        assert not found.plots[1].undecided


class TestBringingIn:
    def test_all_of_it_is_one_import_that_can_be_taken_back(
        self, office: Office, tmp_path: Path
    ) -> None:
        paths = []
        for at in range(4):
            parcel(office, f"地块{at}")
            paths.append(
                write(
                    tmp_path, f"{at}.txt", plot(square(east=200 * at), number="", name=f"地块{at}")
                )
            )
        paths.append(tmp_path / "坏.txt")
        paths[-1].write_bytes(b"\x00\x01")
        read = read_together(paths, FILES)
        done = bring_in(office, read)
        assert done.batch is not None
        assert (done.batch.rows, done.batch.created, done.batch.rejected) == (5, 4, 1)
        assert len(done.plots) == sum(done.counts.values())
        again = bring_in(office, read)
        assert again.counts[Outcome.UNCHANGED] == 4
        assert again.batch is None
        undo_import(office.administrator, batch_id=done.batch.id)
        assert office.workspace.parcel_boundaries.count() == 0
        assert bring_in(office, read).counts[Outcome.CREATED] == 4

    def test_stopped_it_leaves_nothing(self, office: Office, tmp_path: Path) -> None:
        parcel(office, "甲")
        parcel(office, "乙")
        first = plot(square(), number="", name="甲")
        bring_in(office, FILES.read(write(tmp_path, "a.txt", first)))
        both = write(
            tmp_path,
            "b.txt",
            plot(square(50), number="", name="甲"),
            plot(square(east=300), number="", name="乙"),
        )
        before = office.workspace.parcel_boundaries.where()

        def stop(done: int, _total: int) -> None:
            if done:
                raise InterruptedError

        with pytest.raises(InterruptedError):
            import_read_boundaries(office.administrator, read=FILES.read(both), progress=stop)
        assert office.workspace.parcel_boundaries.where() == before
        assert office.workspace.import_batches.count() == 1

    def test_whoever_may_not_import_may_not_review(self, office: Office, tmp_path: Path) -> None:
        read = FILES.read(write(tmp_path, "a.txt", plot(square())))
        with pytest.raises(RefusedMoveError):
            review_boundaries(office.reader, read=read, files=FILES)
