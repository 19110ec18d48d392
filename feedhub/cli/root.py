"""The group of all commands, and where the project lies.

A command's module is imported when it is called: help comes at once, and an interruption while the program starts ends
like any other.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import click

from feedhub.cli.endings import EXIT_CODES, told
from feedhub.text.nearest import nearest

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("configure", "Make a folder a project."),
    "discover": ("discover", "Say what feeds a page or site has."),
    "import-opml": ("configure", "Take in the feeds of an OPML file."),
    "check": ("configure", "Say whether settings and documents are right."),
    "run": ("service", "Start web and poller together."),
    "serve": ("service", "Start the web server alone."),
    "poller": ("service", "Start the poller alone."),
    "poll": ("polling", "Poll what is due, publish, and end."),
    "sources": ("sources", "Say how the sources are, and mend one."),
    "explain": ("inspect", "Say who told a story, and why we think so."),
    "get": ("inspect", "Print what the web server would answer."),
    "render": ("inspect", "Render feeds again."),
    "db": ("database", "Look at the database's schema."),
    "demo": ("demo", "Run it all on a bundled newsroom."),
    "version": ("version", "Say which feedhub this is."),
}
"""Every command in the order in which a newcomer meets them: its module, and what it does."""


class Commands(click.Group):
    """Finds commands by the table, and ends every error raised on purpose with its message and its exit code."""

    def invoke(self, ctx: click.Context) -> object:
        """Call the command."""
        root: Path = ctx.params["root"]
        with told(root.resolve()):
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click asks so
        """All names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # the same
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"feedhub.cli.{COMMANDS[cmd_name][0]}")
        found = getattr(module, cmd_name.replace("-", "_"))
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; one that does not exist is told with the nearest that does."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = nearest(args[0], COMMANDS)
            ctx.fail(f"there is no command {args[0]!r}" + (f": {hint}" if hint else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # the same
        """The table, for `--help`."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])


@click.group(cls=Commands, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "--dir",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    envvar="FEEDHUB_DIR",
    show_envvar=True,
    help="The project's folder, which holds config/ and var/. Default: where you stand.",
)
@click.pass_context
def main(ctx: click.Context, root: Path) -> None:
    """Poll news feeds, keep each story once, say who told it first, publish topics as feeds.

    Begin with `feedhub demo`, or with `feedhub init FOLDER`.
    """
    ctx.obj = root.resolve()
