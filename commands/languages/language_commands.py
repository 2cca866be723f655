"""The `quietline languages` commands; their bodies stand beside this module."""

from pathlib import Path
from typing import Annotated

import typer

from bot.served_languages import SERVED
from commands.exit_codes import stop

languages = typer.Typer(
    invoke_without_command=True, help="Show each language: phrases, who has read them, examples, faults."
)


@languages.callback()
def shown(context: typer.Context) -> None:
    """Show each language: phrases, who has read them, examples, faults."""
    from commands.languages.language_table import languages as body

    if context.invoked_subcommand is None:
        body()


@languages.command("check")
def languages_check() -> None:
    """List what is wrong with the phrases, and end with 1 if anything is."""
    from commands.languages.language_table import check

    check()


@languages.command("desk")
def languages_desk() -> None:
    """Collect the sentences of the desk's own pages into desk/locales, for whoever translates them."""
    from commands.languages.desk_catalogue_files import write_all

    for language, (entries, untranslated) in write_all().items():
        typer.echo(f"{language}: {entries} sentences, {untranslated} without a translation")


@languages.command("review")
def languages_review(
    locale: Annotated[str, typer.Argument(help="The language: es, zh-Hans, …")],
    out: Annotated[Path, typer.Option(dir_okay=False, help="The page that is written.")],
) -> None:
    """Write a page on which a native speaker reads every phrase beside its English, and marks it."""
    from commands.languages.review_page import written

    _served(locale)
    out.write_text(written(locale), "utf-8")
    typer.echo(f"Send {out} to whoever reads {locale}. What they save comes back with: quietline languages marks FILE")


@languages.command("marks")
def languages_marks(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What a reader saved.")],
    take: Annotated[bool, typer.Option(help="Also put the better texts into the phrasebook, as drafts.")] = False,
) -> None:
    """Show what a reader marked: how many phrases are good as they are, and each fault, the gravest first."""
    from commands.languages.review_marks import BadMarks, read, taken
    from commands.languages.review_marks import shown as marks_shown

    try:
        marks = read(file.read_text("utf-8"))
        _served(marks.locale)
        typer.echo(marks_shown(marks))
        if take:
            typer.echo(taken(marks))
    except (BadMarks, UnicodeDecodeError) as fault:
        stop(f"{file}: {fault}")


def _served(locale: str) -> None:
    # All commands import this module; phrases bring Redis and cryptography along, which takes a tenth of a second.
    from bot.phrases.phrases import SHARED

    books = [*(each for each in SERVED if each != "en"), *SHARED.values()]
    if locale not in books:
        stop(f"{locale!r} is none of {', '.join(books)}.")
