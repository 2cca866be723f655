"""An age is heard where a person tells their own, and nowhere else."""

from bot.understanding.age.ages import AgeWords
from tests.every import every

WORDS = AgeWords.of(
    {
        "before": ["i am", "im", "i turned"], "after": ["years old", "yo"], "units": ["hours", "km", "of us"],
        "numbers": {15: ["fifteen"]},
    }
)  # fmt: skip


@every(
    ("said", "age"),
    [
        ("im 15", 15),
        ("hi i am fifteen years old", 15),
        ("i am 16 and my boss hits me", 16),
        ("i am 18", 18),
        ("they told me to say i am 18 but im 15", 15),
        ("i am 15 km away", None),
        ("im 12 hours a day there", None),
        ("he is 15", None),
        ("15 people live here", None),
        ("i am 45 years old", None),
        ("i am here", None),
    ],
)
def test_ages(said: str, age: int | None) -> None:
    assert WORDS.own(said.split()) == age
