"""The command `crossclaim`. Results go to standard output, words about them to standard error.

Exit codes: 0 done, 1 found wrong input (and said which), 2 wrong usage or set-up.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from importlib import metadata
from typing import Annotated, NoReturn

import structlog
import typer

from pipeline.errors import CrossclaimError

LAST_SECONDS = 2.0
"""How long a command that has done its work may take to end."""


def main() -> NoReturn:
    """Run the command line and turn our errors into a sentence and an exit code."""
    # Vectors here are short: threads of the linear algebra library would only fight over the cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app = build_app()
    _log_to_stderr()
    code: int | str | None = 0
    try:
        app(prog_name="crossclaim")
    except SystemExit as end:
        code = end.code
    except (CrossclaimError, OSError) as error:
        sys.stderr.write(f"crossclaim: {error}\n")
        code = 2
    except KeyboardInterrupt:
        code = 130
    _end(code)


def _end(code: int | str | None) -> NoReturn:
    """Exit, within LAST_SECONDS: a thread that hangs would be waited for."""
    force = threading.Timer(LAST_SECONDS, _force, (code if isinstance(code, int) else int(bool(code)),))
    force.daemon = True
    force.start()
    sys.exit(code)


def _force(code: int) -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


def build_app() -> typer.Typer:
    """Return the command line with all its commands."""
    from pipeline.cli import alerts, explain, feeds, files, labels, operate, rejected, search, show, watch

    app = typer.Typer(
        name="crossclaim",
        no_args_is_help=True,
        add_completion=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="Watches news feeds, extracts who claims what, and tells each new contradiction once, with both quotes.",
    )
    app.callback()(_of_all)
    for module in (operate, feeds, files, search, show, explain, watch, alerts, labels, rejected):
        module.add_commands(app)
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"crossclaim {metadata.version('crossclaim')}\n")
        raise typer.Exit


def _of_all(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and end.")
    ] = False,
) -> None:
    """Nothing but options of the whole."""


def _log_to_stderr() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
