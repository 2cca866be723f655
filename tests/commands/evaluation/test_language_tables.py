"""The evaluation of language detection, on a handful of texts."""

from pathlib import Path

from commands.evaluation.language_tables import detection


def test_it_tells_how_often_the_language_was_found(tmp_path: Path) -> None:
    texts = tmp_path / "texts.tsv"
    texts.write_text("es\tmi jefe me quitó el pasaporte\nfr\tmon patron a pris mon passeport\nen\thelp\n", "utf-8")
    header, _, *rows = detection(texts)
    assert header.startswith("| hints | all |")
    assert [row.split(" | ")[1] for row in rows] == ["100.0", "100.0", "100.0"]
