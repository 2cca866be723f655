"""What a text message costs, and how a long one is cut."""

from hypothesis import given
from hypothesis import strategies as st

from bot.text.text_messages import fits, letters, messages, parts, sparing, within
from tests.every import every


@every(
    ("text", "count"),
    [
        ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("€" * 80, 1), ("€" * 81, 2),
        ("é" * 160, 1), ("ê" * 70, 1), ("ê" * 71, 2), ("م" * 201, 3), ("م" * 202, 4), ("😀" * 35, 1), ("😀" * 36, 2), ("", 1),
    ],
)  # fmt: skip
def test_parts_are_counted_as_carriers_do(text: str, count: int) -> None:
    assert parts(text) == count


@every(
    ("text", "spare"),
    [
        ("“hola” – ¿está bien? " * 8, '"hola" - ¿esta bien? ' * 8),
        ("Vous êtes en sécurité, ça va aller, nous répondons ici à toute heure. " * 2,
         "Vous etes en sécurité, ca va aller, nous répondons ici à toute heure. " * 2),
        ("ê", "ê"),  # saves nothing
        ("Bạn có an toàn không? Chúng tôi trả lời ở đây. " * 3, "Bạn có an toàn không? Chúng tôi trả lời ở đây. " * 3),
        ("Вы в безопасности? " * 6, "Вы в безопасности? " * 6),
    ],
)  # fmt: skip
def test_letters_are_spared_only_where_that_saves_a_part_and_reads_the_same(text: str, spare: str) -> None:
    assert sparing(text) == spare


def test_a_long_text_is_cut_at_sentence_ends_and_never_inside_a_number() -> None:
    line = "Línea Nacional contra la Trata: 800 5533 000. Abierto día y noche. "
    cut = messages(line * 8)
    assert len(cut) > 1
    assert all(fits(part) for part in cut)
    assert all(part.endswith(("000.", "noche.")) for part in cut)
    assert " ".join(cut) == (line * 8).strip()


def test_a_sentence_without_end_is_cut_between_words_and_a_number_stays_whole() -> None:
    cut = messages("palabra " * 37 + "llame al 800 5533 000 ahora " + "otra " * 40)
    assert sum("800 5533 000" in part for part in cut) == 1


def test_text_without_spaces_is_cut_too() -> None:
    cut = messages("เราช่วยคุณได้" * 60)
    assert all(fits(part) for part in cut)
    assert "".join(cut) == "เราช่วยคุณได้" * 60


@every("before", range(0, 60, 7))
@every("number", ["4008868000", "“1 888 373 7888”", "tel:1 888 373 7888", "（800 5533 000）"])
def test_a_number_stays_whole_in_a_text_without_spaces(before: int, number: str) -> None:
    digits = number.strip("“”（）").removeprefix("tel:")
    cut = messages("全国热线" * 20 + "线" * before + number + "每天都有人" * 30)
    assert sum(digits in part for part in cut) == 1


def test_chinese_is_cut_at_its_full_stops() -> None:
    assert all(part.endswith("。") for part in messages("请拨打报警电话。" * 40))


@given(st.text(max_size=900))
def test_nothing_is_lost_by_cutting(text: str) -> None:
    for cut in (messages(text), within(text, 50)):
        assert "".join("".join(cut).split()) == "".join(text.split())
    assert parts(sparing(text)) <= parts(text)
    assert letters(text)[0] >= 0
