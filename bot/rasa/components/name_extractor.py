"""What a text names, by reviewed lists: places, languages, signs, topics, an age, sums of money, spans of time."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.language.language_names import languages
from bot.rasa.components.component import FixedComponent
from bot.understanding import amounts, lexicon_matcher
from bot.understanding.cities import places
from bot.understanding.countries import countries


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class NameExtractor(FixedComponent, EntityExtractorMixin):
    """An extractor that looks names up; nothing is learned."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what each message names."""
        for message in messages:
            names = named(message.get(TEXT) or "")
            message.set(ENTITIES, [*(message.get(ENTITIES) or []), *names], add_to_output=True)
        return messages


def named(text: str) -> list[dict[str, str]]:
    """Return all entities of a text, each {entity, value}; a sign also says when, and in which words."""
    found = [{"entity": "country", "value": code} for code in countries(text)]
    found += [{"entity": "place", "value": place.country, "words": place.words} for place in places(text)]
    found += [{"entity": "money", "value": sum_.value, "words": sum_.words} for sum_ in amounts.money(text)]
    found += [{"entity": "span", "value": str(span.days), "words": span.words} for span in amounts.spans(text)]
    found += [{"entity": "language", "value": tag} for tag in languages(text)]
    found += [{"entity": "topic", "value": topic} for topic in lexicon_matcher.topics(text)]
    found += [
        {"entity": "indicator", "value": heard.indicator, "when": heard.when, "words": heard.words}
        for heard in lexicon_matcher.indicators(text)
    ]
    age = lexicon_matcher.age(text)
    return found if age is None else [*found, {"entity": "age", "value": str(age)}]
