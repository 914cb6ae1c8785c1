"""Who has set fcitx is told how to type Chinese; everybody else is left alone."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from tests.helpers.windows import Driver
from ui import input_method
from ui.pages.settings.page import SettingsPage


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_IM_MODULE", "QT_IM_MODULES", "XMODIFIERS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [("QT_IM_MODULE", "fcitx"), ("XMODIFIERS", "@im=fcitx"), ("QT_IM_MODULES", "fcitx5;ibus")],
)
def test_fcitx_without_its_plugin_is_said(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    page = driver.window.welcome
    page.refresh()
    assert page.message.isVisible()
    assert "QT_IM_MODULE=ibus" in page.message.text.text()


@pytest.mark.parametrize(
    "environment",
    [{}, {"QT_IM_MODULE": "ibus"}, {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"}],
)
def test_otherwise_nothing_is_said(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    page = driver.window.welcome
    page.refresh()
    assert not page.message.isVisible()


def test_nothing_is_said_where_the_plugin_is_or_the_system_is_another(
    qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    assert input_method.trouble()
    plugins = tmp_path / "platforminputcontexts"
    plugins.mkdir()
    (plugins / "libfcitx5platforminputcontextplugin.so").touch()
    qapp.addLibraryPath(str(tmp_path))
    assert not input_method.trouble()
    qapp.removeLibraryPath(str(tmp_path))
    monkeypatch.setattr(sys, "platform", "win32")
    assert not input_method.trouble()


def test_the_settings_say_it_too(office_window: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    office_window.go("settings", step="about")
    page = office_window.shell.page
    assert isinstance(page, SettingsPage)
    assert "ibus" in page.input_method.text()
    assert not page.input_method.isHidden()
