"""The `quietline directory` commands; their bodies stand beside this module."""

from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings
from commands.directory.upkeep.upkeep_commands import upkeep
from commands.exit_codes import end, settled

directory = typer.Typer(no_args_is_help=True, help="The directory of services.")
directory.add_typer(upkeep)  # its commands stand among the others


@directory.command("check")
def directory_check() -> None:
    """Check every entry file."""
    from commands.directory.check import check
    from commands.runtime.composition import ROOT

    entries = ROOT / "resources_directory" / "entries"
    settled(lambda settings: end(check(entries, places=settings.var if settings.var.is_dir() else None)))


@directory.command("search")
def directory_search(
    need: Annotated[str, typer.Option(help="labour, shelter, legal_aid, medical, consulate, seafarers, missing, …")],
    place: Annotated[str, typer.Option(help="A city, postcode, region or country, in any of our languages.")],
    locale: Annotated[str, typer.Option(help="BCP 47 tag of the reader.")] = "en",
    json: Annotated[bool, typer.Option("--json")] = False,
    unchecked: Annotated[bool | None, typer.Option(help="Also what no steward has checked; else as talks do.")] = None,
) -> None:
    """Find what a person at a place would get."""
    from commands.directory.search import SearchOptions, search
    from commands.runtime.preparation import directory_built

    def body(settings: Settings) -> None:
        shown = settings.directory_unchecked if unchecked is None else unchecked
        end(search(directory_built(settings), SearchOptions(need, place, locale, shown, json)))

    settled(body)


@directory.command("questions")
def directory_questions() -> None:
    """Show what the directory gives for sixty questions, each beside what a good answer has."""
    from commands.directory.questions import answer_ours

    settled(lambda settings: end(answer_ours(settings)))


@directory.command("build")
def directory_build(
    force: Annotated[bool, typer.Option(help="Also when no entry has changed.")] = False,
    shipped: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Take in a new version's, but for what stewards changed."),
    ] = None,
) -> None:
    """Compile the entries into the file that the hotline reads, also while it runs."""
    from commands.runtime.preparation import directory_built

    settled(lambda settings: typer.echo(directory_built(settings, force=force, shipped=shipped)))


@directory.command("import")
def directory_import(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="HSDS, Open Referral UK, CSV or XLSX.")],
    mapping: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="What columns and words mean here.")
    ] = None,
    country: Annotated[str, typer.Option(help="Of rows that name none: a code or a name.")] = "",
    source: Annotated[str, typer.Option(help="The address (URL) of the feed.")] = "",
    keep_addresses: Annotated[bool, typer.Option(help="Of places that are not hidden.")] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Write it; else only show what would change.")] = False,
) -> None:
    """Bring entries in from a file: proposed, for a steward to check."""
    from commands.directory.exchange import Choices, import_file

    raise typer.Exit(import_file(file, Choices(mapping, country, source, keep_addresses, apply)))


By = Annotated[str, typer.Option(help="Your name on the desk.")]
ServiceId = Annotated[str, typer.Argument(help="The id of the service.")]
GivenReason = Annotated[str, typer.Option(help="Why; nothing that a person wrote.")]


