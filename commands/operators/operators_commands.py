"""The `quietline operators` commands; their bodies are in operators.py."""

from typing import Annotated

import typer

from commands.exit_codes import end, settled

operators = typer.Typer(no_args_is_help=True, help="The people at the desk.")


@operators.command("add")
def operators_add(
    name: Annotated[str, typer.Argument(help="A name for the desk, not their own.")],
    role: Annotated[
        list[str] | None, typer.Option(help="operator (default), supervisor, steward, administrator.")
    ] = None,
) -> None:
    """Invite somebody: prints a link that is good once, for a day."""
    from commands.operators.operators import add

    settled(lambda settings: end(add(settings, name, tuple(role or ("operator",)))))


@operators.command("list")
def operators_list() -> None:
    """List the people of the desk."""
    from commands.operators.operators import list_people

    settled(lambda settings: end(list_people(settings)))


@operators.command("disable")
def operators_disable(name: str) -> None:
    """Shut somebody out at once, signed in or not."""
    from commands.operators.operators import disable

    settled(lambda settings: end(disable(settings, name)))


@operators.command("audit")
def operators_audit(
    noted: Annotated[str, typer.Option(help="The end of the log as it was noted down earlier.")] = "",
) -> None:
    """Show what was done at the desk, and whether a line is missing or was changed."""
    from commands.operators.operators import audit

    settled(lambda settings: end(audit(settings, noted)))
