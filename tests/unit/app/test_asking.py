"""Every use case that writes asks whether the acting person may: none relies on hidden buttons.

Use cases are found by looking at the modules of `landsteward.app`, and run against a workspace that
is none: whatever they are handed says yes to everything, so that the first thing that can stop them
is the question itself.
"""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

import landsteward.app
from landsteward.app.context import Context
from landsteward.domain.errors import InputFileError, KnownError, RefusedMoveError
from landsteward.domain.organisations import Person
from landsteward.domain.permissions import Action
from landsteward.domain.states import Role
from tests.unit.domain.test_permissions import ROLES, TABLE

_PACKAGE = "landsteward.app."
_CONTEXT = ("Context", '"Context"', "'Context'")
_ROOT = Path(landsteward.app.__file__).parents[2]

ASKS = {
    "access.set_access": Action.SET_ACCESS,
    "access.set_masked": Action.SET_ACCESS,
    "addenda.add_addendum": Action.CHECK,
    "archiving.archive_case": Action.ARCHIVE,
    "archiving.dossier_to_archive": Action.ARCHIVE,
    "boundaries.import_boundaries": Action.IMPORT,
    "boundaries.import_boundary_of": Action.IMPORT,
    "boundaries.import_read_boundaries": Action.IMPORT,
    "boundaries.plan_boundary_import": Action.IMPORT,
    "boundaries_review.review_boundaries": Action.IMPORT,
    "bulk_actions.assign_carrier": Action.EDIT_REGISTER,
    "bulk_actions.open_cases": Action.OPEN_CASE,
    "bulk_actions.undo_assignment": Action.EDIT_REGISTER,
    "campaign_joint.draw_together": Action.PLAN_VISITS,
    "campaign_joint.take_apart": Action.PLAN_VISITS,
    "campaign_visits.add_enterprises": Action.PLAN_VISITS,
    "campaign_visits.assign_inspectors": Action.PLAN_VISITS,
    "campaign_visits.bring_visits_back": Action.PLAN_VISITS,
    "campaign_visits.leave_checkup": Action.CHECK,
    "campaign_visits.open_visit": Action.CHECK,
    "campaign_visits.remove_visits": Action.PLAN_VISITS,
    "campaign_visits.reschedule": Action.CHECK,
    "campaign_visits.set_days": Action.PLAN_VISITS,
    "campaign_visits.undo_arrangement": Action.PLAN_VISITS,
    "campaigns.bring_campaign_back": Action.PLAN_VISITS,
    "campaigns.edit_campaign": Action.PLAN_VISITS,
    "campaigns.end_campaign": Action.PLAN_VISITS,
    "campaigns.plan_campaign": Action.PLAN_VISITS,
    "campaigns.remove_campaign": Action.PLAN_VISITS,
    "campaigns.reopen_campaign": Action.PLAN_VISITS,
    "case_closing.close_case": Action.CLOSE,
    "cases.open_case": Action.OPEN_CASE,
    "cases.open_case_of_parcel": Action.OPEN_CASE,
    "checkup_items.add_item": Action.CHECK,
    "checkup_items.take_item_off": Action.CHECK,
    "checkups.answer_item": Action.CHECK,
    "checkups.answer_rest_ok": Action.CHECK,
    "checkups.finish_checkup": Action.CHECK,
    "checkups.schedule_checkup": Action.CHECK,
    "checkups.set_conclusion": Action.CHECK,
    "checkups.set_item_note": Action.CHECK,
    "checkups.set_item_value": Action.CHECK,
    "checkups.start_checkup": Action.CHECK,
    "checkups.take_answers_back": Action.CHECK,
    "chosen_ways.choose_way": Action.WRITE_PLAN,
    "chosen_ways.explain_choice": Action.WRITE_PLAN,
    "chosen_ways.unchoose_way": Action.WRITE_PLAN,
    "closing_conditions.explain": Action.REQUEST_CLOSURE,
    "closures.decide_closure": Action.CLOSE,
    "closures.request_closure": Action.REQUEST_CLOSURE,
    "conflicts.decide_conflict": Action.APPROVE_CONFLICT,
    "conflicts.declare_conflicts": Action.ENGAGE_FIRM,
    "duplicates.tell_apart": Action.MERGE,
    "engagements.assign_enterprises": Action.ENGAGE_FIRM,
    "engagements.cover_all_enterprises": Action.ENGAGE_FIRM,
    "engagements.edit_engagement": Action.ENGAGE_FIRM,
    "engagements.end_engagement": Action.ENGAGE_FIRM,
    "engagements.engage_firm": Action.ENGAGE_FIRM,
    "engagements.find_or_add_firm": Action.ENGAGE_FIRM,
    "engagements.put_enterprises_back": Action.ENGAGE_FIRM,
    "engagements.resume_engagement": Action.ENGAGE_FIRM,
    "engagements.take_enterprises_out": Action.ENGAGE_FIRM,
    "evidence.add_evidence": Action.ADD_EVIDENCE,
    "evidence.attach_evidence": Action.ADD_EVIDENCE,
    "evidence.describe_evidence": Action.ADD_EVIDENCE,
    "evidence.detach_evidence": Action.ADD_EVIDENCE,
    "evidence_intake.take_in": Action.ADD_EVIDENCE,
    "evidence_marks.set_marks": Action.ADD_EVIDENCE,
    "evidence_marks.turn_photo": Action.ADD_EVIDENCE,
    "extensions.ask_extension": Action.FOLLOW_UP,
    "extensions.decide_extension": Action.GRANT_EXTENSION,
    "finding_bulk.assign_findings": Action.DECIDE_FINDING,
    "finding_bulk.set_lead_department": Action.DECIDE_FINDING,
    "findings.edit_finding": Action.CHECK,
    "findings.finding_from_item": Action.CHECK,
    "findings.move_finding": Action.DECIDE_FINDING,
    "findings.record_finding": Action.CHECK,
    "follow_ups.complete_step": Action.FOLLOW_UP,
    "follow_ups.record_follow_up": Action.FOLLOW_UP,
    "grading_marks.bring_mark_back": Action.GRADE,
    "grading_marks.mark_bonus": Action.GRADE,
    "grading_marks.mark_veto": Action.GRADE,
    "grading_marks.remove_mark": Action.GRADE,
    "grading_notice.finish_grading": Action.GRADE,
    "grading_notice.publish_notice": Action.GRADE,
    "grading_notice.take_back_grading": Action.GRADE,
    "grading_notice.withdraw_notice": Action.GRADE,
    "grading_objections.decide_regrade": Action.GRADE,
    "grading_objections.propose_regrade": Action.GRADE,
    "grading_objections.record_objection": Action.GRADE,
    "grading_objections.reject_objection": Action.GRADE,
    "gradings.discard_draft": Action.GRADE,
    "gradings.start_grading": Action.GRADE,
    "gradings.work_out_again": Action.GRADE,
    "immediate_fixes.fix_on_the_spot": Action.DECIDE_FINDING,
    "import_batches.undo_import": Action.TAKE_BACK_IMPORT,
    "joint_disposals.add_measure": Action.DECIDE_FINDING,
    "joint_disposals.add_to_joint": Action.DECIDE_FINDING,
    "joint_disposals.bind_findings": Action.DECIDE_FINDING,
    "joint_disposals.bring_measure_back": Action.DECIDE_FINDING,
    "joint_disposals.conclude_joint": Action.DECIDE_FINDING,
    "joint_disposals.edit_joint": Action.DECIDE_FINDING,
    "joint_disposals.edit_measure": Action.DECIDE_FINDING,
    "joint_disposals.release_from_joint": Action.DECIDE_FINDING,
    "joint_disposals.remove_measure": Action.DECIDE_FINDING,
    "look_backs.plan_look_backs": Action.RECHECK,
    "merging.merge_enterprises": Action.MERGE,
    "objections.raise_objection": Action.DECIDE_FINDING,
    "obstacles.clear_obstacle": Action.FOLLOW_UP,
    "obstacles.report_obstacle": Action.FOLLOW_UP,
    "obstacles.stand_again": Action.FOLLOW_UP,
    "occupancies.edit_occupancy": Action.EDIT_REGISTER,
    "occupancies.record_occupancy": Action.EDIT_REGISTER,
    "people.add_organisation": Action.MANAGE_PEOPLE,
    "people.add_person": Action.MANAGE_PEOPLE,
    "people.edit_person": Action.MANAGE_PEOPLE,
    "permits.edit_permit": Action.EDIT_REGISTER,
    "permits.record_permit": Action.EDIT_REGISTER,
    "photo_pairs.pair_photos": Action.ADD_EVIDENCE,
    "photo_pairs.part_photos": Action.ADD_EVIDENCE,
    "plan_comments.answer_comment": Action.WRITE_PLAN,
    "plan_comments.comment_plan": Action.COMMENT_PLAN,
    "plan_comments.reopen_comment": Action.WRITE_PLAN,
    "plan_comments.settle_comment": Action.WRITE_PLAN,
    "plan_writing.add_alternative": Action.WRITE_PLAN,
    "plan_writing.add_risk": Action.WRITE_PLAN,
    "plan_writing.add_step": Action.WRITE_PLAN,
    "plan_writing.edit_alternative": Action.WRITE_PLAN,
    "plan_writing.edit_risk": Action.WRITE_PLAN,
    "plan_writing.edit_step": Action.WRITE_PLAN,
    "plan_writing.order_steps": Action.WRITE_PLAN,
    "plan_writing.recommend_alternative": Action.WRITE_PLAN,
    "plan_writing.remove_alternative": Action.WRITE_PLAN,
    "plan_writing.remove_risk": Action.WRITE_PLAN,
    "plan_writing.remove_step": Action.WRITE_PLAN,
    "plan_writing.remove_target": Action.WRITE_PLAN,
    "plan_writing.restore_alternative": Action.WRITE_PLAN,
    "plan_writing.set_target": Action.WRITE_PLAN,
    "plan_writing.writable_plan": Action.WRITE_PLAN,
    "plans.accept_plan": Action.DECIDE_PLAN,
    "plans.draft_plan": Action.WRITE_PLAN,
    "plans.edit_plan": Action.WRITE_PLAN,
    "plans.new_version": Action.WRITE_PLAN,
    "plans.return_plan": Action.DECIDE_PLAN,
    "plans.submit_plan": Action.WRITE_PLAN,
    "preparation.preparation_sheet": Action.CHECK,
    "rechecks.finish_recheck": Action.RECHECK,
    "rechecks.judge_recheck": Action.RECHECK,
    "rechecks.start_recheck": Action.RECHECK,
    "rechecks.summarise_recheck": Action.RECHECK,
    "referrals.issue_slip": Action.ISSUE_PAPER,
    "referrals.log_receipt": Action.DECIDE_FINDING,
    "referrals.log_reply": Action.DECIDE_FINDING,
    "referrals.slip_to_issue": Action.ISSUE_PAPER,
    "referrals.void_slip": Action.DECIDE_FINDING,
    "register.add_enterprise": Action.EDIT_REGISTER,
    "register.add_parcel": Action.EDIT_REGISTER,
    "register.edit_enterprise": Action.EDIT_REGISTER,
    "register.edit_output_contract": Action.EDIT_REGISTER,
    "register.edit_parcel": Action.EDIT_REGISTER,
    "register.edit_supply": Action.EDIT_REGISTER,
    "register.record_output_contract": Action.EDIT_REGISTER,
    "register.record_progress": Action.EDIT_REGISTER,
    "register.record_supply": Action.EDIT_REGISTER,
    "register.record_year": Action.EDIT_REGISTER,
    "removals.bring_back": Action.EDIT_REGISTER,
    "removals.remove": Action.EDIT_REGISTER,
    "rosters.import_roster": Action.IMPORT,
    "rosters.import_roster_table": Action.IMPORT,
    "rosters.plan_roster_import": Action.IMPORT,
    "rosters.preview_roster": Action.IMPORT,
    "rosters_begun.drop_begun": Action.IMPORT,
    "rosters_begun.keep_begun": Action.IMPORT,
    "rosters_layouts.forget_layout": Action.IMPORT,
    "rosters_layouts.remember_layout": Action.IMPORT,
    "rule_packs.copy_pack": Action.EDIT_RULES,
    "rule_packs.discard_draft": Action.EDIT_RULES,
    "rule_packs.edit_pack": Action.EDIT_RULES,
    "rule_packs.import_pack": Action.EDIT_RULES,
    "rule_packs.publish_pack": Action.EDIT_RULES,
    "rule_packs.resume_draft": Action.EDIT_RULES,
    "rule_packs.take_edit_back": Action.EDIT_RULES,
    "screening.run_screening": Action.SCREEN,
    "signing.sign_form": Action.RECHECK,
    "signing.take_signature_back": Action.CHECK,
    "standings.answer_for_case": Action.WRITE_PLAN,
    "standings.edit_standing": Action.EDIT_REGISTER,
    "suspicions.accept_suspicion": Action.SCREEN,
    "suspicions.dismiss_suspicion": Action.SCREEN,
    "suspicions.open_case_from_suspicion": Action.OPEN_CASE,
    "suspicions.take_dismissal_back": Action.SCREEN,
    "unmerging.unmerge_enterprises": Action.MERGE,
}
"""Which step of the table each use case is, by hand."""

