"""Names of places are compared in one spelling, and slips are counted."""

import gzip
from itertools import islice

from bot.text import cleaning
from resources_directory.places.gazetteer_tables import ATLAS
from resources_directory.places.spelling import folded
from tests.every import every


@every(
    "name",
    ["Köln", "São Paulo", "الرّياض", "لاہور", "Ёлка", "İstanbul", "Đà Nẵng", "서울", "हैदराबाद", "กรุงเทพ", "L’Aquila"],
)
def test_names_are_folded_as_the_conversation_folds_them(name: str) -> None:
    assert folded(name) == " ".join(cleaning.words(cleaning.clean(name)))


def test_the_atlas_holds_names_as_they_are_compared() -> None:
    with gzip.open(ATLAS / "cities.tsv.gz", "rt", encoding="utf-8") as lines:
        names = [name for line in islice(lines, 0, None, 50) for name in line.rstrip("\n").split("\t")[-1].split("|")]
    assert [name for name in names if folded(name) != name] == []


def test_the_common_words_are_folded_in_their_file() -> None:
    words = (ATLAS / "common_words.txt").read_text("utf-8").splitlines()

    assert [word for word in words if folded(word) != word] == []
