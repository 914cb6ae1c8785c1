"""Catalogues follow the sources, keep what people wrote, and complain about what is missing."""

import gettext
import os
import threading
from pathlib import Path

import pytest

from tools import translations

DOMAIN = """
from landsteward.domain.text import msg

def refuse():
    raise KnownError(msg("Closing needs evidence of {what}", what=1))
"""
WINDOW = """
from landsteward.app import language
from landsteward.app.language import tr

title = tr("Cases")
long = tr(
    "One sentence "
    "in two pieces"
)
other = language.tr("Parcels")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with strings in three areas."""
    for file, text in {
        "landsteward/domain/cases.py": DOMAIN,
        "landsteward/bootstrap.py": 'tr("Cases")',
        "ui/pages/cases.py": WINDOW,
        "db/connection.py": "",
    }.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def po(project: Path, area: str) -> Path:
    return translations.folder_of(project) / f"{area}.po"


def translate(project: Path, area: str, english: str, chinese: str) -> None:
    """Write one translation the way a person does: into the file."""
    path = po(project, area)
    before = path.read_text(encoding="utf-8")
    empty = f'msgid "{english}"\nmsgstr ""\n'
    assert empty in before
    path.write_text(before.replace(empty, f'msgid "{english}"\nmsgstr "{chinese}"\n'), "utf-8")


def translate_everything(project: Path) -> None:
    assert translations.main([], project) == 0
    for area, english, chinese in [
        ("domain", "Closing needs evidence of {what}", "销号需要{what}的证据"),
        ("ui", "Cases", "案件"),
        ("ui", "One sentence in two pieces", "一句话分两段"),
        ("ui", "Parcels", "宗地"),
    ]:
        translate(project, area, english, chinese)
    assert translations.main(["update"], project) == 0


def test_each_area_gets_its_own_strings(project: Path) -> None:
    areas = translations.extract(project)
    found = {name: set(area.sources) for name, area in areas.items() if area.sources}
    assert found == {
        "domain": {"Closing needs evidence of {what}"},
        "cli": {"Cases"},
        "ui": {"Cases", "One sentence in two pieces", "Parcels"},
    }


def test_compiled_catalogue_speaks_chinese(project: Path) -> None:
    translate_everything(project)
    with translations.folder_of(project).with_suffix(".mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Closing needs evidence of {what}") == "销号需要{what}的证据"
    assert catalogue.gettext("never seen") == "never seen"


def test_a_string_translated_in_one_area_is_translated_in_all(project: Path) -> None:
    translate_everything(project)
    assert 'msgstr "案件"' in po(project, "cli").read_text(encoding="utf-8")
    assert translations.faults(project) == []
    assert translations.main(["check"], project) == 0


def test_updating_again_changes_no_byte(project: Path) -> None:
    translate_everything(project)
    files = sorted(translations.folder_of(project).parent.rglob("*.[pm]o"))
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in files}
    assert len(before) == 4
    assert translations.main(["update"], project) == 0
    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in files} == before


def test_moving_code_within_a_file_changes_no_byte(project: Path) -> None:
    translate_everything(project)
    before = po(project, "ui").read_bytes()
    (project / "ui/pages/cases.py").write_text("\n\n# moved\n" + WINDOW, encoding="utf-8")
    translations.update(project)
    assert po(project, "ui").read_bytes() == before


def test_a_string_that_is_gone_waits_for_its_return_or_for_clean(project: Path) -> None:
    translate_everything(project)
    source = project / "ui/pages/cases.py"
    source.write_text(WINDOW.replace("Parcels", "Plots"), encoding="utf-8")
    translations.update(project)
    assert '#~ msgstr "宗地"' in po(project, "ui").read_text(encoding="utf-8")
    assert [fault for fault in translations.faults(project) if "no longer" in fault] == [
        "ui.po: 'Parcels': no longer in the sources: clean"
    ]

    source.write_text(WINDOW, encoding="utf-8")
    translations.update(project)
    assert translations.faults(project) == []

    source.write_text(WINDOW.replace("Parcels", "Cases"), encoding="utf-8")
    assert translations.main(["clean"], project) == 0
    assert "宗地" not in po(project, "ui").read_text(encoding="utf-8")
    assert translations.faults(project) == []


