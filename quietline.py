"""The command line: `quietline run` and its companions. The bodies of the commands are in commands/."""

import os
import sys
from pathlib import Path
from typing import Annotated

# Looking for plugins of pydantic, of which we use none, reads the metadata of all packages: every command would begin later.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

import typer

from bot import core_dumps
from bot.settings import Settings
from commands.directory.directory_commands import directory
from commands.doctor.doctor_command import doctor
from commands.exit_codes import end as _end
from commands.exit_codes import settled as _settled
from commands.exit_codes import stop as _stop
from commands.languages.language_commands import languages
from commands.operators.operators_commands import operators

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich",
                  help="An anonymous, multilingual hotline: understands, guides, finds local help.")  # fmt: skip
app.add_typer(directory, name="directory")
app.add_typer(languages, name="languages")
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
def key(
    engine: Annotated[bool, typer.Option("--engine", help="The key of the engines, for ENGINE_KEY_FILE.")] = False,
) -> None:
    """Print a new master key for HOTLINE_KEY_FILE, or the key that engines get in its place."""
    from commands.keys import engines_key, new_master_key

    _settled(lambda settings: typer.echo(engines_key(settings) if engine else new_master_key()))


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
def bench(  # noqa: PLR0913, PLR0917 - one parameter per option
    persons: Annotated[str, typer.Option(help="Numbers of persons side by side.")] = "1,8,32,128",
    services: Annotated[int, typer.Option("--directory", help="Measure the directory, with so many services.")] = 0,
    waiting: Annotated[int, typer.Option(help="Measure one gateway with so many pages open instead.")] = 0,
    stock: Annotated[bool, typer.Option("--stock", help="Beside stock Rasa, which is installed below var/.")] = False,
    hostile: Annotated[bool, typer.Option("--hostile", help="Under a flood; 1 where a bound is broken.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="With --stock: a trial, whose figures mean nothing.")] = False,
    write: Annotated[bool, typer.Option(help="Write docs/performance.md, or docs/directory_speed.md.")] = False,
) -> None:
    """Measure the whole path: turns per second, waiting times, memory."""
    from commands.bench import bench as ours
    from commands.bench import bench_directory, bench_hostile, bench_stock, bench_waiting

    bodies = (
        (quick and (write or not stock), lambda _: _stop("--quick is a trial of --stock and nothing to write down.")),
        (services, lambda settings: bench_directory.bench(services, write)),
        (waiting, lambda settings: bench_waiting.bench(settings, waiting, write)),
        (hostile, lambda settings: bench_hostile.bench(settings, write) or _end(1)),
        (stock, lambda settings: bench_stock.bench(settings, persons, write, quick)),
        (True, lambda settings: ours.bench(settings, persons, write)),
    )
    _settled(next(body for asked, body in bodies if asked))


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
