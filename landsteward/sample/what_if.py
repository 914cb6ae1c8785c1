"""What `resources/sample/what_if.toml` tells: what-ifs that somebody keeps about an enterprise."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial

import msgspec

from landsteward.app.context import Context
from landsteward.app.scenarios import keep_scenario
from landsteward.app.what_if import as_stage, ground
from landsteward.domain.register import Enterprise
from landsteward.sample.content import FOLDER, Table


class StageEntry(Table):
    """So many years after the graded one, and what levers are set to."""

    years_on: int
    set_to: dict[str, Decimal]


class ScenarioEntry(Table):
    """A what-if with its name; `day` from today."""

    enterprise: str
    day: int
    who: str
    name: str
    stages: list[StageEntry]


class WhatIfs(Table):
    """what_if.toml."""

    scenarios: list[ScenarioEntry]


def happenings(
    staff: Mapping[str, Context], enterprises: Mapping[str, Enterprise]
) -> Iterator[tuple[int, Callable[[], None]]]:
    """Each of them on its day."""
    told = msgspec.toml.decode((FOLDER / "what_if.toml").read_bytes(), type=WhatIfs)
    for one in told.scenarios:
        yield one.day, partial(_keep, staff[one.who], enterprises[one.enterprise].id, one)


def _keep(ctx: Context, enterprise_id: str, one: ScenarioEntry) -> None:
    on = ground(ctx, enterprise_id=enterprise_id)
    stages = [as_stage(on.run.year + stage.years_on, stage.set_to) for stage in one.stages]
    keep_scenario(ctx, on=on, name=one.name, stages=stages)
