"""The commands of `quietline directory` that keep entries tidy: what changed, what stands there twice, and what pages still say."""

from typing import Annotated

import typer

from commands.exit_codes import end, settled

upkeep = typer.Typer()
GivenCountry = Annotated[str, typer.Option(help="Two-letter code; else all.")]


@upkeep.command("changes")
def directory_changes(
    days: Annotated[int, typer.Option(min=1, help="How far back.")] = 7,
    country: GivenCountry = "",
) -> None:
    """Show what changed lately: who, what and why."""
    from commands.directory.steward import StewardSession
    from commands.directory.upkeep.tidying import changes

    settled(lambda settings: end(changes(StewardSession(settings), days, country)))


@upkeep.command("duplicates")
def directory_duplicates(country: GivenCountry = "") -> None:
    """List entries that may be the same service twice."""
    from commands.directory.steward import StewardSession
    from commands.directory.upkeep.tidying import duplicates

    settled(lambda settings: end(duplicates(StewardSession(settings), country)))


@upkeep.command("merge")
def directory_merge(  # noqa: PLR0913, PLR0917 - one parameter per option
    keep: Annotated[str, typer.Argument(help="The id that stays.")],
    other: Annotated[str, typer.Argument(help="The id that is closed.")],
    by: Annotated[str, typer.Option(help="Your name on the desk.")],
    take: Annotated[str, typer.Option(help="Fields to take from the other: languages,url.")] = "",
    both: Annotated[str, typer.Option(help="Lists of which both stay: languages,sources.")] = "",
    looked: Annotated[bool, typer.Option("--looked", help="You rang it, or read its live page, today.")] = False,
    note: Annotated[str, typer.Option(help="Kept in the history.")] = "",
) -> None:
    """Make one entry of two: both histories stay."""
    from commands.directory.steward import StewardSession
    from commands.directory.upkeep.tidying import MergeChoice, merge_entries

    choice = MergeChoice(keep, other, by, take, both, looked, note)
    settled(lambda settings: end(merge_entries(StewardSession(settings), choice)))


@upkeep.command("look")
def directory_look(
    country: GivenCountry = "",
    limit: Annotated[int, typer.Option(min=1, help="How many pages.")] = 200,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Look at source pages: gone, without the number, or fine. Changes nothing; off unless SOURCE_LOOK=on."""
    from commands.directory.steward import StewardSession
    from commands.directory.upkeep.look import look

    settled(lambda settings: end(look(StewardSession(settings), country, limit, json)))
