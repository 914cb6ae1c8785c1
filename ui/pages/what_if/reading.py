"""What the page reads: what may have changed since, and the field, which is read and made once."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.scenarios import ScenarioLine, scenarios_of
from landsteward.app.what_if import Gathered, Ground, gather, grading_of, own_parcels
from landsteward.domain.errors import KnownError
from landsteward.domain.gradings import GradingRun
from landsteward.domain.subjects import ParcelSubject
from ui.workbench import Workbench


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The grading that holds now (None: `why` says why there is none), parcels, scenarios."""

    name: str
    run: GradingRun | None
    why: KnownError | None
    parcels: tuple[ParcelSubject, ...]
    scenarios: tuple[ScenarioLine, ...]

    def run_of(self, scenario_id: str) -> str:
        """The grading a scenario was worked out against, otherwise the one that holds now."""
        for one in self.scenarios:
            if one.scenario.id == scenario_id:
                return one.scenario.run_id
        return self.run.id if self.run is not None else ""


class Reading:
    """For one page and one enterprise."""

    def __init__(self, bench: Workbench, owner: QWidget, enterprise_id: str) -> None:
        self._operations, self._owner = bench.operations, owner
        self._key = enterprise_id
        self._loading = False

    def look(self, success: Callable[[Standing], None]) -> None:
        """What may have changed; cheap."""
        key = self._key

        def read(ctx: Context) -> Standing:
            run, why = None, None
            try:
                run = grading_of(ctx, enterprise_id=key)
            except KnownError as error:
                why = error
            return Standing(
                name=ctx.workspace.enterprises.get(key).name,
                run=run,
                why=why,
                parcels=own_parcels(ctx, enterprise_id=key),
                scenarios=scenarios_of(ctx, enterprise_id=key),
            )

        self._operations.query(self._owner, read, success=success)

    def load(
        self,
        run_id: str,
        success: Callable[[Ground], None],
        failure: Callable[[KnownError], None],
    ) -> bool:
        """Read a grading's field, and make it away from the workspace; False: under way already."""
        if self._loading:
            return False
        self._loading = True
        key = self._key

        def failed(error: KnownError) -> None:
            self._loading = False
            failure(error)

        def made(ground: Ground) -> None:
            self._loading = False
            success(ground)

        def gathered(found: Gathered) -> None:
            self._operations.task(
                self._owner, lambda _progress: found.made(), success=made, failure=failed
            )

        self._operations.query(
            self._owner,
            lambda ctx: gather(ctx, enterprise_id=key, run_id=run_id),
            success=gathered,
            failure=failed,
        )
        return True
