"""The command line: `quietline run` and its companions. The bodies of the commands are in commands/."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import core_dumps
from bot.settings import Settings
from commands.doctor.doctor_command import doctor
from commands.exit_codes import end as _end
from commands.exit_codes import settled as _settled
from commands.exit_codes import stop as _stop
from commands.operators.operators_commands import operators

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich",
                  help="An anonymous, multilingual hotline: understands, guides, finds local help.")  # fmt: skip
directory = typer.Typer(no_args_is_help=True, help="The directory of services.")
app.add_typer(directory, name="directory")
app.add_typer(operators, name="operators")


@app.command()
def run() -> None:
    """Bring the whole hotline up on this machine."""
    from commands.runtime.run import run as body

    _settled(body)


@app.command()
def gateway() -> None:
    """Serve the doors and the desk alone: Redis and the engines run elsewhere (docs/deploy.md)."""
    from commands.runtime.single_process import gateway as body

    _settled(body)


@app.command()
def engine() -> None:
    """Be one engine alone, for a gateway that runs elsewhere."""
    from commands.runtime.single_process import engine as body

    _settled(body)


@app.command()
def chat(
    channel: Annotated[str, typer.Option(help="The door to look through: web, sms or telegram.")] = "web",
    hints: Annotated[str, typer.Option(help='What the channel knows: {"telegram": "es", "country": "MX"}.')] = "",
    script: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="One message a line.")] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Read a line, print what is said as JSON, wait for the next.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Say of each reply what was heard, and what answered.")] = False,
) -> None:
    """Hold a conversation in the terminal, through the real dispatcher and engine."""
    from commands.chat.chat import Form
    from commands.chat.chat import chat as body
    from commands.runtime.composition import ABILITIES

    if channel not in ABILITIES:
        _stop(f"There is no door named {channel!r}: {', '.join(sorted(ABILITIES))}.")
    if json and script:
        _stop("--script prints JSON by itself: one of the two is enough.")
    _settled(lambda settings: body(settings, channel, hints, Form(script, json, why)))


@app.command()
def rehearse(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Scenario files: docs/rehearsal.md.")],
    out: Annotated[Path, typer.Option(file_okay=False, help="Where what was said is written.")],
    plays: Annotated[int, typer.Option(min=1, help="How often each is played, with somebody new each time.")] = 1,
) -> None:
    """Play scenario files, and write down what was said. Ends with 1 where an invariant is broken, 2 where nothing was played."""
    from commands.rehearsal.rehearse import NOT_PLAYED
    from commands.rehearsal.rehearse import rehearse as body

    _settled(lambda settings: _end(body(settings, folder, out, plays)), NOT_PLAYED)


@app.command()
def understand() -> None:
    """Read messages from stdin, give what is understood as JSON lines."""
    from commands.training.understand import understand as body

    _settled(body)


@app.command()
def detect() -> None:
    """Read messages (and hints) from stdin, give their language as JSON lines."""
    from commands.training.detect import detect_lines

    detect_lines(sys.stdin, sys.stdout)


@app.command()
def evaluate(
    messages: Annotated[
        Path | None,
        typer.Option(
            exists=True, file_okay=False, help="A folder of other messages: docs/evaluation.md says in which form."
        ),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Lines `code<TAB>text`: tell languages apart instead."),
    ] = None,
    write: Annotated[bool, typer.Option(help="Write docs/evaluation_tables.md and data/evaluation.json too.")] = False,
) -> None:
    """Measure how well messages of others are understood, or with --texts how well languages are told apart."""
    from commands.evaluation import evaluate as body

    if texts is not None:
        body.languages_told(texts)
    else:
        _settled(lambda settings: body.evaluate(settings, messages or body.JUDGED, write))


@app.command()
def train(
    force: Annotated[bool, typer.Option(help="Also when nothing has changed.")] = False,
    heads: Annotated[
        bool, typer.Option(help="First learn the heads in data/reader anew from all examples; takes minutes.")
    ] = False,
) -> None:
    """Build the reader and put the model together, where something has changed. What was learned ships with Quietline."""
    from commands.training.train import train as body

    def learn_heads(settings: Settings) -> None:
        from bot.progress import as_bar
        from commands.learning.learn_heads import learn_heads as learn

        with as_bar() as tell:
            typer.echo(learn(settings.var, tell))

    if heads:
        _settled(learn_heads)
    _settled(lambda settings: typer.echo(body(settings.var, force=force)))


@app.command()
def key() -> None:
    """Print a new master key for HOTLINE_KEY_FILE."""
    import base64
    import secrets

    typer.echo(base64.b64encode(secrets.token_bytes(32)).decode())


@app.command()
def metrics() -> None:
    """Print the counts of the hotline that runs on this machine, for Prometheus."""
    from commands.scrape import scrape as body

    _settled(body)


@app.command()
def erase(
    everything: Annotated[bool, typer.Option("--everything", help="All living conversations, now.")] = False,
) -> None:
    """Erase conversations from the running hotline's Redis (needs REDIS_URL or a hotline on this machine)."""
    from commands.erase import erase as body

    if not everything:
        _stop("Conversations have no names to choose by. To erase all that live now: quietline erase --everything")
    _settled(body)


