"""The command line: everything the window does in bulk, without it.

With `--json` one JSON document goes to stdout; messages always go to stderr. Exit status: 0 done,
1 done with rejected rows or findings of the check itself, 2 refused, 3 a bug of ours.

A command is loaded when it is asked for: the window, which opens without one, waits for none.
"""

import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from landsteward.app.language import Language, tr, use_language
from landsteward.cli.basics import BUG, DONE, REFUSED, say, worded
from landsteward.domain.errors import KnownError

log = logging.getLogger(__name__)

COMMANDS = {
    "backup": "workspaces.backup",
    "campaigns": "casework.campaigns",
    "cases": "casework.cases",
    "check": "workspaces.check",
    "dossier": "casework.dossier",
    "firms": "firms.firms",
    "form": "casework.form",
    "grade": "grading.grade",
    "import": "imports.import_",
    "imports": "imports.imports",
    "new": "workspaces.new",
    "preparation": "casework.preparation",
    "reminders": "deadlines.reminders",
    "calendar": "deadlines.calendar",
    "roles": "access.roles",
    "rules": "rules.rules",
    "screen": "casework.screen",
    "tour": "workspaces.tour",
    "undo-import": "imports.undo_import_",
    "ways": "ways.ways",
    "what-if": "what_if.what_if",
}
"""Where each command stands in this package."""


class _Commands(click.Group):
    """Knows all commands by name, and loads one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the alphabet."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(".")
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), name)
        return command


def run(arguments: Sequence[str]) -> int:
    """Run one command line and say its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = commands.main(args=list(arguments), standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as problem:
        problem.show()
        return REFUSED
    except KnownError as error:
        say(worded(error))
        return REFUSED
    except BrokenPipeError:
        # Whoever read our output has heard enough (`| head`); Python must not flush it again.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        return DONE
    except Exception:
        from landsteward.bootstrap import writing_log

        with writing_log() as file:
            log.exception("unexpected")
        say(tr("This is a mistake in the program; details are in the log: {file}", file=file))
        return BUG
    return status if isinstance(status, int) else DONE


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--lang",
    type=click.Choice([language.value for language in Language]),
    envvar="LANDSTEWARD_LANG",
    default=None,
    help="界面语言 / language",
)
@click.option("--open", "file", type=click.Path(path_type=Path), help="打开工作区 / open FILE.lsw")
@click.option(
    "--page",
    default="desk",
    help="从这一页开始，如 register / the page to begin with, e.g. register",
)
@click.pass_context
def commands(
    click_context: click.Context, lang: str | None, file: Path | None, page: str
) -> int | None:
    """LandSteward 土地管家. 不带命令则打开窗口 / without a command the window opens."""
    if lang is not None:
        use_language(Language(lang))
    if click_context.invoked_subcommand is not None:
        return None
    from landsteward.bootstrap import run_window

    return run_window(file, language=Language(lang) if lang else None, page=page)
