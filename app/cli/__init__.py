"""The command `parade`: one file per verb, each imported only when it is called.

Exit status: 0 done, 1 the roster breaks a hard rule, 2 bad input (one sentence on standard error,
nothing written), 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from keyword import iskeyword

import click

import forecasting.errors
import rostering.errors
from app.errors import ParadeError

VERBS = {
    "plan": "Forecast the calls, work out the people needed and build a roster.",
    "forecast": "Forecast the calls of each queue.",
    "backtest": "Measure forecasts against what came.",
    "check": "Say what a roster breaks and what it costs.",
    "rulebook": "Print the rules and numbers of a rulebook, with their sources.",
    "erlang": "Say how many people calls need, and what callers feel.",
    "migrate": "Make the database, or bring it to this version.",
    "room": "Add control rooms, and list them.",
    "user": "Add people and systems, say what they may do, and make tokens.",
    "import": "Take counts and people from files.",
    "serve": "Serve pages and the API.",
    "worker": "Work off forecasts and rosters that were asked for.",
    "demo": "Serve two demonstration rooms on this machine.",
}
"""The verbs and what each does; a verb is the function of its name in the module of its name, with
a line under it where the name is Python's own."""


class Verbs(click.Group):
    """A group that imports a verb when it is called, so that `parade --help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name, imported now."""
        if cmd_name not in VERBS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = getattr(importlib.import_module(f"app.cli.{name}"), name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


def product_version() -> str:
    """The version of Parade, such as `0.1.0`."""
    try:
        return version("parade")
    except PackageNotFoundError:
        return "0 (not installed)"


@click.group(cls=Verbs, invoke_without_command=True)
@click.version_option(version=product_version(), message="Parade %(version)s")
@click.pass_context
def parade(context: click.Context) -> None:
    """Forecast a control room's calls, work out the people needed, build legal rosters."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: what follows `parade`; None takes them from the process.

    Returns:
        The exit status.
    """
    try:
        result = parade.main(args=arguments, prog_name="parade", standalone_mode=False)
    except click.ClickException as error:
        return _refused(error.format_message())
    except (forecasting.errors.InputError, rostering.errors.InputError, ParadeError) as error:
        return _refused(str(error))
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Nothing was written.", err=True)
        return 130
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _refused(f"{error.filename or 'The output'}: {error.strerror or error}.")
    return result if isinstance(result, int) else 0


def _refused(sentence: str) -> int:
    """Say on one line of standard error what cannot be used."""
    click.echo(" ".join(sentence.split()), err=True)
    return 2
