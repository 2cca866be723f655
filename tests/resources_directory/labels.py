"""How the places that people name are shown to them: for tests of the gazetteer."""

from resources_directory.places.gazetteer import Gazetteer


def labels(gazetteer: Gazetteer, text: str, country: str | None = None) -> list[str]:
    return [gazetteer.label(place, "en") for place in gazetteer.find(text, country)]
