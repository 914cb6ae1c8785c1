"""Files taken into the pool: copies, duplicates, what is odd; marks, turns and pairs."""

from dataclasses import replace
from decimal import Decimal

import pytest

from landsteward.app.cases import open_case
from landsteward.app.checkups import answer_rest_ok, finish_checkup
from landsteward.app.dossier_assembly import assemble_dossier
from landsteward.app.evidence import attach_evidence, evidence_content, evidence_of, evidence_pool
from landsteward.app.evidence_intake import take_in
from landsteward.app.evidence_marks import set_marks, turn_photo
from landsteward.app.evidence_subjects import loose_evidence, open_subjects, subjects_of
from landsteward.app.photo_pairs import pair_photos, pairable, pairs_of, part_photos
from landsteward.app.pictures import copies_of, keep_copies, large_picture, small_pictures
from landsteward.app.register import add_enterprise
from landsteward.domain.boundaries import Crs, Shape, boundary_of
from landsteward.domain.casework import Case, Evidence
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.photos import Mark, MarkColour, MarkKind, PictureTrouble
from landsteward.domain.states import SubjectKind
from tests.helpers.casework import close, in_checkup, line, opened, problem, rechecked, rectifying
from tests.helpers.office import Office
from tests.helpers.photos import heic, jpeg, read

ARROW = Mark(kind=MarkKind.ARROW, colour=MarkColour.RED, x1=0.1, y1=0.2, x2=0.5, y2=0.6)
TEXT = Mark(kind=MarkKind.TEXT, colour=MarkColour.YELLOW, x1=0.3, y1=0.3, text="标签缺失")
BOX = ((115.78, 33.85), (115.79, 33.85), (115.79, 33.86), (115.78, 33.86))
"""An outline in degrees; a degree of latitude is 111.32 km here."""


def photo(office: Office, case_id: str, name: str = "a.jpg", colour: str = "red") -> Evidence:
    file = read(name, jpeg(colour=colour))
    return take_in(office.land_inspector, case_id=case_id, file=file).evidence


def elsewhere(office: Office) -> Case:
    """A case of another enterprise."""
    other = add_enterprise(office.carrier, name="另一家示例公司")
    return open_case(office.carrier, enterprise_id=other.id, parcel_id=None)


def with_boundary(office: Office) -> None:
    shape = Shape(
        rings=(),
        crs=Crs(epsg=4490, name="", plane=False, transformable=True),
        area_m2=None,
        perimeter_m=None,
        extent=None,
        outline=(BOX,),
    )
    boundary = boundary_of(
        shape,
        boundary_id="boundary",
        parcel_id=office.parcel.id,
        stated_area_m2=None,
        plot_no="",
        plot_name="",
        header=(),
        attributes=(),
        file_name="x.txt",
        file_sha256="",
        batch_id=None,
    )
    ctx = office.land_inspector
    with ctx.change():
        ctx.workspace.parcel_boundaries.add(boundary)


def said(office: Office, case_id: str, content: bytes, name: str = "a.jpg") -> list[str]:
    taken = take_in(office.land_inspector, case_id=case_id, file=read(name, content))
    return [str(one) for one in taken.doubts]


