"""The checkup form on paper: signatures and addenda in it, and the blank one for the hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from landsteward.app.addenda import add_addendum
from landsteward.app.checkups import answer_rest_ok, finish_checkup
from landsteward.app.dossier_assembly import assemble_dossier
from landsteward.app.dossier_view import FormView
from landsteward.app.form_assembly import assemble_form, form_of_case
from landsteward.app.signing import sign_form
from landsteward.bootstrap import bundled_packs
from landsteward.domain.casework import Checkup
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.signatures import SignatureRole
from landsteward.domain.strokes import Stroke
from landsteward.dossier.build import build_dossier
from landsteward.dossier.form import build_form
from tests.helpers.casework import in_checkup, opened
from tests.helpers.dossier_basics import FONTS
from tests.helpers.office import Office, open_office
from tests.helpers.pdf_reading import page_texts, reader, squeezed

WRITTEN: tuple[Stroke, ...] = (tuple((100 + 40 * n, 200 + n * n, None) for n in range(12)),)
DAY = date(2026, 3, 2)


@pytest.fixture
def county(tmp_path: Path) -> Office:
    """An office with the shipped pack."""
    return open_office(tmp_path, packs=bundled_packs())


def finished(office: Office, *, sign: bool) -> Checkup:
    _, checkup = in_checkup(office)
    ctx = office.land_inspector
    for department in checkup.departments:
        answer_rest_ok(ctx, checkup_id=checkup.id, department=department)
    if sign:
        for role, name, person in (
            (SignatureRole.INSPECTOR, "林检查", ctx.actor.id),
            (SignatureRole.REPRESENTATIVE, "乙示例", None),
        ):
            sign_form(
                ctx,
                checkup_id=checkup.id,
                role=role,
                name=name,
                person_id=person,
                strokes=WRITTEN,
                width=9000,
                height=4000,
            )
    return finish_checkup(ctx, checkup_id=checkup.id, representative="乙示例", on_paper=not sign)


def form(office: Office, checkup: Checkup, *, blank: bool = False) -> FormView:
    return assemble_form(office.reader, checkup_id=checkup.id, on=DAY, blank=blank)


def curves_drawn(content: bytes) -> int:
    """How many Bézier curves the pages draw."""
    streams = [page.get_contents() for page in reader(content).pages]
    return sum(one.get_data().split().count(b"c") for one in streams if one is not None)


def test_the_blank_form_asks_every_item_and_bears_its_code_on_every_page(county: Office) -> None:
    _, checkup = in_checkup(county)
    view = form(county, checkup, blank=True)
    content = build_form(view, fonts=FONTS, blank=True)
    texts = page_texts(content)
    whole = squeezed("".join(texts))
    items = [one.item for section in view.form.sections for one in section.items]
    assert len(items) == 66
    for item in items:
        assert squeezed(item.title) in whole, item.key
    # Three boxes an item, and three in each of two empty lines of four departments.
    assert whole.count("□") >= 3 * (66 + 8)
    assert all(view.code in text for text in texts)
    assert "（第1项“有问题”时填）" in whole
    assert "≥40" in whole
    assert "示例机械制造有限公司" in whole
    for department in view.form.sections:
        assert f"（{department.department.short_name}）" in whole
    assert "无问题61项" not in whole


def test_a_blank_form_is_blank_whatever_was_answered(county: Office) -> None:
    checkup = finished(county, sign=True)
    content = build_form(form(county, checkup, blank=True), fonts=FONTS, blank=True)
    assert curves_drawn(content) == 0
    assert "林检查" in squeezed("".join(page_texts(content))), "who comes stands at the section"
    assert "乙示例" not in squeezed("".join(page_texts(content)))


def test_signatures_are_drawn_and_the_form_says_whether_it_is_as_signed(county: Office) -> None:
    unsigned = build_form(form(county, finished(county, sign=False)), fonts=FONTS)
    assert curves_drawn(unsigned) == 0
    assert "（签字）" in squeezed("".join(page_texts(unsigned))), "room to sign on paper"


def test_signed_on_the_pad(county: Office) -> None:
    checkup = finished(county, sign=True)
    view = form(county, checkup)
    content = build_form(view, fonts=FONTS)
    assert curves_drawn(content) == 2 * 11, "eleven curves through twelve points, two signatures"
    whole = squeezed("".join(page_texts(content)))
    assert "（签字）" not in whole
    assert f"校验码{checkup.content_hash[:16]}：本表内容与签字锁定时一致" in whole
    changed = replace(view, form=replace(view.form, intact=False))
    assert "不一致，请核查" in squeezed("".join(page_texts(build_form(changed, fonts=FONTS))))
    assert build_form(view, fonts=FONTS) == content


def test_addenda_stand_in_the_form_and_in_the_dossier(county: Office) -> None:
    checkup = finished(county, sign=True)
    for item, text in (("use_changed", "二号厂房系仓储"), (None, "参检人员另有王示例")):
        add_addendum(
            county.land_inspector,
            checkup_id=checkup.id,
            item_key=item,
            text=text,
            reason="现场复核",
            strokes=WRITTEN,
            width=9000,
            height=4000,
        )
    alone = build_form(form(county, checkup), fonts=FONTS)
    dossier = build_dossier(
        assemble_dossier(county.reader, case_id=checkup.case_id, on=DAY), fonts=FONTS
    )
    for content in (alone, dossier):
        whole = squeezed("".join(page_texts(content)))
        assert "见更正1" in whole
        assert "第5项二号厂房系仓储现场复核" in whole
        assert "全表参检人员另有王示例现场复核" in whole
        assert curves_drawn(content) == 4 * 11
        assert "本表内容与签字锁定时一致" in whole


def test_a_case_without_a_visit_has_no_form(county: Office) -> None:
    case = opened(county)
    with pytest.raises(RefusedMoveError, match="No checkup"):
        form_of_case(county.reader, case_id=case.id, on=DAY)