@app.command()
def bench(
    persons: Annotated[str, typer.Option(help="Numbers of persons side by side.")] = "1,8,32,128",
    services: Annotated[int, typer.Option("--directory", help="Measure the directory, with so many services.")] = 0,
    waiting: Annotated[int, typer.Option(help="Measure one gateway with so many pages open instead.")] = 0,
    stock: Annotated[bool, typer.Option("--stock", help="Beside stock Rasa, which is installed below var/.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="With --stock: a trial, whose figures mean nothing.")] = False,
    write: Annotated[bool, typer.Option(help="Write docs/performance.md, or docs/directory_speed.md.")] = False,
) -> None:
    """Measure the whole path: turns per second, waiting times, memory."""
    from commands.bench import bench as ours
    from commands.bench import bench_directory, bench_stock, bench_waiting

    if quick and (write or not stock):
        _stop("--quick is a trial of --stock and nothing to write down.")
    if services:
        _settled(lambda settings: bench_directory.bench(services, write))
    elif waiting:
        _settled(lambda settings: bench_waiting.bench(settings, waiting, write))
    elif stock:
        _settled(lambda settings: bench_stock.bench(settings, persons, write, quick))
    else:
        _settled(lambda settings: ours.bench(settings, persons, write))


@app.command()
def languages(
    what: Annotated[str, typer.Argument(help="`check`: list what is wrong with the phrases, and end with 1.")] = "",
) -> None:
    """Show each language: phrases, who has read them, examples, faults."""
    from commands import languages as body

    if what not in ("", "check"):
        _stop(f"languages knows no {what!r}, only check.")
    body.check() if what else body.languages()


@app.command()
def setup() -> None:
    """Ask for country, languages, tokens and hours, and write the settings."""
    from commands.setup.settings_file import BadSettingsFile, where
    from commands.setup.setup import setup as body

    try:
        _end(body(where()))
    except BadSettingsFile as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"The settings could not be written: {error.strerror}.")


app.command()(doctor)


@directory.command("check")
def directory_check() -> None:
    """Check every entry file."""
    from commands.directory.check import check
    from commands.runtime.composition import ROOT

    entries = ROOT / "resources_directory" / "entries"
    _settled(lambda settings: _end(check(entries, places=settings.var if settings.var.is_dir() else None)))


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
        _end(search(directory_built(settings), SearchOptions(need, place, locale, shown, json)))

    _settled(body)


@directory.command("questions")
def directory_questions() -> None:
    """Show what the directory gives for sixty questions, each beside what a good answer has."""
    from commands.directory.questions import answer_ours

    _settled(lambda settings: _end(answer_ours(settings)))


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

    _settled(lambda settings: typer.echo(directory_built(settings, force=force, shipped=shipped)))


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

    _settled(lambda settings: _end(list_due(StewardSession(settings), country or None, limit, json)))


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
        _end(checked(desk, service, Check(by, desk.today, **facts)))

    _settled(body)


@directory.command("suspend")
def directory_suspend(service: ServiceId, by: By, reason: GivenReason) -> None:
    """Withhold a service until somebody has checked it."""
    from commands.directory.steward import StewardSession, suspend

    _settled(lambda settings: _end(suspend(StewardSession(settings), service, by, reason)))


@directory.command("close")
def directory_close(service: ServiceId, by: By, reason: GivenReason) -> None:
    """Withhold a service for good: it has ended."""
    from commands.directory.steward import StewardSession, close

    _settled(lambda settings: _end(close(StewardSession(settings), service, by, reason)))


@directory.command("history")
def directory_history(service: ServiceId) -> None:
    """Show who changed what of a service."""
    from commands.directory.steward import StewardSession, history

    _settled(lambda settings: _end(history(StewardSession(settings), service)))


@directory.command("coverage")
def directory_coverage(
    json: Annotated[bool, typer.Option("--json")] = False,
    write: Annotated[bool, typer.Option(help="Write docs/coverage.md instead: each country and need.")] = False,
) -> None:
    """Show where the directory helps, the gaps first, and what was asked for and not found."""
    from commands.directory.coverage_table import show, write_page
    from commands.directory.steward import StewardSession

    _settled(lambda settings: _end((write_page if write else show)(StewardSession(settings), json)))


@directory.command("export")
def directory_export(
    out: Annotated[Path, typer.Option(dir_okay=False, help="The file to write.")],
    form: Annotated[str, typer.Option("--format", help="json: nested services; csv: a zip of tables.")] = "json",
    everything: Annotated[bool, typer.Option("--all", help="Also what may not be served today.")] = False,
) -> None:
    """Write the directory as HSDS 3, for other directories."""
    from commands.directory.exchange import export_file

    raise typer.Exit(export_file(out, form, everything))


def main() -> None:
    """Run the command line, with the settings file added to the environment."""
    core_dumps.forbid()
    from commands.setup.settings_file import BadSettingsFile, fill

    try:
        fill(os.environ)
    except BadSettingsFile as error:
        sys.exit(str(error))
    app()


if __name__ == "__main__":
    main()