class TestTakingIn:
    def test_original_copies_and_facts_come_in_together(self, office: Office) -> None:
        case = opened(office)
        content = jpeg(
            (400, 300),
            taken="2026:03:02 08:00:00",
            offset="+08:00",
            place=(33.85, 115.78),
            make="DJI",
            model="Mini",
        )
        taken = take_in(office.land_inspector, case_id=case.id, file=read("航拍.jpg", content))
        found = taken.evidence
        assert taken.new
        assert not taken.doubts
        assert evidence_content(office.reader, evidence_id=found.id) == content
        assert (found.latitude, found.longitude) == (Decimal("33.850000"), Decimal("115.780000"))
        assert found.camera == "DJI Mini"
        assert found.taken_at is not None
        assert found.taken_at.isoformat() == "2026-03-02T08:00:00+08:00"
        kept = copies_of(office.reader, sha256=found.sha256)
        assert kept is not None
        assert (kept.width, kept.height, kept.trouble) == (400, 300, None)
        small = small_pictures(office.reader, sha256s=[found.sha256, "0" * 64])
        assert list(small) == [found.sha256]
        assert (small[found.sha256] or b"").startswith(b"\xff\xd8")
        assert large_picture(office.reader, sha256=found.sha256) is not None
        assert office.workspace.check().ok

    def test_what_is_there_already_is_attached_not_kept_twice(self, office: Office) -> None:
        case, checkup = in_checkup(office)
        result = line(office, checkup, "start")
        first = photo(office, case.id)
        again = take_in(
            office.ecology_lead,
            case_id=case.id,
            file=read("copy of a.jpg", jpeg()),
            subject_kind=SubjectKind.ITEM_RESULT,
            subject_id=result.id,
        )
        assert not again.new
        assert again.evidence == first
        assert evidence_pool(office.reader, case_id=case.id) == [first]
        assert evidence_of(
            office.reader, subject_kind=SubjectKind.ITEM_RESULT, subject_id=result.id
        ) == [first]

    def test_a_photo_of_two_cases_is_kept_once(self, office: Office) -> None:
        one, other = opened(office), elsewhere(office)
        assert photo(office, one.id).id != photo(office, other.id).id
        assert office.workspace.picture_copies.count() == 1

    def test_a_refused_attachment_takes_nothing_in(self, office: Office) -> None:
        case, finding = elsewhere(office), problem(office, in_checkup(office)[1], "start")
        with pytest.raises(RefusedMoveError, match="another case"):
            take_in(
                office.land_inspector,
                case_id=case.id,
                file=read("a.jpg", jpeg()),
                subject_kind=SubjectKind.FINDING,
                subject_id=finding.id,
            )
        assert not evidence_pool(office.reader, case_id=case.id)

    def test_heic_is_kept_and_said(self, office: Office) -> None:
        case = opened(office)
        (sentence,) = said(office, case.id, heic(), "IMG_1.HEIC")
        assert "HEIC cannot be shown" in sentence
        (kept,) = evidence_pool(office.reader, case_id=case.id)
        assert evidence_content(office.reader, evidence_id=kept.id) == heic()
        copies = copies_of(office.reader, sha256=kept.sha256)
        assert copies is not None
        assert (copies.trouble, copies.small) == (PictureTrouble.HEIC, None)

    def test_copies_made_first_stay(self, office: Office) -> None:
        kept = photo(office, opened(office).id)
        before = copies_of(office.reader, sha256=kept.sha256)
        made = read("a.jpg", jpeg(colour="blue")).copies
        assert made is not None
        assert keep_copies(office.land_inspector, sha256=kept.sha256, made=made) == before


