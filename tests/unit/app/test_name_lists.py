"""A pasted list of names and codes: every line is accounted for."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landsteward.app.name_lists import match_names, rows_of
from landsteward.app.register import add_enterprise
from tests.helpers.office import Office, credit_code


def test_names_codes_and_both_lead_to_their_enterprise(office: Office) -> None:
    plain = add_enterprise(office.carrier, name="样品（亳州）食品厂")
    coded = add_enterprise(office.carrier, name="样品药业", uscc=credit_code("91341600MA2EXA02"))
    text = "\n".join(
        (
            "序号\t企业名称\t统一社会信用代码",
            f"1\t随便什么\t{office.enterprise.uscc}",
            "2\t样品(亳州) 食品厂",
            "",
            f"样品药业 {coded.uscc}",
            "样品药业",
            "没有的厂，谯城",
            credit_code("91341600MA2EXA99"),
        )
    )
    found = match_names(office.reader, rows=rows_of(text))
    assert found.enterprise_ids == (office.enterprise.id, plain.id, coded.id)
    assert found.repeated == 1
    assert [(one.number, one.meant) for one in found.unmatched] == [(7, ()), (8, ())]
    assert found.unmatched[0].text == "没有的厂 谯城"


def test_a_name_that_several_bear_is_left_to_be_told_apart(office: Office) -> None:
    for number in ("05", "06"):
        uscc = credit_code(f"91341600MA2EXA{number}")
        add_enterprise(office.carrier, name="样品砖厂", uscc=uscc)
    found = match_names(office.reader, rows=rows_of("样品砖厂"))
    assert found.enterprise_ids == ()
    assert len(found.unmatched[0].meant) == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.sampled_from(["样品甲厂", "样品乙厂", "没有的厂", "", "名称", "12", " \t "])))
def test_no_line_is_lost(office: Office, lines: list[str]) -> None:
    for name in ("样品甲厂", "样品乙厂"):
        if not office.workspace.enterprises.where(name=name):
            add_enterprise(office.carrier, name=name)
    found = match_names(office.reader, rows=rows_of("\n".join(lines)))
    meaning = [line for line in lines if line in ("样品甲厂", "样品乙厂", "没有的厂")]
    assert len(found.enterprise_ids) + found.repeated + len(found.unmatched) == len(meaning)
    assert len(found.unmatched) == lines.count("没有的厂")