@pytest.mark.parametrize(
    ("chinese", "fault"),
    [
        ("", "not translated"),
        ("销号需要证据", "values differ: ['what'] in English, [] in Chinese"),
        ("销号需要{What}的证据", "values differ: ['what'] in English, ['What'] in Chinese"),
        ("销号需要{what的证据", "braces do not match"),
    ],
)
def test_a_faulty_translation_is_named(project: Path, chinese: str, fault: str) -> None:
    translate_everything(project)
    path = po(project, "domain")
    path.write_text(
        path.read_text(encoding="utf-8").replace("销号需要{what}的证据", chinese), encoding="utf-8"
    )
    translations.update(project)
    [found] = translations.faults(project)
    assert found.startswith("domain.po: 'Closing needs evidence of {what}': " + fault)
    assert translations.main(["check"], project) == 1


def test_fuzzy_and_differing_wordings_are_faults(project: Path) -> None:
    translate_everything(project)
    cli = po(project, "cli")
    text = cli.read_text(encoding="utf-8").replace('msgstr "案件"', 'msgstr "案卷"')
    cli.write_text(text, encoding="utf-8")
    window = po(project, "ui")
    text = window.read_text(encoding="utf-8").replace(
        'msgid "Parcels"', '#, fuzzy\nmsgid "Parcels"'
    )
    window.write_text(text, encoding="utf-8")
    translations.update(project)
    assert translations.faults(project) == [
        "ui.po: 'Parcels': marked fuzzy: read it again",
        "cli.po: 'Cases': '案卷' here, '案件' in ui.po",
    ]


def test_new_strings_and_a_stale_compilation_are_faults(project: Path) -> None:
    translate_everything(project)
    (project / "db/connection.py").write_text('tr("The disk is full")', encoding="utf-8")
    translations.folder_of(project).with_suffix(".mo").write_bytes(b"old")
    assert translations.faults(project) == [
        "db.po: 'The disk is full': not in the catalogue: run an update",
        "zh_CN.mo: not compiled from these catalogues: run an update",
    ]


@pytest.mark.parametrize(
    "source", ["tr(title)", 'tr(f"{n} cases")', "msg()", "tr(", 'x.tr("a" + b)']
)
def test_a_source_that_cannot_be_read_changes_nothing(
    project: Path, source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    translate_everything(project)
    before = {file: file.read_bytes() for file in translations.folder_of(project).rglob("*.po")}
    (project / "ui/pages/cases.py").write_text(source, encoding="utf-8")
    assert translations.main(["update"], project) == 1
    assert "cases.py:1: " in capsys.readouterr().err
    assert {file: file.read_bytes() for file in before} == before


def test_a_broken_catalogue_is_named_and_left_alone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translate_everything(project)
    broken = po(project, "ui").read_bytes() + b'\nmsgid "a\n<<<<<<<\n'
    po(project, "ui").write_bytes(broken)
    assert translations.main(["update"], project) == 1
    assert "ui.po: " in capsys.readouterr().err
    assert po(project, "ui").read_bytes() == broken


def test_several_people_may_update_at_once(project: Path) -> None:
    translate_everything(project)
    before = {file: file.read_bytes() for file in translations.folder_of(project).rglob("*.po")}
    results: list[int] = []
    threads = [
        threading.Thread(target=lambda: results.append(translations.main([], project)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [0] * 8
    assert {file: file.read_bytes() for file in before} == before
    assert [name for name in os.listdir(translations.folder_of(project)) if "new" in name] == []


def test_a_word_it_does_not_know_is_answered_with_how_to_use_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert translations.main(["chekc"]) == 2
    assert "tools.translations [update | check | clean]" in capsys.readouterr().err
