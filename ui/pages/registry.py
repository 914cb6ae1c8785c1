"""Which pages there are. Their modules are imported when they are first gone to.

That keeps the way to the first window short, and a page never imports another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from landsteward.app.language import tr
from landsteward.app.views import ListKind
from ui.pages.base import Page
from ui.workbench import Place, Workbench

Factory = Callable[[Workbench, Place], Page]


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A word on the rail: the page it opens and its icon's name."""

    page: str
    word: str
    icon: str


def rail() -> tuple[RailEntry, ...]:
    """The rail from top to bottom; the last one stands apart at the bottom."""
    return (
        RailEntry("desk", tr("Desk"), "mdi6.view-dashboard-outline"),
        RailEntry("register", tr("Register"), "mdi6.domain"),
        RailEntry("screening", tr("Screening"), "mdi6.radar"),
        RailEntry("gradings", tr("Grading"), "mdi6.podium"),
        RailEntry("checkups", tr("Checkups"), "mdi6.clipboard-check-outline"),
        RailEntry("findings", tr("Findings"), "mdi6.alert-circle-outline"),
        RailEntry("plans", tr("Plans"), "mdi6.map-marker-path"),
        RailEntry("follow_ups", tr("Follow-up"), "mdi6.progress-clock"),
        RailEntry("dossiers", tr("Dossiers"), "mdi6.folder-file-outline"),
        RailEntry("settings", tr("Settings"), "mdi6.cog-outline"),
    )


def rail_page_of(place: Place) -> str:
    """Which word of the rail a place belongs to."""
    if place.page == "case":
        return _OF_STEP.get(place.step, "checkups")
    return _UNDER.get(place.page, place.page)


_UNDER = {
    "enterprise": "register",
    "parcel": "register",
    "enterprise_past": "register",
    "parcel_past": "register",
    "what_if": "register",
    "merge": "register",
    "duplicates": "register",
    "boundaries": "register",
    "imports": "register",
    "import": "register",
    "grading": "gradings",
    "grading_new": "gradings",
    "score": "gradings",
    "preparation": "checkups",
    "campaign": "checkups",
    "firms": "plans",
    "firm": "plans",
    "engagement": "plans",
    "rules": "settings",
}

_OF_STEP = {
    "findings": "findings",
    "plan": "plans",
    "follow_up": "follow_ups",
    "recheck": "findings",
    "closure": "findings",
    "dossier": "dossiers",
}


def earlier(page: str, record_id: str, when: str) -> Place:
    """Where a record of a page is seen as it was recorded on a day (its end) or at a moment."""
    return Place(f"{page}_past", record_id, when)


def make(bench: Workbench, place: Place) -> Page:
    """The page of a place."""
    return _FACTORIES[place.page](bench, place)


def _desk(bench: Workbench, place: Place) -> Page:
    from ui.pages.desk.page import DeskPage

    return DeskPage(bench, place)


def _register(bench: Workbench, place: Place) -> Page:
    from ui.pages.register.lists import RegisterPage

    return RegisterPage(bench, place)


def _enterprise(bench: Workbench, place: Place) -> Page:
    from ui.pages.register.enterprise import EnterprisePage

    return EnterprisePage(bench, place)


def _what_if(bench: Workbench, place: Place) -> Page:
    from ui.pages.what_if.page import WhatIfPage

    return WhatIfPage(bench, place)


def _parcel(bench: Workbench, place: Place) -> Page:
    from ui.pages.register.parcel import ParcelPage

    return ParcelPage(bench, place)


def _past(bench: Workbench, place: Place) -> Page:
    from ui.pages.register.past import PastPage

    return PastPage(bench, place)


def _merge(bench: Workbench, place: Place) -> Page:
    from ui.pages.register.merge import MergePage

    return MergePage(bench, place)


def _duplicates(bench: Workbench, place: Place) -> Page:
    from ui.pages.register.duplicates import DuplicatesPage

    return DuplicatesPage(bench, place)


def _boundaries(bench: Workbench, place: Place) -> Page:
    from ui.pages.boundaries.page import BoundariesPage

    return BoundariesPage(bench, place)


