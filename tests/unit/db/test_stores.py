from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.record_stores import RecordStores
from db.stores import SqlStore
from db.workspace import SqlWorkspace
from landsteward.app.ports.workspace import Workspace
from landsteward.domain.casework import Evidence
from landsteward.domain.errors import KnownError, RecordNotFoundError
from landsteward.domain.findings import Finding, LegalBasis
from landsteward.domain.follow_ups import Extension, FollowUp, MetricReading
from landsteward.domain.photos import PhotoPair
from landsteward.domain.register import Enterprise, Parcel
from landsteward.domain.remedies import RecheckResult
from landsteward.domain.signatures import Signature
from landsteward.domain.states import FindingOrigin, Severity
from tests.unit.db.conftest import Desk

CHINA = timezone(timedelta(hours=8))
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=20),
    int: st.integers(min_value=-(2**63), max_value=2**63 - 1),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    float: st.floats(allow_nan=False, allow_infinity=False),
    datetime: st.datetimes(timezones=st.sampled_from([UTC, CHINA])),
}
# What the schema allows less of than the type does.
NARROW: dict[tuple[type[Any], str], st.SearchStrategy[Any]] = {
    (FollowUp, "percent"): st.none() | st.integers(min_value=0, max_value=100),
    (MetricReading, "quarter"): st.none() | st.integers(min_value=1, max_value=4),
    # Of a finding or of a step.
    (Finding, "rebounds"): st.integers(min_value=0, max_value=2**63 - 1),
    # Only what did not pass may have passed in part.
    (RecheckResult, "partly"): st.just(False),
    (Extension, "finding_id"): st.text(max_size=20),
    (Extension, "step_id"): st.none(),
    # Under the form of a checkup or of a recheck.
    (Signature, "checkup_id"): st.text(max_size=20),
    (Signature, "recheck_id"): st.none(),
    (Evidence, "turn"): st.integers(min_value=0, max_value=3),
    # The two of a pair differ.
    (PhotoPair, "before_id"): st.just("before"),
    (PhotoPair, "after_id"): st.just("after"),
}


def stores(workspace: SqlWorkspace) -> dict[str, SqlStore[Any]]:
    return {name: getattr(workspace, name) for name in RecordStores.__annotations__}


def values_of(annotation: Any) -> st.SearchStrategy[Any]:
    if annotation in SCALARS:
        return SCALARS[annotation]
    if isinstance(annotation, UnionType):
        return st.one_of(*(values_of(part) for part in get_args(annotation)))
    if getattr(annotation, "__origin__", None) is tuple:
        parts = get_args(annotation)
        if parts[-1] is Ellipsis:
            return st.lists(values_of(parts[0]), max_size=3).map(tuple)
        return st.tuples(*(values_of(part) for part in parts))
    if isinstance(annotation, type) and is_dataclass(annotation):
        return records_of(annotation)
    return st.from_type(annotation)


def records_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(
        kind,
        **{
            f.name: NARROW[kind, f.name] if (kind, f.name) in NARROW else values_of(hints[f.name])
            for f in fields(kind)
        },
    )


def test_every_kind_of_record_comes_back_as_it_went_in(desk: Desk) -> None:
    desk.db.execute("PRAGMA foreign_keys = OFF")
    for store in stores(desk.workspace).values():
        comes_back(desk, store)


class TakenBackError(Exception):
    """Ends a transaction so that the next record clashes with nothing."""


def added_and_taken_back(
    desk: Desk, store: SqlStore[Any], record: Any, add: Callable[[], None]
) -> str:
    """What the trail kept of a record that was added and taken back again."""
    entry = "SELECT after FROM change_log ORDER BY seq DESC LIMIT 1"
    kept: list[str] = []

    def add_and_take_back() -> None:
        with desk.change():
            add()
            assert store.get(record.id) == record
            assert record in store.where(id=record.id)
            kept.extend(desk.db.execute(entry).fetchone())
            raise TakenBackError

    with pytest.raises(TakenBackError):
        add_and_take_back()
    return kept[0]


def comes_back(desk: Desk, store: SqlStore[Any]) -> None:
    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(record=records_of(store._mapper._type))
    def check(record: Any) -> None:
        before = store.count()
        alone = added_and_taken_back(desk, store, record, lambda: store.add(record))
        among_many = added_and_taken_back(desk, store, record, lambda: store.add_many([record]))
        assert among_many == alone
        assert store.count() == before

    check()


def test_every_store_has_a_record_type_of_the_port(desk: Desk) -> None:
    port = {name for name, made in vars(Workspace).items() if isinstance(made, property)}
    assert stores(desk.workspace).keys() <= port
    assert stores(desk.workspace).keys() == RecordStores.__annotations__.keys()


def test_lists_of_records_stay_lists(desk: Desk) -> None:
    case = desk.case("体检〔2026〕1号")
    basis = LegalBasis(
        law="土地管理法", article="第三十八条", version="2019", valid_from=date(2020, 1, 1)
    )
    finding = Finding(
        id="f-1",
        case_id=case.id,
        finding_no=1,
        origin=FindingOrigin.RULE,
        department="natural_resources",
        severity=Severity.MAJOR,
        title="未动工",
        bases=(basis,),
    )
    with desk.change():
        desk.workspace.findings.add(finding)
    assert desk.workspace.findings.get("f-1").bases == (basis,)
    assert desk.workspace.findings.get("f-1").severity is Severity.MAJOR


