"""A sample park, and running commands on it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from landsteward import bootstrap, cli
from landsteward.app.language import Language, use_language
from tests.end2end.command_line.commands import TODAY, Command, Said


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The messages are compared in the language of the source."""
    use_language(Language.ENGLISH)
    yield
    use_language(Language.CHINESE)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sample park as it stands on the day all of these tests take for today."""
    path = tmp_path_factory.mktemp("cli") / "park.lsw"
    bootstrap.create_sample(path, today=date.fromisoformat(TODAY))
    return path.read_bytes()


@pytest.fixture
def park(built: bytes, tmp_path: Path) -> Path:
    """A park of one's own."""
    path = tmp_path / "park.lsw"
    path.write_bytes(built)
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs one line in this process."""

    def command(*arguments: object) -> Said:
        capsys.readouterr()
        status = cli.run([str(one) for one in arguments])
        printed = capsys.readouterr()
        return Said(status, printed.out, printed.err)

    return command