class TestDoubts:
    """The office's clock stands at 2026-03-02 09:00 +08:00; limits are 60 minutes, 3 days, 1 km."""

    @pytest.mark.parametrize(
        ("taken", "offset", "word"),
        [
            ("2026:03:02 09:55:00", "+08:00", ""),
            ("2026:03:02 10:05:00", "+08:00", "after it was added"),
            # 10:05 in Tokyo is 09:05 here.
            ("2026:03:02 10:05:00", "+09:00", ""),
            ("2026:02:27 09:05:00", "+08:00", ""),
            ("2026:02:27 08:55:00", "+08:00", "3 days ago"),
            ("2024:02:27 08:55:00", "", "734 days ago"),
        ],
    )
    def test_a_clock_that_differs_far(
        self, office: Office, taken: str, offset: str, word: str
    ) -> None:
        sentences = said(office, opened(office).id, jpeg(taken=taken, offset=offset))
        assert bool(sentences) == bool(word)
        assert all(word in one for one in sentences)

    @pytest.mark.parametrize(
        ("place", "word"),
        [
            ((33.855, 115.785), ""),  # inside
            ((33.8685, 115.785), ""),  # 0.0085° north of the edge: 946 m
            ((33.8695, 115.785), "1.1 km"),  # 0.0095° north: 1 058 m
            # 0.1° west of the edge: 0.1 × 111.32 km × cos 33.855° (0.8304) = 9.2 km
            ((33.855, 115.68), "9.2 km"),
        ],
    )
    def test_a_place_far_from_the_parcel(
        self, office: Office, place: tuple[float, float], word: str
    ) -> None:
        with_boundary(office)
        sentences = said(office, opened(office).id, jpeg(place=place))
        assert bool(sentences) == bool(word)
        assert all(word in one for one in sentences)

    def test_without_a_boundary_nothing_is_said_of_places(self, office: Office) -> None:
        assert said(office, opened(office).id, jpeg(place=(10.0, 10.0))) == []


class TestMarks:
    def test_marks_lie_beside_the_original_and_in_the_trail(self, office: Office) -> None:
        case = opened(office)
        kept = photo(office, case.id)
        content = evidence_content(office.reader, evidence_id=kept.id)
        marked = set_marks(office.ecology_lead, evidence_id=kept.id, marks=[ARROW, TEXT])
        assert (
            office.workspace.evidence.get(kept.id) == marked == replace(kept, marks=(ARROW, TEXT))
        )
        assert evidence_content(office.reader, evidence_id=kept.id) == content
        newest = office.workspace.reports.timeline(case.id)[0]
        assert (newest.table, newest.fields) == ("evidence", ("marks",))
        assert newest.actor == office.ecology_lead.actor.name

    def test_a_turn_comes_round(self, office: Office) -> None:
        kept = photo(office, opened(office).id)
        ctx = office.land_inspector
        assert turn_photo(ctx, evidence_id=kept.id, by=-1).turn == 3
        assert turn_photo(ctx, evidence_id=kept.id, by=2).turn == 1

    def test_a_text_too_long_is_refused_in_words(self, office: Office) -> None:
        kept = photo(office, opened(office).id)
        long = replace(TEXT, text="长" * 201)
        with pytest.raises(RefusedMoveError, match="200 characters"):
            set_marks(office.land_inspector, evidence_id=kept.id, marks=[long])

    def test_what_a_finished_checkup_rests_on_is_marked_no_more(self, office: Office) -> None:
        case, checkup = in_checkup(office)
        kept = photo(office, case.id)
        attach_evidence(
            office.land_inspector,
            evidence_id=kept.id,
            subject_kind=SubjectKind.ITEM_RESULT,
            subject_id=line(office, checkup, "start").id,
        )
        set_marks(office.land_inspector, evidence_id=kept.id, marks=[ARROW])
        for department in checkup.departments:
            answer_rest_ok(office.land_inspector, checkup_id=checkup.id, department=department)
        finish_checkup(office.land_inspector, checkup_id=checkup.id, representative="乙示例")
        with pytest.raises(RefusedMoveError, match="finished"):
            set_marks(office.land_inspector, evidence_id=kept.id, marks=[])
        with pytest.raises(RefusedMoveError, match="finished"):
            turn_photo(office.land_inspector, evidence_id=kept.id, by=1)

    def test_who_may_only_read_marks_nothing(self, office: Office) -> None:
        kept = photo(office, opened(office).id)
        with pytest.raises(RefusedMoveError, match="role"):
            set_marks(office.reader, evidence_id=kept.id, marks=[ARROW])