OWN = {
    "drafts.drop_draft": "what one typed oneself into a form that is not sent off",
    "drafts.keep_draft": "what one typed oneself into a form that is not sent off",
    "map_picture.keep_mark": "the mark one wrote on a picture last",
    "name_lists.keep_list": "the list one compared last",
    "people.note_who_acts": "who acts is noted of everybody",
    "pictures.keep_copies": "smaller copies of a photo, made on the way for whoever looks at it",
    "saved_views.delete_view": "how a list is looked at",
    "saved_views.rename_view": "how a list is looked at",
    "saved_views.save_view": "how a list is looked at",
    "underlays.keep_underlays": "what lies under the map one looks at",
}
"""What writes and is nobody's business but one's own: everybody may, and why."""


_ASKING = "require"
_ANYTHING = MagicMock()
_FILE = MagicMock()
_FILE.setting.return_value = None


_PARTS = {"cases.move_case"}
"""What is part of several steps, each of which asks; nobody outside gets at it."""


class _Stopped(BaseException):
    """The use case came to writing."""


class _MayError(Exception):
    """The use case was told that it may."""


class _Asking(Context):
    """Notes what is asked; writing is where a run ends."""

    asked: list[Action]

    def require(self, action: Action) -> None:
        """Note it, and answer as ever: refused, or that is far enough."""
        self.asked.append(action)
        super().require(action)
        raise _MayError

    def change(self) -> Any:
        """As far as anybody gets here."""
        raise _Stopped


