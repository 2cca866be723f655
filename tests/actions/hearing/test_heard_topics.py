"""What a message means names a topic as its words do: the reviewed answers are found in every language."""

from pathlib import Path

import yaml

from actions.hearing.heard_topics import heard_topics, topics
from commands.examples.example_lines import known_labels
from tests.actions.stage import Stage

ROOT = Path(__file__).parents[3]


def test_every_fine_label_and_every_topic_of_the_table_exists() -> None:
    words = yaml.load((ROOT / "data" / "topic_words" / "en.yml").read_bytes(), Loader=yaml.CSafeLoader)["words"]
    assert set(topics().values()) <= set(words)
    assert {label.replace("find/", "find_shelter/") for label in topics()} <= known_labels()


def test_only_what_is_likely_names_a_topic_and_the_likeliest_first() -> None:
    heard = {"digital/spyware": 0.7, "digital/location": 0.9, "find_legal_aid/men": 0.5, "find_shelter": 0.9}
    assert heard_topics(heard) == ("digital_location", "digital_spy")
    assert heard_topics({"find_legal_aid/men": 0.8, "find_shelter/men": 0.7}) == ("referral_men",)


async def test_a_question_that_no_list_knows_gets_its_answer(talk: Stage) -> None:
    heard = {"many": {"digital/spyware": 0.8, "ask_anonymity": 0.7}}
    assert await talk.hears("ask_anonymity", "ramta jogi", heard=heard, confidence=0.5) == ["utter_how_spyware"]
    assert "phone" in talk.shows()