class TestPairs:
    def both(self, office: Office) -> tuple[str, Evidence, Evidence]:
        """A finding being put right, with a photo of the problem and one of the cure."""
        case, (finding,), _ = rectifying(office, "start")
        before, after = photo(office, case.id), photo(office, case.id, "b.jpg", "green")
        for one, kind in ((before, SubjectKind.FINDING), (after, SubjectKind.RECTIFICATION)):
            attach_evidence(
                office.land_inspector,
                evidence_id=one.id,
                subject_kind=kind,
                subject_id=finding.id,
            )
        return finding.id, before, after

    def test_a_pair_is_set_once_and_taken_apart(self, office: Office) -> None:
        finding_id, before, after = self.both(office)
        assert pairable(office.reader, finding_id=finding_id) == ((before,), (after,))
        ctx = office.consultant
        for _ in range(2):
            pair = pair_photos(ctx, finding_id=finding_id, before_id=before.id, after_id=after.id)
        assert pairs_of(office.reader, finding_id=finding_id) == ((pair, before, after),)
        case_id = before.case_id
        view = assemble_dossier(office.reader, case_id=case_id, on=office.reader.today())
        (printed,) = view.pairs
        assert (printed.finding_no, printed.before.number, printed.after.number) == (1, 1, 2)
        assert [one.picture is not None for one in view.evidence] == [True, True]
        assert office.workspace.reports.timeline(case_id)[0].table == "photo_pairs"
        part_photos(ctx, pair_id=pair.id)
        assert pairs_of(office.reader, finding_id=finding_id) == ()

    def test_the_wrong_way_round_is_no_pair(self, office: Office) -> None:
        finding_id, before, after = self.both(office)
        for one, other in ((after, before), (before, before)):
            with pytest.raises(RefusedMoveError, match="A pair is"):
                pair_photos(
                    office.consultant,
                    finding_id=finding_id,
                    before_id=one.id,
                    after_id=other.id,
                )

    def test_a_settled_finding_keeps_its_pairs(self, office: Office) -> None:
        case, (finding,) = rechecked(office, "start")
        before, after = photo(office, case.id), photo(office, case.id, "b.jpg", "green")
        for one, kind in ((before, SubjectKind.FINDING), (after, SubjectKind.RECTIFICATION)):
            attach_evidence(
                office.land_inspector,
                evidence_id=one.id,
                subject_kind=kind,
                subject_id=finding.id,
            )
        pair = pair_photos(
            office.land_inspector,
            finding_id=finding.id,
            before_id=before.id,
            after_id=after.id,
        )
        close(office, finding)
        with pytest.raises(RefusedMoveError, match="settled"):
            part_photos(office.land_lead, pair_id=pair.id)
        assert len(pairs_of(office.reader, finding_id=finding.id)) == 1


class TestSubjects:
    def test_what_belongs_where_is_said_by_name(self, office: Office) -> None:
        case, checkup = in_checkup(office)
        finding = problem(office, checkup, "start")
        result = line(office, checkup, "start")
        kept = photo(office, case.id)
        assert loose_evidence(office.reader, case_id=case.id) == {kept.id}
        offered = open_subjects(office.reader, case_id=case.id)
        assert [(one.kind, one.subject_id) for one in offered] == [
            (SubjectKind.ITEM_RESULT, result.id),
            (SubjectKind.FINDING, finding.id),
        ]
        for one in offered:
            attach_evidence(
                office.land_inspector,
                evidence_id=kept.id,
                subject_kind=one.kind,
                subject_id=one.subject_id,
            )
        assert subjects_of(office.reader, evidence_id=kept.id) == offered
        assert offered[0].name == "start 检查项"
        assert offered[1].number == 1
        assert loose_evidence(office.reader, case_id=case.id) == frozenset()

    def test_the_cure_is_offered_once_the_finding_is_assigned(self, office: Office) -> None:
        case, (finding,), _ = rectifying(office, "start")
        offered = open_subjects(office.reader, case_id=case.id)
        assert [(one.kind, one.subject_id) for one in offered] == [
            (SubjectKind.FINDING, finding.id),
            (SubjectKind.RECTIFICATION, finding.id),
        ]
