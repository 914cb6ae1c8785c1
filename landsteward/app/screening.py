"""The automatic rules over the whole register, or over what one case is about."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from landsteward.app.context import Context
from landsteward.app.language import localised, render
from landsteward.domain.dismissals import Dismissal
from landsteward.domain.findings import LegalBasis
from landsteward.domain.gathering import (
    EnterpriseRecords,
    ParcelRecords,
    enterprise_subject,
    output_subject,
    parcel_subject,
    permit_subjects,
    supply_subjects,
)
from landsteward.domain.judging import RuleOnDay, Suspicion, rules_on
from landsteward.domain.permissions import Action
from landsteward.domain.register import OutputContract
from landsteward.domain.rulepack import RulePack, ScreeningRule
from landsteward.domain.screening import About, FactValue, Missing
from landsteward.domain.states import FindingOrigin
from landsteward.domain.subjects import PermitSubject, Subject
from landsteward.domain.text import Message, msg

_REPORT_EVERY = 500


class SubjectRef(NamedTuple):
    """What something is about: which record, on which parcel, of which enterprise.

    `parcel` and `enterprise` are names, empty where there is none or it is not known.
    """

    about: About
    id: str
    parcel_id: str | None
    parcel: str
    enterprise_id: str | None
    enterprise: str
    carrier_id: str | None
    electronic_no: str | None
    label: str

    @property
    def name(self) -> str:
        """Enough to know it by."""
        parts = (self.enterprise or render(msg("holder unknown")), self.parcel, self.label)
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSuspicion:
    """A suspicion; `finding_id` is the latest finding it became, if it did.

    `dismissal` is what somebody said who did not accept it; `stands` whether the facts are still
    those of then.
    """

    subject: SubjectRef
    suspicion: Suspicion
    finding_id: str | None = None
    dismissal: Dismissal | None = None
    stands: bool = False

    @property
    def key(self) -> str:
        """Which rule suspects what."""
        return suspicion_key(self.suspicion.rule.key, self.subject.id)

    @property
    def open(self) -> bool:
        """Whether somebody still has to say what becomes of it."""
        return self.finding_id is None and not self.stands

    def as_json(self) -> dict[str, object]:
        """The shape of `screen --json`; facts keep their keys, dates are ISO text."""
        explained = self.suspicion.explain()
        return {
            "enterprise": self.subject.enterprise or None,
            "parcel": self.subject.parcel or None,
            "electronic_no": self.subject.electronic_no,
            "rule": self.suspicion.rule.key,
            "severity": int(self.suspicion.severity),
            "facts": {name: _plain(value) for name, value in explained.facts},
            "legal_basis": [basis_json(basis) for basis in explained.bases],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NotJudged:
    """What one rule cannot be applied to, for one reason."""

    rule: ScreeningRule
    missing: Missing
    subjects: tuple[SubjectRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningResult:
    """What the rules say on a day. `looked_at` is how many of each kind of subject there were.

    `not_suspected` counts subjects by rule key. Rules that judge nothing on the day are in `idle`
    with the reason: no basis in force, or something the pack does not set.
    """

    on: date
    pack: str
    pack_version: str
    looked_at: dict[About, int]
    suspicions: tuple[FoundSuspicion, ...]
    cannot_judge: tuple[NotJudged, ...]
    not_suspected: dict[str, int]
    idle: tuple[tuple[ScreeningRule, Message], ...]

    def as_json(self) -> list[dict[str, object]]:
        """The suspicions, as `screen --json` prints them."""
        return [found.as_json() for found in self.suspicions]

    def lines(self) -> Iterator[str]:
        """The suspicions, one line each, for a terminal."""
        for found in self.suspicions:
            rule, subject = found.suspicion.rule, found.subject
            yield "\t".join(
                (
                    str(int(found.suspicion.severity)),
                    localised(rule.title, rule.title_en),
                    subject.enterprise or render(msg("holder unknown")),
                    " · ".join(part for part in (subject.parcel, subject.label) if part) or "–",
                    subject.electronic_no or "–",
                )
            )

    def summary(self) -> Iterator[Message]:
        """How many are suspected, and what could not be judged and why."""
        yield msg(
            "{count} suspicions in {parcels} parcels and {enterprises} enterprises on {day}; every "
            "one is to be verified.",
            count=len(self.suspicions),
            parcels=self.looked_at[About.PARCEL],
            enterprises=self.looked_at[About.ENTERPRISE],
            day=self.on,
        )
        dismissed = sum(found.stands for found in self.suspicions)
        if dismissed:
            yield msg("{count} of them were dismissed before.", count=dismissed)
        for rule, because in self.idle:
            yield msg(
                "{rule}: not applied, because {reason}.",
                rule=localised(rule.title, rule.title_en),
                reason=because,
            )
        for one in self.cannot_judge:
            yield msg(
                "{rule}: {count} cannot be judged, because {reason}.",
                rule=localised(one.rule.title, one.rule.title_en),
                count=len(one.subjects),
                reason=one.missing.because,
            )


def suspicion_key(rule_key: str, subject_id: str) -> str:
    """The `rule_key` of a finding: which rule suspected what."""
    return f"{rule_key}:{subject_id}"


def run_screening(
    ctx: Context, *, on: date, progress: Callable[[int, int], None] | None = None
) -> ScreeningResult:
    """Apply every rule of the pack to the whole register as it was known on a day.

    `progress` is called with how much of how much; what it raises stops the run.
    """
    ctx.require(Action.SCREEN)
    space = ctx.workspace
    total = space.parcels.count() + space.enterprises.count() if progress else 0
    return _screened(ctx, pack=ctx.pack(), on=on, told=_Told(progress, total))


def screen_some(
    ctx: Context,
    *,
    pack: RulePack,
    on: date,
    parcel_ids: Sequence[str],
    enterprise_ids: Sequence[str],
    rule_key: str | None = None,
) -> ScreeningResult:
    """The rules of a pack, or one of them, on these parcels and enterprises alone."""
    return _screened(
        ctx,
        pack=pack,
        on=on,
        told=_Told(None, 0),
        parcel_ids=parcel_ids,
        enterprise_ids=enterprise_ids,
        rule_key=rule_key,
    )


class _Told:
    """Says how far a run is, now and then."""

    def __init__(self, progress: Callable[[int, int], None] | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self.done = 0

    def one_more(self) -> None:
        self.done += 1
        if self._progress is not None and self.done % _REPORT_EVERY == 0:
            self._progress(self.done, max(self.done, self._total))

    def end(self) -> None:
        if self._progress is not None:
            self._progress(self.done, self.done)


Judges = tuple[tuple[RuleOnDay, ...], ...]
"""Rules about one kind of subject, those of the same land uses together."""


@dataclass(slots=True)
class _Run:
    """What the rules said so far."""

    on: date
    rules: Sequence[RuleOnDay]
    became: dict[str | None, str]
    dismissals: dict[str, Dismissal]
    looked_at: dict[About, int] = field(default_factory=lambda: dict.fromkeys(About, 0))
    suspicions: list[FoundSuspicion] = field(default_factory=list)
    unjudged: dict[tuple[str, Missing], list[SubjectRef]] = field(default_factory=dict)
    other: dict[str, int] = field(default_factory=dict)

    def judges(self, about: About) -> Judges:
        """The rules about a kind of subject that judge on the day."""
        together: dict[tuple[str, ...], list[RuleOnDay]] = {}
        for one in self.rules:
            if one.about is about and one.in_force and one.lacks is None:
                together.setdefault(one.rule.land_uses, []).append(one)
        return tuple(map(tuple, together.values()))

    def judge(self, judges: Judges, about: About, subject: Subject) -> None:
        """Apply rules to a subject and note what is not plainly unsuspected."""
        self.looked_at[about] += 1
        since = subject.since
        if since is not None and since > self.on:
            return
        ref: SubjectRef | None = None
        for group in judges:
            fits = group[0].fits(subject)
            if fits is False:
                continue
            for rule in group:
                verdict = fits or rule.measured(subject)
                if verdict is None:
                    continue
                ref = ref or _reference(about, subject)
                key = rule.rule.key
                self.other[key] = self.other.get(key, 0) + 1
                if isinstance(verdict, Missing):
                    self.unjudged.setdefault((key, verdict), []).append(ref)
                else:
                    self.suspicions.append(self._found(verdict, ref))

    def _found(self, suspicion: Suspicion, ref: SubjectRef) -> FoundSuspicion:
        key = suspicion_key(suspicion.rule.key, ref.id)
        dismissal = self.dismissals.get(key)
        return FoundSuspicion(
            subject=ref,
            suspicion=suspicion,
            finding_id=self.became.get(key),
            dismissal=dismissal,
            stands=dismissal is not None and dismissal.facts == suspicion.fingerprint(),
        )


def _screened(
    ctx: Context,
    *,
    pack: RulePack,
    on: date,
    told: _Told,
    parcel_ids: Sequence[str] | None = None,
    enterprise_ids: Sequence[str] | None = None,
    rule_key: str | None = None,
) -> ScreeningResult:
    space = ctx.workspace
    rules = [one for one in rules_on(pack, on) if rule_key is None or one.rule.key == rule_key]
    run = _Run(
        on=on,
        rules=rules,
        became={one.rule_key: one.id for one in space.findings.where(origin=FindingOrigin.RULE)},
        dismissals={one.rule_key: one for one in space.dismissals.where()},
    )
    promised = _screen_parcels(run, space.screening.parcels(parcel_ids), on, told)
    _screen_enterprises(ctx, run, promised, enterprise_ids, pack, on, told)
    told.end()
    by_key = {one.rule.key: one.rule for one in rules}
    return ScreeningResult(
        on=on,
        pack=pack.key,
        pack_version=pack.version,
        looked_at=run.looked_at,
        suspicions=tuple(sorted(run.suspicions, key=lambda one: one.suspicion.severity)),
        cannot_judge=tuple(
            NotJudged(rule=by_key[key], missing=missing, subjects=tuple(subjects))
            for (key, missing), subjects in run.unjudged.items()
        ),
        not_suspected={
            one.rule.key: run.looked_at[one.about] - run.other.get(one.rule.key, 0)
            for one in rules
            if one.in_force and one.lacks is None
        },
        idle=tuple(_idle(rules, on)),
    )


def _idle(rules: Iterable[RuleOnDay], on: date) -> Iterator[tuple[ScreeningRule, Message]]:
    for one in rules:
        if not one.in_force:
            yield one.rule, msg("no legal basis is in force on {day}", day=on)
        elif one.lacks is not None:
            yield one.rule, one.lacks


Promised = dict[str, list[tuple[OutputContract, ParcelRecords]]]
"""Output contracts with their parcels, by enterprise."""


def _screen_parcels(run: _Run, parcels: Iterable[ParcelRecords], on: date, told: _Told) -> Promised:
    promised: Promised = {}
    of_supply, of_parcel = run.judges(About.SUPPLY), run.judges(About.PARCEL)
    for records in parcels:
        for supply in supply_subjects(records, on):
            run.judge(of_supply, About.SUPPLY, supply)
        if (parcel := parcel_subject(records, on)) is not None:
            run.judge(of_parcel, About.PARCEL, parcel)
        for output in records.outputs:
            promised.setdefault(output.enterprise_id, []).append((output, records))
        told.one_more()
    return promised


def _screen_enterprises(
    ctx: Context,
    run: _Run,
    promised: Promised,
    wanted: Sequence[str] | None,
    pack: RulePack,
    on: date,
    told: _Told,
) -> None:
    """Enterprises with their permits and output contracts. Which land a year is divided by is
    read for all only where a rule holds everybody against a baseline.
    """
    reader = ctx.workspace.screening
    of_enterprise = run.judges(About.ENTERPRISE)
    of_permit, of_output = run.judges(About.PERMIT), run.judges(About.OUTPUT)
    by_land = any(one.by_metric and one.lacks is None for one in run.rules)
    items = tuple(one for one in pack.items if one.limit_from is not None)
    with_land: dict[str, EnterpriseRecords] = {}
    if of_output and promised and not by_land:
        with_land = {one.enterprise.id: one for one in reader.enterprises(sorted(promised))}
    for records in reader.enterprises(wanted, with_land=by_land):
        run.judge(of_enterprise, About.ENTERPRISE, enterprise_subject(records))
        for permit in permit_subjects(records):
            run.judge(of_permit, About.PERMIT, permit)
        for output, at in promised.get(records.enterprise.id, ()):
            of = with_land.get(records.enterprise.id, records)
            run.judge(of_output, About.OUTPUT, output_subject(output, at, of, on=on, items=items))
        told.one_more()


def _reference(about: About, subject: Subject) -> SubjectRef:
    parcel, holder = subject.parcel, subject.holder
    contract = None if isinstance(subject, PermitSubject) else getattr(subject, "contract", None)
    carrier = (holder.carrier_id if holder else None) or (parcel.carrier_id if parcel else None)
    return SubjectRef(
        about=about,
        id=subject.key,
        parcel_id=parcel.id if parcel is not None else None,
        parcel=parcel.name if parcel is not None else "",
        enterprise_id=holder.id if holder is not None else None,
        enterprise=holder.name if holder is not None else "",
        carrier_id=carrier,
        electronic_no=contract.electronic_no if contract is not None else None,
        label=_label(subject),
    )


def _label(subject: Subject) -> str:
    """What tells a permit from another one."""
    if not isinstance(subject, PermitSubject):
        return ""
    permit = subject.permit
    return " ".join(part for part in (permit.subject, permit.number) if part)


def _plain(value: FactValue) -> str | int | float | bool | None:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def basis_json(basis: LegalBasis) -> dict[str, str | None]:
    """A basis as the documents of the command line have it."""
    return {
        "law": basis.law,
        "article": basis.article,
        "version": basis.version,
        "valid_from": basis.valid_from.isoformat() if basis.valid_from else None,
        "valid_to": basis.valid_to.isoformat() if basis.valid_to else None,
    }
