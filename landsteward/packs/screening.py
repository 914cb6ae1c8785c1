"""What the automatic rules judge by beside their own parameters: limits and kinds of permits."""

from collections.abc import Mapping
from dataclasses import dataclass

from landsteward.domain.indicators import FORMULAS
from landsteward.domain.limits import TERMS, LimitOf, PackLimit
from landsteward.domain.predicates import PREDICATES
from landsteward.domain.predicates.low_efficiency import FAILS_CHECKS
from landsteward.domain.rulepack import MetricKind, PermitKind, ScreeningRule
from landsteward.domain.text import msg
from landsteward.packs.checks import References, unique_keys
from landsteward.packs.folder import PackFolder
from landsteward.packs.mistakes import KeyPath, Mistake
from landsteward.packs.reading import PackFile

_COMPUTED = frozenset(one.key for one in FORMULAS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningData:
    """Limits and kinds of permits of a pack, and the check of what rules say of them."""

    limits: tuple[PackLimit, ...]
    permits: tuple[PermitKind, ...]
    metrics: Mapping[str, MetricKind]

    def rule(self, file: PackFile, place: KeyPath, rule: ScreeningRule) -> None:
        """A rule names a yearly figure, kinds of permits and criteria where its predicate asks
        for them, and nowhere else.
        """
        predicate = PREDICATES.get(rule.predicate)
        if predicate is None:
            return
        known = self.metrics.keys() & _COMPUTED
        if predicate.by_metric and known and rule.metric not in known:
            file.wrong(
                (*place, "metric"), msg("the figure {key} is not in metrics.toml", key=rule.metric)
            )
        kinds = {one.key for one in self.permits}
        for at, key in enumerate(rule.permit_kinds):
            if key not in kinds:
                file.wrong(
                    (*place, "permit_kinds", at),
                    msg("the kind {key} is not in permits.toml", key=key),
                )
        for at, key in enumerate(rule.criteria):
            if key not in predicate.criteria:
                file.wrong((*place, "criteria", at), msg("the predicate has no such criterion"))
        for name, wanted, given in (
            ("metric", predicate.by_metric, bool(rule.metric)),
            ("permit_kinds", predicate.by_kind, bool(rule.permit_kinds)),
            ("criteria", bool(predicate.criteria), bool(rule.criteria)),
            ("checked_by", FAILS_CHECKS in rule.criteria, bool(rule.checked_by)),
        ):
            if wanted and not given:
                file.wrong((*place, name), msg("this key is missing"))
            elif given and not wanted:
                file.wrong((*place, name), msg("the predicate has no use for this key"))


def load_screening(
    folder: PackFolder,
    mistakes: list[Mistake],
    references: References,
    metrics: Mapping[str, MetricKind],
) -> ScreeningData:
    """`limits.toml` and `permits.toml` of a pack."""
    limits_file = PackFile(folder, "limits.toml", mistakes)
    limits = limits_file.records("limits", PackLimit)
    for at, limit in enumerate(limits):
        if limit is not None:
            _check_limit(limits_file, ("limits", at), limit)
    permits_file = PackFile(folder, "permits.toml", mistakes)
    permits = permits_file.records("permits", PermitKind)
    for at, kind in enumerate(permits):
        if kind is not None:
            references.department(permits_file, ("permits", at, "department"), kind.department)
    return ScreeningData(
        limits=tuple(one for one in limits if one is not None),
        permits=tuple(unique_keys(permits_file, "permits", permits).values()),
        metrics=metrics,
    )


def _check_limit(file: PackFile, place: KeyPath, limit: PackLimit) -> None:
    if limit.term not in TERMS:
        known = ", ".join(sorted(TERMS))
        file.wrong(
            (*place, "term"),
            msg("there is no term {name}; there are: {known}", name=limit.term, known=known),
        )
    if limit.of not in (LimitOf.COUNTY, LimitOf.NATION):
        file.wrong((*place, "of"), msg("a pack sets limits of the county or the nation"))
    if limit.value < 0:
        file.wrong((*place, "value"), msg("a limit is not below zero"))
    if limit.signed_from and limit.signed_to and limit.signed_from > limit.signed_to:
        file.wrong((*place, "signed_from"), msg("signed_from lies after signed_to"))
