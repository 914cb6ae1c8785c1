"""A program that writes without end and says what was kept: to be killed in the middle.

`python -m tests.helpers.restless FILE SEED` prints one JSON line after each transaction, with
everything the transaction wrote. What was printed must be there afterwards, whatever happens.
"""

import json
import random
import sys
from dataclasses import replace
from datetime import UTC, datetime

from db.workspace import SqlWorkspace, open_workspace
from landsteward.domain.ids import Uuid7Source
from landsteward.domain.register import Enterprise

ACTOR = "person-1"
_SIZES = (1, 1, 2, 7, 60, 400)
_WITH_BLOB = 0.5
_BLOBS = (10, 5_000, 300_000)


def main(path: str, seed: int) -> None:
    """Write until killed."""
    chance = random.Random(seed)
    workspace = open_workspace(path)
    ids = Uuid7Source(lambda: int(datetime.now(UTC).timestamp() * 1000), chance.getrandbits)
    while True:
        print(json.dumps(one_change(workspace, ids, chance)), flush=True)  # noqa: T201


def one_change(
    workspace: SqlWorkspace, ids: Uuid7Source, chance: random.Random
) -> dict[str, object]:
    """One transaction of a size of its own; what it wrote.

    Its records carry its number and how many they are, so that half a change would show.
    """
    said: dict[str, object] = {}
    with workspace.transaction(actor_id=ACTOR, at=datetime.now(UTC)):
        said["number"] = number = workspace.take_number("体检", 2026)
        size = chance.choice(_SIZES)
        records = []
        for _ in range(size):
            name = f"企业{chance.getrandbits(30)}"
            records.append(
                Enterprise(
                    id=ids.new(), name=name, name_key=name, note=str(number), address=str(size)
                )
            )
        workspace.enterprises.add_many(records)
        last = replace(records[-1], phone=str(chance.getrandbits(20)))
        workspace.enterprises.save(last)
        said["enterprises"] = {record.id: record.name for record in records}
        said["phone"] = [last.id, last.phone]
        if chance.random() < _WITH_BLOB:
            said["blob"] = workspace.blobs.put(chance.randbytes(chance.choice(_BLOBS)))
    return said


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