def _asking(role: Role) -> _Asking:
    person = Person(id="person", organisation_id="organisation", name="某人", role=role)
    parts: dict[str, Any] = {name: _ANYTHING for name in ("clock", "ids", "packs")}
    ctx = _Asking(file=_FILE, actor=person, **parts)
    object.__setattr__(ctx, "asked", [])
    return ctx


@cache
def _use_cases() -> dict[str, Callable[..., Any]]:
    """Public functions that are handed a context, by module and name."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.walk_packages(landsteward.app.__path__, "landsteward.app."):
        made = importlib.import_module(module.name)
        for name, function in inspect.getmembers(made, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters.values()), None)
            if (
                function.__module__ == module.name
                and not name.startswith("_")
                and first is not None
                and getattr(first.annotation, "__name__", first.annotation)
                in ("Context", '"Context"')
            ):
                found[f"{module.name.removeprefix('landsteward.app.')}.{name}"] = function
    return found


def _run(name: str, role: Role) -> tuple[list[Action], bool, bool]:
    """What a use case asked, whether it was refused, and whether it came to writing."""
    function, ctx = _use_cases()[name], _asking(role)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    needed = [one for one in parameters if one.default is one.empty]
    given = [_ANYTHING for one in needed if one.kind is one.POSITIONAL_OR_KEYWORD]
    named = {one.name: _ANYTHING for one in needed if one.kind is one.KEYWORD_ONLY}
    refused = wrote = False
    try:
        with suppress(AttributeError, LookupError, TypeError, ValueError, InputFileError):
            made = function(ctx, *given, **named)
            if inspect.isgenerator(made):
                next(made, None)
    except _Stopped:
        wrote = True
    except RefusedMoveError:
        refused = True
    except (KnownError, _MayError):
        pass
    return ctx.asked, refused, wrote


@cache
def _calls() -> dict[str, tuple[bool, frozenset[str]]]:
    """By function, also those with an underscore: whether it opens a change, and whom it calls."""
    found = {}
    for path in sorted((_ROOT / "landsteward" / "app").rglob("*.py")):
        module = ".".join(path.relative_to(_ROOT / "landsteward" / "app").with_suffix("").parts)
        tree = ast.parse(path.read_text("utf-8"))
        known = {
            alias.asname or alias.name: f"{(node.module or '').removeprefix(_PACKAGE)}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("landsteward.app.")
            for alias in node.names
        }
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef):
                continue
            called = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
            opens = any(isinstance(one, ast.Attribute) and one.attr == "change" for one in called)
            names = {one.id for one in called if isinstance(one, ast.Name)}
            asks = any(isinstance(one, ast.Attribute) and one.attr == "require" for one in called)
            found[f"{module}.{node.name}"] = (
                opens,
                frozenset(known.get(name, f"{module}.{name}") for name in names)
                | ({_ASKING} if asks else frozenset()),
            )
    return found


def _writing() -> set[str]:
    """The use cases that open a change, themselves or through whom they call."""
    calls = _calls()
    writing = {name for name, (opens, _) in calls.items() if opens}
    while more := {
        name for name, (_, called) in calls.items() if name not in writing and called & writing
    }:
        writing |= more
    return writing & _use_cases().keys()


def _reaching(wanted: str) -> set[str]:
    """The functions that call this one, themselves or through whom they call."""
    calls = _calls()
    found = {name for name, (_, called) in calls.items() if wanted in called}
    while more := {
        name for name, (_, called) in calls.items() if name not in found and called & found
    }:
        found |= more
    return found


def _imported_outside() -> set[str]:
    """What window, command line and sample take from the use cases."""
    found = set()
    for folder in ("ui", "landsteward/cli", "landsteward/sample"):
        for path in sorted((_ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_PACKAGE):
                    module = (node.module or "").removeprefix(_PACKAGE)
                    found |= {f"{module}.{one.name}" for one in node.names}
    return found


def test_what_does_not_ask_is_ones_own_or_part_of_what_asks() -> None:
    assert not _PARTS & _imported_outside()
    assert not _writing() - _reaching(_ASKING) - OWN.keys() - _PARTS
    assert OWN.keys() <= _writing() | {"underlays.keep_underlays"}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_refused_what_the_table_says(role: Role) -> None:
    place = ROLES.index(role)
    asking = {name for name, (_, called) in _calls().items() if _ASKING in called}
    for name in (asking | _writing()) & _use_cases().keys() - OWN.keys() - _PARTS:
        asked, refused, wrote = _run(name, role)
        assert not wrote, name
        assert name not in ASKS or asked == [ASKS[name]], name
        if asked:
            assert refused is (TABLE[asked[0]].split()[place] == "-"), name