def test_where_first_and_count_leave_out_what_does_not_fit(desk: Desk) -> None:
    first = desk.enterprise("甲", district="谯城区")
    second = desk.enterprise("乙", district="谯城区", uscc="91341600MA2RABCD1X")
    desk.enterprise("丙", district="利辛县")
    store = desk.workspace.enterprises
    assert store.where(district="谯城区") == [first, second]
    assert store.where(district="谯城区", uscc=None) == [first]
    assert store.first(district="谯城区") == first
    assert store.first(district="涡阳县") is None
    assert (store.count(), store.count(district="谯城区")) == (3, 2)


def test_decimals_and_days_can_be_asked_for(desk: Desk) -> None:
    parcel = desk.parcel("一号", area_m2=Decimal("1234.50"))
    assert desk.workspace.parcels.where(area_m2=Decimal("1234.50")) == [parcel]
    case = desk.case("体检〔2026〕1号", due_on=date(2026, 5, 1))
    assert desk.workspace.cases.where(due_on=date(2026, 5, 1)) == [case]


def test_an_unknown_field_is_a_mistake_of_ours(desk: Desk) -> None:
    with pytest.raises(TypeError, match="colour"):
        desk.workspace.enterprises.where(colour="red")


def test_what_is_not_there_is_said(desk: Desk) -> None:
    assert desk.workspace.enterprises.find("nobody") is None
    with pytest.raises(RecordNotFoundError):
        desk.workspace.enterprises.get("nobody")
    with pytest.raises(RecordNotFoundError), desk.change():
        desk.workspace.enterprises.save(Enterprise(id="nobody", name="x", name_key="x"))
    with pytest.raises(RecordNotFoundError), desk.change():
        desk.workspace.enterprises.retire("nobody")


def test_a_retired_record_is_gone_and_stays_in_the_file(desk: Desk) -> None:
    enterprise = desk.enterprise("甲", uscc="91341600MA2RABCD1X")
    with desk.change():
        desk.workspace.enterprises.retire(enterprise.id)
    assert desk.workspace.enterprises.find(enterprise.id) is None
    assert desk.workspace.enterprises.count() == 0
    (mark,) = desk.db.execute("SELECT deleted_at FROM enterprises").fetchone()
    assert mark == desk.moment.isoformat()
    # Its code is free for the one who really has it.
    desk.enterprise("乙", uscc="91341600MA2RABCD1X")


def test_saving_what_did_not_change_leaves_no_trace(desk: Desk) -> None:
    enterprise = desk.enterprise("甲")
    before = desk.workspace.check().audit_chain.length
    with desk.change():
        desk.workspace.enterprises.save(enterprise)
    assert desk.workspace.check().audit_chain.length == before
    with desk.change():
        desk.workspace.enterprises.save(replace(enterprise, phone="0558"))
    assert desk.workspace.check().audit_chain.length == before + 1
    assert desk.workspace.enterprises.get(enterprise.id).phone == "0558"


def test_a_clash_names_the_record_that_is_there(desk: Desk) -> None:
    desk.enterprise("甲公司", uscc="91341600MA2RABCD1X")
    with pytest.raises(KnownError) as refusal:
        desk.enterprise("乙公司", uscc="91341600MA2RABCD1X")
    assert "甲公司" in str(refusal.value)
    assert "91341600MA2RABCD1X" in str(refusal.value)
    assert refusal.value.where == "乙公司"
    assert desk.workspace.enterprises.count() == 1


def test_adding_many_adds_all_or_none(desk: Desk) -> None:
    def batch(*codes: str) -> list[Parcel]:
        return [Parcel(id=desk.key("p"), name=f"{code} 地块", unit_code=code) for code in codes]

    many = batch(*(f"{number:028d}" for number in range(200)))
    with desk.change():
        desk.workspace.parcels.add_many(iter(many))
    assert desk.workspace.parcels.where() == many
    with desk.change():
        with pytest.raises(KnownError, match=f"{7:028d} 地块"):
            desk.workspace.parcels.add_many(
                batch(*(f"{n:028d}" for n in range(300, 500)), many[7].unit_code or "")
            )
        with pytest.raises(KnownError, match="x 地块"):
            desk.workspace.parcels.add_many(batch("x", "x"))
    assert desk.workspace.parcels.count() == 200
    with desk.change():
        desk.workspace.parcels.add_many([])


def test_a_reference_to_nothing_is_a_mistake_of_ours(desk: Desk) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        desk.parcel("一号", carrier_id="nobody")


def test_contents_are_kept_once(desk: Desk) -> None:
    blobs = desk.workspace.blobs
    with desk.change():
        first, again, empty = blobs.put(b"photo"), blobs.put(b"photo"), blobs.put(b"")
    assert first == again != empty
    assert (blobs.get(first), blobs.get(empty)) == (b"photo", b"")
    assert desk.db.execute("SELECT count(*) FROM blobs").fetchone() == (2,)
    with pytest.raises(RecordNotFoundError):
        blobs.get("0" * 64)