@directory.command("due")
def directory_due(
    country: Annotated[str, typer.Option(help="Two-letter code; else all.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 5,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """List what a steward has to check, most urgent first, with the words for each call."""
    from commands.directory.steward import StewardSession, list_due

    settled(lambda settings: end(list_due(StewardSession(settings), country or None, limit, json)))


@directory.command("checked")
def directory_checked(  # noqa: PLR0913, PLR0917 - one parameter per option
    service: ServiceId,
    by: By,
    second: Annotated[str, typer.Option(help="Another steward who looked too: a shelter needs two.")] = "",
    on: Annotated[str, typer.Option(help="The day of the check; else today.")] = "",
    number: Annotated[str, typer.Option(help="The number, where it is another one now.")] = "",
    hours: Annotated[str, typer.Option(help="Mo-Fr 09:00-17:00, or 24/7.")] = "",
    languages: Annotated[str, typer.Option(help="en,es")] = "",
    note: Annotated[str, typer.Option(help="Kept in the history.")] = "",
) -> None:
    """Record that you rang a service, or read its live page."""
    from commands.directory.steward import StewardSession, checked
    from resources_directory.stewards.verification import Check

    facts = {"on": on, "second": second, "number": number, "hours": hours, "languages": languages, "note": note}

    def body(settings: Settings) -> None:
        desk = StewardSession(settings)
        end(checked(desk, service, Check(by, desk.today, **facts)))

    settled(body)


@directory.command("suspend")
def directory_suspend(service: ServiceId, by: By, reason: GivenReason) -> None:
    """Withhold a service until somebody has checked it."""
    from commands.directory.steward import StewardSession, suspend

    settled(lambda settings: end(suspend(StewardSession(settings), service, by, reason)))


@directory.command("close")
def directory_close(service: ServiceId, by: By, reason: GivenReason) -> None:
    """Withhold a service for good: it has ended."""
    from commands.directory.steward import StewardSession, close

    settled(lambda settings: end(close(StewardSession(settings), service, by, reason)))


@directory.command("history")
def directory_history(service: ServiceId) -> None:
    """Show who changed what of a service."""
    from commands.directory.steward import StewardSession, history

    settled(lambda settings: end(history(StewardSession(settings), service)))


@directory.command("adopt")
def directory_adopt(  # noqa: PLR0913, PLR0917 - one parameter per option
    country: Annotated[str, typer.Option(help="Two-letter code.")],
    language: Annotated[str, typer.Option(help="Only where this is spoken: es.")] = "",
    now: Annotated[bool, typer.Option("--now", help="Only what can be called now.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many calls.")] = 1_000,
    form: Annotated[str, typer.Option("--format", help="text or html, both to print.")] = "text",
    out: Annotated[Path | None, typer.Option(dir_okay=False, help="The file to write; else the screen.")] = None,
    assign: Annotated[str, typer.Option(help="Give them to this steward, by desk name.")] = "",
) -> None:
    """List the calls by which you take over a country: whom to ring now, and what each call is about."""
    from commands.directory.adoption.adopt import CallChoice, adopt
    from commands.directory.steward import StewardSession

    choice = CallChoice(country, language, now, limit, form, out, assign)
    settled(lambda settings: end(adopt(StewardSession(settings), choice)))


@directory.command("called")
def directory_called(
    service: ServiceId,
    by: By,
    outcome: Annotated[str, typer.Option(help="confirmed, no_answer, left_message or gone.")],
    note: Annotated[str, typer.Option(help="Kept in the history; the reason if it is gone.")] = "",
    only: Annotated[bool, typer.Option("--only", help="Not for all entries with this number.")] = False,
) -> None:
    """Record what came of a call, for every entry that has the number."""
    from commands.directory.adoption.called import called
    from commands.directory.steward import StewardSession

    settled(lambda settings: end(called(StewardSession(settings), service, outcome, by, note, only)))


@directory.command("coverage")
def directory_coverage(
    json: Annotated[bool, typer.Option("--json")] = False,
    write: Annotated[bool, typer.Option(help="Write docs/coverage.md instead: each country and need.")] = False,
) -> None:
    """Show where the directory helps, the gaps first, and what was asked for and not found."""
    from commands.directory.coverage_table import show, write_page
    from commands.directory.steward import StewardSession

    settled(lambda settings: end((write_page if write else show)(StewardSession(settings), json)))


@directory.command("export")
def directory_export(
    out: Annotated[Path, typer.Option(dir_okay=False, help="The file to write.")],
    form: Annotated[str, typer.Option("--format", help="json: nested services; csv: a zip of tables.")] = "json",
    everything: Annotated[bool, typer.Option("--all", help="Also what may not be served today.")] = False,
) -> None:
    """Write the directory as HSDS 3, for other directories."""
    from commands.directory.exchange import export_file

    raise typer.Exit(export_file(out, form, everything))
