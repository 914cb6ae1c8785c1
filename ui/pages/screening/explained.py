"""Why a supply is suspected: the arithmetic, the facts, and the law with its version."""

from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from landsteward.app.language import localised, render, tr
from landsteward.app.screening import FoundSuspicion
from landsteward.domain.findings import LegalBasis
from landsteward.domain.screening import FactValue
from ui import formats, words
from ui.widgets.basics import box, clear, column, label, line, row, scrolled, selectable
from ui.widgets.signs import Badge


class Explained(QWidget):
    """One suspicion, whole."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = column(gap=8, margin=16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(box(self._inside)))

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        clear(self._inside)
        self._inside.addWidget(label(tr("Choose a suspicion to see what speaks for it."), "dim"))
        self._inside.addStretch(1)

    def show_suspicion(self, found: FoundSuspicion) -> None:
        """Show what speaks for it."""
        clear(self._inside)
        add = self._inside.addWidget
        suspicion, supply = found.suspicion, found.supply
        rule = suspicion.rule
        explained = suspicion.explain()
        severity = Badge(
            words.severity(suspicion.severity), words.severity_tone(suspicion.severity)
        )
        add(box(row(severity, label(tr("suspected, to be verified"), "dim"), 1)))
        title = label(localised(rule.title, rule.title_en), "heading", wrap=True)
        add(title)
        who = supply.enterprise or tr("Holder unknown")
        add(
            selectable(
                " · ".join(p for p in (who, supply.parcel, supply.electronic_no) if p), "dim"
            )
        )
        add(line())
        add(label(tr("Arithmetic"), "label"))
        for sentence in explained.arithmetic:
            add(selectable(render(sentence)))
        add(line())
        add(label(tr("Legal basis"), "label"))
        for basis in explained.bases:
            add(selectable(_basis(basis)))
            add(selectable(_version(basis), "dim"))
        add(line())
        add(label(tr("Facts on record"), "label"))
        for key, value in explained.facts:
            name = label(_fact_name(key), "dim", wrap=True)
            held = row(name, selectable(_fact(key, value)))
            held.setStretch(0, 1)
            held.setStretch(1, 1)
            self._inside.addLayout(held)
        self._inside.addStretch(1)


def _basis(basis: LegalBasis) -> str:
    return f"{localised(basis.law, basis.law_en)} {basis.article}"


def _version(basis: LegalBasis) -> str:
    parts = [basis.version]
    if basis.valid_from is not None:
        parts.append(tr("in force from {day}", day=formats.day(basis.valid_from)))
    if basis.valid_to is not None:
        parts.append(tr("until {day}", day=formats.day(basis.valid_to)))
    return " · ".join(parts)


def _fact(key: str, value: FactValue) -> str:
    if value is None or value == "":
        return tr("not on record")
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    if isinstance(value, date):
        return formats.day(value)
    if key == "delay_cause":
        return words.delay_cause(str(value))
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return str(value)


def _fact_name(key: str) -> str:
    """A fact's name in words; one without a word of its own shows its key."""
    return {
        "agreed_start_on": tr("Agreed start"),
        "actual_start_on": tr("Actual start"),
        "actual_delivery_on": tr("Actual delivery"),
        "start_due_on": tr("Start due"),
        "agreed_completion_on": tr("Agreed completion"),
        "actual_completion_on": tr("Actual completion"),
        "signed_on": tr("Signed"),
        "asked_on": tr("As of"),
        "days_overdue": tr("Days overdue"),
        "full_years_overdue": tr("Full years overdue"),
        "suspended_since": tr("Work suspended since"),
        "full_years_suspended": tr("Full years suspended"),
        "observed_on": tr("Seen on"),
        "developed_area_m2": tr("Built area (m²)"),
        "area_to_develop_m2": tr("Area to develop (m²)"),
        "invested_wan": tr("Invested (10 000 yuan)"),
        "total_investment_wan": tr("Total investment (10 000 yuan)"),
        "area_m2": tr("Area (m²)"),
        "area_mu": tr("Area (mu)"),
        "phased": tr("Supplied by phases"),
        "delay_cause": tr("Cause of the delay"),
        "delivered_late_days": tr("Delivered late by (days)"),
        "no_agreed_start": tr("No start agreed"),
        "land_use": tr("Land use"),
    }.get(key, key)
