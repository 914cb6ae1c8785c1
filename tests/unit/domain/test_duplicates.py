"""Names that differ in form and place alone, and codes of one organisation."""

import pytest

from landsteward.domain.duplicates import Likeness, Named, alike, could_be_same
from landsteward.packs.source import Packs

WORDS = Packs().codes().names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例食品有限公司", "示例食品有限责任公司"),
        ("示例食品股份有限公司", "示例 食品 公司"),
        ("亳州市示例食品有限公司", "安徽示例食品有限公司"),
        ("安徽省亳州市谯城区示例食品公司", "示例食品"),
        ("示例食品（亳州）有限公司", "示例食品有限公司"),
        ("（亳州）示例食品有限公司", "示例食品(安徽)集团有限公司"),
        ("ＡＢＣ电子有限公司", "abc电子"),
        ("示例集团食品有限公司", "示例（集团）食品公司"),
        ("示例食品集团有限公司", "示例食品有限公司"),
    ],
)
def test_spellings_of_one_enterprise_have_one_key(one: str, other: str) -> None:
    assert WORDS.loose_key(one) == WORDS.loose_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例食品有限公司", "示例食品二厂"),
        ("示例食品（合肥）有限公司", "示例食品有限公司"),
        ("亳州有限公司", "安徽有限公司"),
        ("公司", "集团公司的"),
    ],
)
def test_what_tells_enterprises_apart_stays(one: str, other: str) -> None:
    assert WORDS.loose_key(one) != WORDS.loose_key(other)


def test_n_alike_make_n_minus_one_pairs() -> None:
    records = [Named(str(at), "示例食品" + "公司" * at, None) for at in range(4)]
    assert [(one.first_id, one.second_id) for one in alike(records, WORDS)] == [
        ("0", "1"),
        ("0", "2"),
        ("0", "3"),
    ]


def test_a_code_with_the_same_organisation_number_is_alike() -> None:
    records = [
        Named("a", "甲", "91341600MA2N00000X"),
        Named("b", "乙", "92341602MA2N00000Q"),
        Named("c", "乙公司", None),
        Named("d", "丁", "short"),
        Named("e", "戊", "short"),
    ]
    found = {(one.first_id, one.second_id): one.by for one in alike(records, WORDS)}
    assert found == {("a", "b"): (Likeness.CODE,), ("b", "c"): (Likeness.NAME,)}


def test_codes_of_two_organisations_are_two_enterprises() -> None:
    first = Named("a", "甲", "91341600MA2N00000X")
    assert could_be_same(first, Named("b", "甲", "92341602MA2N00000Q"))
    assert could_be_same(first, Named("b", "甲", None))
    assert not could_be_same(first, Named("b", "甲", "91341600MA2N00001X"))
