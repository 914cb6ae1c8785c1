"""What a version of a plan still lacks before it can be handed in, each with where to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass

from landsteward.app.context import Context
from landsteward.app.plan_comments import open_comments
from landsteward.app.plan_reading import AlternativeSheet, PlanSheet, plan_sheet
from landsteward.app.ways_out import judged_anew
from landsteward.domain.chosen_ways import ChosenWay
from landsteward.domain.plans import ORDINALS, RemedyPlan
from landsteward.domain.states import PlanPart
from landsteward.domain.text import Bilingual, Message, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGap:
    """Something missing: in which part, of which alternative, at which step or risk."""

    message: Message
    part: PlanPart
    alternative_id: str | None = None
    record_id: str | None = None


def plan_gaps(ctx: Context, *, plan_id: str) -> tuple[PlanGap, ...]:
    """Everything a version still lacks, in the order it is written."""
    sheet = plan_sheet(ctx, plan_id=plan_id)
    gaps = list(gaps_of(sheet, _WaysToday(ctx, sheet.plan)))
    waiting = open_comments(ctx, plan_id=plan_id)
    if waiting:
        gaps.append(
            PlanGap(
                message=msg("{count} comments have no answer yet.", count=len(waiting)),
                part=PlanPart.WHOLE,
                record_id=waiting[0].id,
            )
        )
    return tuple(gaps)


class _WaysToday:
    """How chosen ways stand today, and what they are called."""

    def __init__(self, ctx: Context, plan: RemedyPlan) -> None:
        self._ctx = ctx
        case = ctx.workspace.cases.get(plan.case_id)
        self._paths = {one.key: one for one in ctx.packs.get(case.pack, case.pack_version).paths}

    def unexplained(self, chosen: ChosenWay) -> bool:
        """Whether it is not simply open and nobody says why it is chosen nevertheless."""
        return judged_anew(self._ctx, chosen).needs_why and not chosen.why.strip()

    def name(self, key: str) -> Bilingual:
        """What a way is called."""
        path = self._paths.get(key)
        return Bilingual(path.name, path.name_en) if path is not None else Bilingual(key, key)


def gaps_of(sheet: PlanSheet, today: _WaysToday) -> Iterator[PlanGap]:
    """What a version lacks by itself."""
    if sheet.firm is None:
        yield PlanGap(message=msg("The plan names no service firm."), part=PlanPart.WHOLE)
    for number, one in enumerate(sheet.alternatives):
        place = f"{ORDINALS[number]} · " if len(sheet.alternatives) > 1 else ""
        yield from _ways(sheet, one, place, today)
        yield from _of_alternative(one, place)
    if sheet.plan.recommended_id is None:
        yield PlanGap(
            message=msg("The plan recommends none of its alternatives."), part=PlanPart.WHOLE
        )


def _ways(
    plan: PlanSheet, sheet: AlternativeSheet, place: str, today: _WaysToday
) -> Iterator[PlanGap]:
    """Each finding has a way, and each way that is not simply open its reason."""
    key = sheet.alternative.id
    answered = {one.finding_id for one in sheet.ways}
    if not answered:
        yield PlanGap(
            message=msg("{place}The plan chooses no way out.", place=place),
            part=PlanPart.WAYS,
            alternative_id=key,
        )
        return
    for finding in plan.findings:
        if finding.id not in answered:
            yield PlanGap(
                message=msg(
                    "{place}Finding {number} has no way out.",
                    place=place,
                    number=finding.finding_no,
                ),
                part=PlanPart.WAYS,
                alternative_id=key,
                record_id=finding.id,
            )
    for way in sheet.ways:
        if today.unexplained(way):
            yield PlanGap(
                message=msg(
                    "{place}The way out “{way}” is not simply open: "
                    "say why it is chosen nevertheless.",
                    place=place,
                    way=today.name(way.way),
                ),
                part=PlanPart.WAYS,
                alternative_id=key,
                record_id=way.finding_id,
            )


def _of_alternative(sheet: AlternativeSheet, place: str) -> Iterator[PlanGap]:
    """What an alternative lacks; `place` names it where there are several."""
    key = sheet.alternative.id
    if not sheet.steps:
        yield PlanGap(
            message=msg("{place}The plan has no steps.", place=place),
            part=PlanPart.STEPS,
            alternative_id=key,
        )
    for number, step in enumerate(sheet.steps, start=1):
        if not (step.title and step.responsible and step.due_on):
            yield PlanGap(
                message=msg(
                    "{place}Step {number} needs a title, somebody responsible and a date.",
                    place=place,
                    number=number,
                ),
                part=PlanPart.STEPS,
                alternative_id=key,
                record_id=step.id,
            )
    figures = [one for one in sheet.targets if one.target is not None]
    if not figures and not sheet.alternative.no_target_reason.strip():
        yield PlanGap(
            message=msg(
                "{place}Neither expected figures nor a reason why there are none.", place=place
            ),
            part=PlanPart.TARGETS,
            alternative_id=key,
        )
