from datetime import date
from decimal import Decimal
from enum import Enum

import pytest

from landsteward.app.plan_comparing import RISK_FIELDS, STEP_FIELDS, ChangeKind
from landsteward.domain.checklist import LimitSource
from landsteward.domain.errors import RulePackError
from landsteward.domain.findings import LegalBasis
from landsteward.domain.states import (
    ConsentKind,
    DelayCause,
    Disposal,
    EnterpriseKind,
    FindingMove,
    FindingOrigin,
    FindingState,
    ItemOutcome,
    Likelihood,
    PlanPart,
    PlanStatus,
    RecheckKind,
    Scale,
    SubjectKind,
    Tenure,
)
from landsteward.dossier.wording import Wording
from tests.helpers.dossier_basics import sample_pack


@pytest.fixture
def words() -> Wording:
    return Wording(sample_pack().wording)


@pytest.mark.parametrize(
    ("section", "kind"),
    [
        ("outcome", ItemOutcome),
        ("limit_source", LimitSource),
        ("finding_origin", FindingOrigin),
        ("disposal", Disposal),
        ("finding_state", FindingState),
        ("finding_move", FindingMove),
        ("plan_status", PlanStatus),
        ("plan_part", PlanPart),
        ("likelihood", Likelihood),
        ("consent", ConsentKind),
        ("change_kind", ChangeKind),
        ("recheck_kind", RecheckKind),
        ("tenure", Tenure),
        ("scale", Scale),
        ("enterprise_kind", EnterpriseKind),
        ("delay_cause", DelayCause),
        ("subject", SubjectKind),
    ],
)
def test_every_state_and_kind_has_its_words(words: Wording, section: str, kind: type[Enum]) -> None:
    for one in kind:
        assert words(f"{section}.{one.value}")


def test_every_field_of_steps_and_risks_has_its_words(words: Wording) -> None:
    for name in (*STEP_FIELDS, *RISK_FIELDS):
        assert words(f"plan_field.{name}")


def test_evidence_names_every_kind_of_subject(words: Wording) -> None:
    for kind in SubjectKind:
        if kind is not SubjectKind.CASE:
            assert "3" in words(f"evidence.of_{kind}", name="3")


def test_a_missing_word_is_said_with_its_key() -> None:
    with pytest.raises(RulePackError, match=r"common\.none") as caught:
        Wording({})("common.none")
    assert caught.value.where == "wording.toml"


@pytest.mark.parametrize("broken", ["{nobody}", "{", "{number.title.x}", "{0}"])
def test_a_broken_word_is_said_with_its_key(broken: str) -> None:
    with pytest.raises(RulePackError, match=r"a\.b"):
        Wording({"a.b": broken})("a.b", number=1)


def test_values_are_never_read_as_words() -> None:
    assert Wording({"a.b": "{text}!"})("a.b", text="{number} <x>") == "{number} <x>!"


def test_dates_and_figures_read_as_papers_write_them(words: Wording) -> None:
    assert words.day(date(2026, 3, 5)) == "2026年3月5日"
    assert words.short_day(date(2026, 3, 5)) == "2026-03-05"
    assert words.day(None) == "—"
    assert words.figure(Decimal("1280.5000")) == "1,280.5"
    assert words.figure(Decimal("1200")) == "1,200"
    assert words.figure(Decimal("3.415"), 2) == "3.42"
    assert words.figure(None) == "—"


def test_bounds_say_only_what_is_known(words: Wording) -> None:
    assert words.bounds(Decimal(1), Decimal(2)) == "1 至 2"
    assert words.bounds(Decimal("1.20"), None) == "≥ 1.2"
    assert words.bounds(None, Decimal(2)) == "≤ 2"
    assert words.bounds(None, None) == "—"


def test_a_basis_is_printed_whole(words: Wording) -> None:
    basis = LegalBasis(
        law="闲置土地处置办法",
        article="第十四条",
        version="国土资源部令第53号",
        valid_from=date(2012, 7, 1),
    )
    assert words.basis(basis) == (
        "《闲置土地处置办法》第十四条（国土资源部令第53号，自2012年7月1日起施行）"
    )