def _imports(bench: Workbench, place: Place) -> Page:
    if place.record_id:
        from ui.pages.imports.record import RecordPage

        return RecordPage(bench, place)
    from ui.pages.imports.page import ImportsPage

    return ImportsPage(bench, place)


def _import(bench: Workbench, place: Place) -> Page:
    from ui.pages.imports.wizard import ImportPage

    return ImportPage(bench, place)


def _screening(bench: Workbench, place: Place) -> Page:
    from ui.pages.screening.page import ScreeningPage

    return ScreeningPage(bench, place)


def _gradings(bench: Workbench, place: Place) -> Page:
    from ui.pages.grading.runs import GradingsPage

    return GradingsPage(bench, place)


def _grading_new(bench: Workbench, place: Place) -> Page:
    from ui.pages.grading.new import NewGradingPage

    return NewGradingPage(bench, place)


def _grading(bench: Workbench, place: Place) -> Page:
    from ui.pages.grading.run import GradingPage

    return GradingPage(bench, place)


def _score(bench: Workbench, place: Place) -> Page:
    from ui.pages.grading.score import ScorePage

    return ScorePage(bench, place)


def _list(kind: ListKind, bench: Workbench, place: Place) -> Page:
    from ui.pages.lists.page import ListPage

    return ListPage(bench, place, kind)


def _checkups(bench: Workbench, place: Place) -> Page:
    from ui.pages.checkups.page import CheckupsPage

    return CheckupsPage(bench, place)


def _campaign(bench: Workbench, place: Place) -> Page:
    from ui.pages.campaigns.page import CampaignPage

    return CampaignPage(bench, place)


def _case(bench: Workbench, place: Place) -> Page:
    from ui.pages.case.page import CasePage

    return CasePage(bench, place)


def _preparation(bench: Workbench, place: Place) -> Page:
    from ui.pages.preparation.page import PreparationPage

    return PreparationPage(bench, place)


def _firms(bench: Workbench, place: Place) -> Page:
    from ui.pages.firms.page import FirmsPage

    return FirmsPage(bench, place)


def _firm(bench: Workbench, place: Place) -> Page:
    from ui.pages.firms.firm import FirmPage

    return FirmPage(bench, place)


def _engagement(bench: Workbench, place: Place) -> Page:
    from ui.pages.firms.engagement import EngagementPage

    return EngagementPage(bench, place)


def _settings(bench: Workbench, place: Place) -> Page:
    from ui.pages.settings.page import SettingsPage

    return SettingsPage(bench, place)


def _help(bench: Workbench, place: Place) -> Page:
    from ui.pages.help.page import HelpPage

    return HelpPage(bench, place)


def _rules(bench: Workbench, place: Place) -> Page:
    from ui.pages.rules.page import RulePackPage

    return RulePackPage(bench, place)


def _tracking(bench: Workbench, place: Place) -> Page:
    from ui.pages.tracking.page import TrackingPage

    return TrackingPage(bench, place)


_FACTORIES: dict[str, Factory] = {
    "desk": _desk,
    "register": _register,
    "enterprise": _enterprise,
    "what_if": _what_if,
    "parcel": _parcel,
    "enterprise_past": _past,
    "parcel_past": _past,
    "merge": _merge,
    "duplicates": _duplicates,
    "boundaries": _boundaries,
    "imports": _imports,
    "import": _import,
    "screening": _screening,
    "gradings": _gradings,
    "grading_new": _grading_new,
    "grading": _grading,
    "score": _score,
    "checkups": _checkups,
    "campaign": _campaign,
    "findings": partial(_list, ListKind.FINDINGS),
    "plans": partial(_list, ListKind.PLANS),
    "follow_ups": _tracking,
    "dossiers": partial(_list, ListKind.CASES),
    "case": _case,
    "preparation": _preparation,
    "firms": _firms,
    "firm": _firm,
    "engagement": _engagement,
    "settings": _settings,
    "rules": _rules,
    "help": _help,
}
