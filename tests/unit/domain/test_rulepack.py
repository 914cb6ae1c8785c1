"""Law as data: which edition counts on which day."""

from dataclasses import replace
from datetime import date

import pytest

from landsteward.domain.laws import BasisRef, Law, LawVersion
from landsteward.domain.rulepack import contract_basis
from tests.helpers.rule_packs import SMALL_PACK

OLD = LawVersion(version="old", valid_from=date(2000, 1, 1), valid_to=date(2019, 12, 31))
NEW = LawVersion(version="new", valid_from=date(2020, 1, 1))
LAW = Law(key="law", title="示例法", title_en="Example law", versions=(OLD, NEW))
PACK = replace(SMALL_PACK, laws=(LAW,))
REF = BasisRef(law="law", article="第二条")


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(1999, 12, 31), None),
        (date(2000, 1, 1), "old"),
        (date(2019, 12, 31), "old"),
        (date(2020, 1, 1), "new"),
        (date(2099, 1, 1), "new"),
    ],
)
def test_the_edition_in_force_on_the_day_counts(day: date, edition: str | None) -> None:
    found = PACK.bases_on((REF,), day)
    assert [basis.version for basis in found] == ([edition] if edition else [])


def test_an_edition_without_dates_always_counts() -> None:
    open_law = replace(LAW, versions=(LawVersion(version="only"),))
    assert open_law.version_on(date(1900, 1, 1)) == open_law.versions[0]


def test_a_reference_to_an_edition_does_not_count_under_another() -> None:
    only_old = replace(REF, versions=("old",))
    assert PACK.bases_on((only_old,), date(2021, 1, 1)) == ()
    assert [one.version for one in PACK.bases_on((only_old, REF), date(2010, 1, 1))] == ["old"] * 2


def test_a_basis_says_title_article_edition_and_dates() -> None:
    basis = PACK.basis_on(REF, date(2010, 1, 1))
    assert basis is not None
    assert (basis.law, basis.law_en, basis.article) == ("示例法", "Example law", "第二条")
    assert (basis.valid_from, basis.valid_to) == (OLD.valid_from, OLD.valid_to)


def test_a_contract_term_names_the_contract_and_binds_from_its_signing() -> None:
    basis = PACK.basis_on(REF, date(2021, 1, 1))
    assert basis is not None
    signed = date(2018, 5, 4)
    filled = contract_basis(basis, number="3416992018B00001", signed_on=signed)
    assert (filled.version, filled.valid_from) == ("3416992018B00001", signed)
    assert contract_basis(basis, number=None, signed_on=None).version == "new"
