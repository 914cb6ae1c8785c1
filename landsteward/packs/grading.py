"""A pack's `grading.toml`: the county's schemes of 亩均效益评价, read and checked.

Every check notes its mistake at the key concerned and goes on.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from landsteward.domain.grading.scheme import BaselineFrom, Group, Method, Scheme, Weighted
from landsteward.domain.indicators import FORMULAS
from landsteward.domain.rulepack import MetricKind
from landsteward.domain.states import Scale
from landsteward.domain.text import msg
from landsteward.packs.checks import unique_keys
from landsteward.packs.mistakes import KeyPath
from landsteward.packs.reading import PackFile

_COMPUTED = frozenset(one.key for one in FORMULAS)
_INDUSTRY = re.compile(r"[A-T](\d{2,4})?")
_WHOLE = Decimal(100)


def grading_schemes(file: PackFile, metrics: Mapping[str, MetricKind]) -> tuple[Scheme, ...]:
    """The schemes of the file, by the order they stand in; what is wrong is noted."""
    found: list[Scheme | None] = []
    for at, scheme in enumerate(file.records("schemes", Scheme)):
        if scheme is None:
            continue
        place: KeyPath = ("schemes", at)
        _check_scope(file, place, scheme)
        _check_groups(file, place, scheme, metrics)
        _check_shares(file, place, scheme)
        _check_vetoes(file, place, scheme)
        _check_figures(file, place, scheme)
        found.append(_with_baselines(scheme, metrics))
    return tuple(unique_keys(file, "schemes", found).values())


def _check_scope(file: PackFile, place: KeyPath, scheme: Scheme) -> None:
    scope = scheme.scope
    for name in ("threshold_wan", "below_least_mu"):
        if getattr(scope, name) < 0:
            file.wrong((*place, "scope", name), msg("less than nothing"))
    for at, code in enumerate(scope.excluded_industries):
        if not _INDUSTRY.fullmatch(code):
            file.wrong(
                (*place, "scope", "excluded_industries", at),
                msg("an industry is a letter of GB/T 4754 with up to four digits"),
            )


def _check_groups(
    file: PackFile, place: KeyPath, scheme: Scheme, metrics: Mapping[str, MetricKind]
) -> None:
    scales = [group.scale for group in scheme.groups]
    for scale in Scale:
        if scales.count(scale) != 1:
            file.wrong((*place, "groups"), msg("one group for {scale} is needed", scale=scale))
    for at, group in enumerate(scheme.groups):
        here = (*place, "groups", at)
        weights = sum((one.weight for one in group.indicators), Decimal(0))
        if weights != _WHOLE:
            file.wrong(
                (*here, "indicators"),
                msg("the weights add up to {sum}, not to 100", sum=weights),
            )
        seen: set[str] = set()
        for number, one in enumerate(group.indicators):
            there = (*here, "indicators", number)
            if one.metric in seen:
                file.wrong((*there, "metric"), msg("this indicator is there twice"))
            seen.add(one.metric)
            _check_indicator(file, there, scheme, group, one, metrics)


def _check_indicator(
    file: PackFile,
    place: KeyPath,
    scheme: Scheme,
    group: Group,
    one: Weighted,
    metrics: Mapping[str, MetricKind],
) -> None:
    # A metrics.toml that cannot be read is a mistake of its own.
    if one.metric not in _COMPUTED or (metrics and one.metric not in metrics):
        file.wrong(
            (*place, "metric"),
            msg("there is no indicator {key} in metrics.toml", key=one.metric),
        )
        return
    if one.weight <= 0:
        file.wrong((*place, "weight"), msg("a weight is more than nothing"))
    given = one.baseline_from is BaselineFrom.GIVEN
    if scheme.method is Method.RANGE:
        for name in ("baseline", "cap"):
            if getattr(one, name) is not None:
                file.wrong((*place, name), msg("the range method has no such term"))
        if given:
            file.wrong((*place, "baseline_from"), msg("the range method has no such term"))
        return
    if not given and one.baseline is not None:
        file.wrong((*place, "baseline"), msg('a baseline counts only with baseline_from = "given"'))
    if given:
        known = metrics.get(one.metric)
        baseline = one.baseline or (known.baseline(group.scale) if known is not None else None)
        if baseline is None:
            file.wrong(
                (*place, "baseline_from"),
                msg("no baseline is given, neither here nor in metrics.toml"),
            )
        elif baseline <= 0:
            file.wrong((*place, "baseline"), msg("a baseline is more than nothing"))
    if one.cap is not None and one.cap <= (one.floor or 0):
        file.wrong((*place, "cap"), msg("the cap does not lie above the floor"))


def _check_shares(file: PackFile, place: KeyPath, scheme: Scheme) -> None:
    percents = sum((one.percent for one in scheme.shares), Decimal(0))
    if percents != _WHOLE:
        file.wrong((*place, "shares"), msg("the shares add up to {sum}, not to 100", sum=percents))
    seen: set[str] = set()
    for at, one in enumerate(scheme.shares):
        if one.percent < 0:
            file.wrong((*place, "shares", at, "percent"), msg("less than nothing"))
        if not one.grade.strip() or one.grade in seen:
            file.wrong((*place, "shares", at, "grade"), msg("each grade is named once"))
        seen.add(one.grade)


def _check_vetoes(file: PackFile, place: KeyPath, scheme: Scheme) -> None:
    seen: set[str] = set()
    for at, one in enumerate(scheme.vetoes):
        if one.key in seen:
            file.wrong(
                (*place, "vetoes", at, "key"), msg("the key {key} is used twice", key=one.key)
            )
        seen.add(one.key)
        if one.at_most not in scheme.grades:
            file.wrong(
                (*place, "vetoes", at, "at_most"),
                msg("there is no grade {grade}", grade=one.at_most),
            )


def _check_figures(file: PackFile, place: KeyPath, scheme: Scheme) -> None:
    if scheme.notice_days < 1:
        file.wrong((*place, "notice_days"), msg("at least one day is needed"))
    for name in ("value", "points", "score"):
        count = getattr(scheme.places, name)
        if count is not None and not 0 <= count <= 12:
            file.wrong((*place, "places", name), msg("a number of places from 0 to 12"))
    least, most = scheme.bonus_least, scheme.bonus_most
    if least is not None and most is not None and least > most:
        file.wrong((*place, "bonus_least"), msg("the minimum lies above the maximum"))
    if scheme.spread.span <= 0 or scheme.spread.base < 0:
        file.wrong((*place, "spread"), msg("base and span make points, and rise with the value"))


def _with_baselines(scheme: Scheme, metrics: Mapping[str, MetricKind]) -> Scheme:
    """Baselines that are given, as this scheme uses them: a run keeps them with it."""

    def filled(group: Group) -> Iterable[Weighted]:
        for one in group.indicators:
            known = metrics.get(one.metric)
            if one.baseline_from is BaselineFrom.GIVEN and one.baseline is None and known:
                yield replace(one, baseline=known.baseline(group.scale))
            else:
                yield one

    groups = (replace(group, indicators=tuple(filled(group))) for group in scheme.groups)
    return replace(scheme, groups=tuple(groups))
