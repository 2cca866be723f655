"""The phrases that people reviewed find a crisis, and keep still where somebody tells of the past."""

from pathlib import Path

import pytest
import yaml

from bot.understanding.crisis import LABELS, CrisisNet, Lexicon, most_urgent
from tests.every import every

FOLDER = Path(__file__).parents[3] / "data" / "crisis"
FILES = sorted(FOLDER.glob("*.yml"))
NET = CrisisNet([
    Lexicon.of({
        "labels": {
            "immediate_danger": {"phrases": ["he has a knife", "They're at the door"]},
            "self_harm": {"phrases": ["I want to die", "quiero morir"], "unless": ["of shame"]},
            "cannot_talk_safely": {"phrases": ["he has a knife and my phone"]},
        },
        "unless": ["last year"],
    }),
    Lexicon.of({"labels": {"self_harm": {"phrases": ["أريد أن أموت"], "unless": ["من الضحك"]}}}),
])  # fmt: skip


@every(
    ("text", "label"),
    [
        ("please HE HAS A KNIFE!!", "immediate_danger"),
        ("he has a\u200b kni\u00adfe", "immediate_danger"),
        ("theyre at the door", "immediate_danger"),
        ("I want to die. He has a knife", "immediate_danger"),
        ("QUIERO   MÓRIR", "self_harm"),
        ("اريد ان اموت", "self_harm"),
        ("he has a knives collection", None),
        ("i want to diet", None),
        ("last year he had me, he has a knife", None),
        ("i want to die of shame", None),
        ("i want to die of shame and he has a knife", "immediate_danger"),
        ("تعبت واريد ان اموت", "self_harm"),
        ("واريد ان اموت من الضحك", None),
        ("وحد", None),
        ("", None),
    ],
)
def test_a_phrase_is_found_as_whole_words_however_it_is_typed(text: str, label: str | None) -> None:
    assert NET.find(text) == label


def test_what_cancels_in_one_language_does_not_cancel_in_another() -> None:
    assert NET.find("last year ... اريد ان اموت") == "self_harm"


@every(
    ("text", "label"),
    [
        ("i used to cut but now he is hitting me", "immediate_danger"),
        ("he used to beat me. now he checks my phone", "cannot_talk_safely"),
        ("this job kills me and i want to die", "self_harm"),
        ("كان يفتش جوالي وعم يضربني", "immediate_danger"),
        ("me muero de pena, quiero morir de pena, tiene un cuchillo", "immediate_danger"),
        ("no quiero morir de hambre", None),
        ("i want to die of laughing", None),
    ],
)
def test_what_cancels_one_label_leaves_the_others(text: str, label: str | None) -> None:
    assert CrisisNet.load(FOLDER).find(text) == label


@every(
    "text",
    ["espera ahi vienen", "ya están de vuelta, corto", "no puedo, me oyen hablar", "اسكت جاي الحين", "وجاي هلق", "لا هيسمعوني",
     "wait theyre back now", "no call, he will hear me"],
)  # fmt: skip
def test_somebody_who_comes_or_hears_ends_the_talk(text: str) -> None:
    assert CrisisNet.load(FOLDER).find(text) == "cannot_talk_safely"


def test_the_most_urgent_label_is_answered() -> None:
    assert most_urgent(["cannot_talk_safely", "self_harm", "greet"]) == "self_harm"
    assert most_urgent(["greet"]) is None


def test_a_label_that_is_no_crisis_is_refused() -> None:
    with pytest.raises(ValueError, match="greet"):
        Lexicon.of({"labels": {"greet": {"phrases": ["hello"]}}})


@every("file", FILES)
def test_every_language_has_phrases_for_every_crisis(file: Path) -> None:
    plain = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    assert plain["locale"] == file.stem
    assert [label for label in LABELS if len(plain["labels"][label]["phrases"]) < 20] == []


@pytest.mark.long
@every("file", FILES)
def test_no_phrase_is_cancelled_by_its_own_file(file: Path) -> None:
    lexicon = Lexicon.of(yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader))
    net = CrisisNet([lexicon])
    phrases = [phrase for listed in lexicon.labels.values() for phrase in listed]
    assert [phrase for phrase in phrases if not net.find(phrase)] == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("меня насилуют", "immediate_danger"),
        ("повешусь!!", "self_harm"),
        ("Di makahinga", "medical_emergency"),
        ("মালিক আসছে", "cannot_talk_safely"),
        ("我被绑架了", "immediate_danger"),
        ("từ từ", None),  # "slowly" in Vietnamese, and not "tự tử"
        ("he came", None),
        ("جنبي", None),
        ("меня насилуют в кино", None),
        ("help", None),
        ("", None),
    ],
)
def test_a_short_cry_decides_as_the_whole_message_only(text: str, label: str | None) -> None:
    assert CrisisNet.load(FOLDER).cry(text) == label


@every("text", ["I cut myself", "no puedo hablar", "задыхаюсь", "มันมาแล้ว", "救命", "tatalon ako"])
def test_what_an_accident_a_habit_or_an_answer_may_say_decides_nothing_by_itself(text: str) -> None:
    net = CrisisNet.load(FOLDER)
    assert net.cry(text) is None
    assert net.find(text) is not None
