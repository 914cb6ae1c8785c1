"""A pack's folder, read into a `RulePack`; all mistakes are collected before anything is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from landsteward.domain.laws import Law
from landsteward.domain.rulepack import (
    ChecklistItem,
    Department,
    MetricKind,
    Numbering,
    RulePack,
    ScreeningRule,
    SeverityGrade,
)
from landsteward.domain.text import msg
from landsteward.packs.checks import (
    References,
    check_departments,
    check_following,
    check_head,
    check_laws,
    check_numbering,
    check_severities,
    unique_keys,
)
from landsteward.packs.closing import load_closing_terms
from landsteward.packs.conflicts import read_conflict_terms
from landsteward.packs.evidence import read_evidence_limits
from landsteward.packs.finding_terms import load_finding_terms
from landsteward.packs.folder import PackFolder
from landsteward.packs.follow_up import read_follow_up
from landsteward.packs.grading import grading_schemes
from landsteward.packs.mistakes import Mistake, PackMistakesError
from landsteward.packs.plan_templates import load_plan_templates
from landsteward.packs.reading import PackFile
from landsteward.packs.screening import load_screening
from landsteward.packs.visit_cap import read_visit_cap
from landsteward.packs.ways import Known, load_ways
from landsteward.packs.wording import read_wording


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What `pack.toml` says."""

    key: str
    version: str
    name: str
    name_en: str
    numbering: Numbering
    severities: tuple[SeverityGrade, ...]


def load_pack(source: Path | Mapping[str, bytes], *, name: str = "") -> RulePack:
    """The pack in a folder, e.g. `resources/rules/bozhou-2023`, or in files that are at hand.

    Raises PackMistakesError.
    """
    folder = PackFolder(source, name=name)
    mistakes: list[Mistake] = []
    head_file = PackFile(folder, "pack.toml", mistakes)
    head = head_file.record(head_file.content, _Head, ())
    if head is not None:
        check_head(head_file, head.key, head.version)
        check_severities(head_file, head.severities)
        check_numbering(head_file, head.numbering)
    laws_file = PackFile(folder, "laws.toml", mistakes)
    laws = laws_file.records("laws", Law)
    check_laws(laws_file, laws)
    known_laws = unique_keys(laws_file, "laws", laws)
    departments_file = PackFile(folder, "departments.toml", mistakes)
    departments = unique_keys(
        departments_file, "departments", departments_file.records("departments", Department)
    )
    references = References(known_laws, departments)
    items = _items(folder, mistakes, references)
    check_departments(departments_file, tuple(departments.values()), items)
    metrics_file = PackFile(folder, "metrics.toml", mistakes)
    metrics = unique_keys(metrics_file, "metrics", metrics_file.records("metrics", MetricKind))
    extras = load_screening(folder, mistakes, references, metrics)
    rules_file = PackFile(folder, "rules.toml", mistakes)
    rules = rules_file.records("rules", ScreeningRule)
    for at, rule in enumerate(rules):
        if rule is not None:
            references.rule(rules_file, ("rules", at), rule)
            for number, key in enumerate(rule.items):
                if items and key not in {item.key for item in items}:
                    rules_file.wrong(
                        ("rules", at, "items", number),
                        msg("the item {key} is in no checklist", key=key),
                    )
            extras.rule(rules_file, ("rules", at), rule)
    known_rules = unique_keys(rules_file, "rules", rules)
    gradings = grading_schemes(PackFile(folder, "grading.toml", mistakes), metrics)
    evidence = read_evidence_limits(PackFile(folder, "evidence.toml", mistakes))
    numbering = head.numbering if head is not None else None
    terms = load_finding_terms(
        folder,
        mistakes,
        items={item.key for item in items},
        departments=departments,
        taken_codes=(numbering.case_code, numbering.dossier_code) if numbering else (),
    )
    paths = load_ways(
        folder,
        mistakes,
        references,
        Known(
            categories={one.key for one in terms.categories},
            items={item.key for item in items},
            rules=known_rules.keys(),
        ),
    )
    closing = load_closing_terms(folder, mistakes, categories={one.key for one in terms.categories})
    plan_templates = load_plan_templates(
        folder,
        mistakes,
        categories={one.key for one in terms.categories},
        items={item.key for item in items},
        ways={one.key for one in paths},
    )
    visit_cap = read_visit_cap(folder, mistakes, departments)
    conflicts = read_conflict_terms(folder, mistakes)
    follow_up = read_follow_up(PackFile(folder, "follow_up.toml", mistakes), mistakes)
    wording = read_wording(PackFile(folder, "wording.toml", mistakes))
    mistakes += [
        Mistake(unread, "", None, msg("the program reads no file of this name"))
        for unread in folder.unread()
    ]
    if mistakes or head is None or evidence is None:
        raise PackMistakesError(folder.name, mistakes)
    return RulePack(
        key=head.key,
        version=head.version,
        name=head.name,
        name_en=head.name_en,
        numbering=head.numbering,
        departments=tuple(departments.values()),
        laws=tuple(known_laws.values()),
        severities=head.severities,
        items=items,
        rules=tuple(known_rules.values()),
        paths=paths,
        metrics=tuple(metrics.values()),
        gradings=gradings,
        evidence=evidence,
        wording=wording,
        findings=terms,
        limits=extras.limits,
        permits=extras.permits,
        visit_cap=visit_cap,
        conflicts=conflicts,
        closing=closing,
        follow_up=follow_up,
        plan_templates=plan_templates,
    )


def _items(
    folder: PackFolder, mistakes: list[Mistake], references: References
) -> tuple[ChecklistItem, ...]:
    """The checklists, one file a department; the department stands once at the top."""
    known: dict[str, ChecklistItem] = {}
    names = folder.names("items/")
    if not names:
        mistakes.append(Mistake("items/", "", None, msg("there is no checklist")))
    for name in names:
        file = PackFile(folder, name, mistakes)
        department = file.content.get("department")
        if isinstance(department, str):
            references.department(file, ("department",), department)
        else:
            file.wrong(("department",), msg("the department must be named at the top"))
            department = ""
        items = file.records("items", ChecklistItem, also=("department",), department=department)
        for at, item in enumerate(items):
            if item is not None:
                references.item(file, ("items", at), item)
        check_following(file, items)
        unique_keys(file, "items", items, known)
    return tuple(known.values())
