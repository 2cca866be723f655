"""Detecting and settling a person's language, from one word to none."""

import io
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.language.language_hints import accepted, client_region, language_of, spoken_in
from bot.language.locale import detect, settle
from bot.language.scripts_of_text import TEXT_READ, chinese_variant, clean
from bot.messaging.message import Hints
from bot.served_languages import SERVED
from commands.training.detect import detect_lines
from tests.every import every


@every(
    ("text", "locale"),
    [
        ("they took my papers and I cannot leave", "en"),
        ("mi jefe me quitó el pasaporte", "es"),
        ("صاحب العمل أخذ جواز سفري", "ar"),
        ("mon patron a pris mon passeport", "fr"),
        ("o patrão ficou com o meu passaporte", "pt"),
        ("mein Chef hat meinen Pass genommen", "de"),
        ("szef zabrał mi paszport", "pl"),
        ("начальник забрал мой паспорт", "ru"),
        ("начальник забрав мій паспорт", "uk"),
        ("کارفرما گذرنامه‌ام را گرفته است", "fa"),
        ("मेरे मालिक ने मेरा पासपोर्ट ले लिया", "hi"),
        ("ช่วยด้วย", "th"),
        ("助けてください", "ja"),
        ("请帮帮我，老板拿走了我的护照", "zh-Hans"),
        ("請幫幫我，老闆拿走了我的護照", "zh-Hant"),
        ("여권을 빼앗겼어요", "ko"),
        ("אני צריכה עזרה", "he"),
    ],
)
def test_a_sentence_is_named_with_its_own_language_served_or_not(text: str, locale: str) -> None:
    assert detect(text).locale == locale


@every(
    ("text", "locale"),
    [
        *[("help", "en"), ("HELP ME", "en"), ("heeeelp", "en"), ("please", "en")],
        *[("ayuda", "es"), ("AYUDA", "es"), ("hola", "es"), ("auxilio", "es")],
        *[("مساعدة", "ar"), ("النجدة", "ar"), ("ســـاعدوني", "ar")],
    ],
)
def test_a_single_cry_for_help_is_answered_in_its_language(text: str, locale: str) -> None:
    assert settle(text).locale == locale


def test_ligatures_that_are_eighteen_letters_each_are_not_all_read() -> None:
    assert len(clean("ﷺ" * 600)) <= TEXT_READ


@every("text", ["sa3dni", "3ayez mosa3da", "ana 5ayfa", "shu baddi a3mel", "ma fi 7ada ysa3dni"])
def test_arabic_in_latin_letters_is_arabic(text: str) -> None:
    assert detect(text).locale == "ar"


@every("text", ["h3lp me please", "I work 12 hours, 7days a week", "see you l8r at room2", "they came 2nite, 3men"])
def test_numbers_in_english_words_do_not_make_it_arabic(text: str) -> None:
    assert detect(text).locale == "en"


def test_spanish_with_an_english_word_stays_spanish() -> None:
    assert detect("mi boss tiene mi passport y no me paga").locale == "es"


def test_arabic_with_an_english_word_stays_arabic() -> None:
    assert detect("أخذ مني passport").locale == "ar"


@every("text", ["", " ", "2", "٢", "12345", "👍", "?!", "ok", "OK", "x", "https://example.org/help"])
def test_what_tells_nothing_leaves_all_served_languages_open(text: str) -> None:
    assert (detect(text).locale, detect(text).candidates) == (None, list(SERVED))
    assert (settle(text).locale, settle(text).asked, settle(text).candidates) == (None, True, ["en", "es"])


@every("settled", SERVED)
@every("text", ["", "2", "٢", "👍", "ok", "x", "no", "passport", "Berlin", "+1 555 0100"])
def test_a_settled_language_is_kept_by_what_tells_little(text: str, settled: str) -> None:
    found = settle(text, settled=settled)
    assert (found.locale, found.asked) == (settled, False)


@every(
    ("settled", "text", "locale"),
    [
        ("en", "no entiendo lo que me dice, hablo español", "es"),
        ("es", "sorry, I do not understand you, I speak English", "en"),
        ("en", "me quitaron mis documentos y tengo miedo", "es"),
        ("es", "لا أفهم ما تقول أنا أتكلم العربية", "ar"),
        ("es", "PLEASE HELP ME I AM LOCKED IN", "en"),
        ("ar", "I do not understand what you are saying", "en"),
    ],
)
def test_a_settled_language_changes_on_a_clear_sentence(settled: str, text: str, locale: str) -> None:
    found = settle(text, settled=settled)
    assert (found.locale, found.asked) == (locale, False)


@every(
    ("settled", "text"),
    [("es", "my boss"), ("en", "hola amigo"), ("es", "pasaporte and visa"), ("en", "number for bamako")],
)
def test_a_settled_language_is_not_left_for_one_or_two_words(settled: str, text: str) -> None:
    assert settle(text, settled=settled).locale == settled


@every("text", ["New York City Hotel", "Hotel Plaza Mayor Madrid", "John Smith, my boss"])
@every("settled", SERVED)
def test_names_of_people_and_places_do_not_change_a_settled_language(text: str, settled: str) -> None:
    assert settle(text, settled=settled).locale == settled


def test_one_word_in_another_alphabet_is_answered_in_both_without_changing() -> None:
    found = settle("مساعدة", settled="es")
    assert (found.locale, found.asked, found.candidates) == ("es", True, ["es", "ar"])


def test_an_unserved_language_never_moves_a_settled_one() -> None:
    assert settle("mein chef hat meinen pass genommen", settled="ar").locale == "ar"


def test_a_language_that_is_not_served_falls_to_the_best_hint_that_is() -> None:
    found = settle("mein chef hat meinen pass genommen", Hints(accept="de-AT,de;q=0.9,ar;q=0.8,en;q=0.5"))
    assert (found.locale, found.asked) == ("ar", False)


def test_a_browser_in_english_does_not_make_english_of_another_language() -> None:
    found = settle("mein chef hat meinen pass genommen", Hints(accept="en,de-DE"))
    assert (found.asked, len(found.candidates), found.candidates[0]) == (True, 2, "en")


@every("text", ["mein chef hat meinen pass genommen", "bosi wangu amechukua pasipoti yangu", "ሓገዝ የድልየኒ"])
def test_a_language_that_is_not_served_and_has_no_hint_is_asked_in_two(text: str) -> None:
    found = settle(text)
    assert (found.locale, found.asked, len(found.candidates)) == (None, True, 2)


def test_hindi_and_urdu_in_latin_letters_are_told_apart_by_the_phone_or_asked_about() -> None:
    text = "malik ne mera passport rakh liya hai wapas nahi deta"
    assert [detect(text, Hints(country=country)).locale for country in ("IN", "PK")] == ["hi", "ur"]
    assert [settle(text, Hints(accept=tag)).locale for tag in ("hi-IN", "ur-PK")] == ["hi", "ur"]
    assert sorted(settle(text).candidates) == ["hi", "ur"]


@every(
    ("text", "locale"),
    [
        ("amar malik amar passport niye rakhse ber hote dey na", "bn"),
        ("saheb kar passportamo gerefte nemizare beram biroon", "fa"),
        ("nachalnik zabral moy pasport i ne platit mne dengi", "ru"),
        ("ang amo ko kinuha ang passport ko di ako makalabas", "tl"),
        ("chu giu ho chieu cua em khong cho em ra ngoai", "vi"),
        ("meu patrao ficou com meu passaporte", "pt"),
        ("mon patron a pris mon passeport", "fr"),
        ("老板拿走了我的护照", "zh-Hans"),
        ("นายจ้างยึดพาสปอร์ตของฉัน", "th"),
        ("شیف پاسپورتم را گرفته و پس نمی‌دهد", "fa"),
        ("میرے مالک نے میرا پاسپورٹ رکھ لیا ہے", "ur"),
    ],
)
def test_people_are_understood_also_without_their_own_letters(text: str, locale: str) -> None:
    assert detect(text).locale == locale


def test_an_unsure_word_is_asked_in_the_two_likeliest_languages() -> None:
    found = settle("no")
    assert (found.locale, found.asked, len(found.candidates)) == (None, True, 2)


@every(
    ("hints", "locale"),
    [
        (Hints(telegram="es-MX"), "es"),
        (Hints(accept="ar-EG,en;q=0.5"), "ar"),
        (Hints(country="MX"), "es"),
        (Hints(country="SA"), "ar"),
    ],
)
def test_a_hint_alone_settles_a_message_without_words(hints: Hints, locale: str) -> None:
    assert settle("1", hints).locale == locale


@pytest.mark.parametrize("hints", [Hints(telegram="en"), Hints(country="US")])
def test_a_phone_set_to_english_is_no_proof_of_english(hints: Hints) -> None:
    assert settle("1", hints).asked


def test_a_hint_never_outvotes_a_sentence() -> None:
    hints = Hints(telegram="es", country="MX", accept="es")
    assert detect("they took my papers and I cannot leave", hints).locale == "en"


def test_a_hint_decides_a_word_that_two_languages_share() -> None:
    assert detect("socorro", Hints(country="MX")).locale == "es"
    assert detect("socorro", Hints(country="BR")).locale == "pt"


def test_chinese_of_no_variant_follows_the_phone() -> None:
    assert chinese_variant("救命") is None
    assert detect("救命", Hints(country="TW")).locale == "zh-Hant"
    assert detect("救命", Hints(telegram="ja")).locale == "ja"


@every(
    "hints",
    [
        Hints(telegram="\x00", country="\ud800", accept="\x00,;q=,"),
        Hints(telegram="", country="", accept=""),
        Hints(telegram="x" * 9999, country="../..", accept=",;" * 9999),
        Hints(country="zz", accept="*;q=nan,en;q=9e9"),
    ],
)
def test_broken_hints_are_no_hints(hints: Hints) -> None:
    assert detect("ayuda por favor", hints).locale == "es"


@every(
    "text",
    [
        *["\x00", "a\x00b", "\ud800", "hola \udfff amigo", "a" * 4000, "ñ" * 4000, "ayuda " * 4000, "9" * 4000],
        *["́" * 300, "\u202e\u200b\ufeff", "\ufdd0\U0010ffff", "<b>&amp;</b>", "\t\r\n", "ﷺ" * 1000, "3" + "a" * 4000],
    ],
)
def test_garbage_is_survived(text: str) -> None:
    found = detect(text)
    assert 0.0 <= found.confidence <= 1.0
    assert settle(text).candidates


def test_a_nul_or_half_an_emoji_inside_does_not_hide_the_language() -> None:
    assert detect("necesito\x00 ayuda \ud83d por favor").locale == "es"


def test_the_same_text_gives_the_same_answer_in_every_thread() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len({repr(found) for found in pool.map(detect, ["tengo miedo"] * 64)}) == 1


@pytest.mark.process
def test_threads_that_ask_first_at_the_same_moment_all_get_an_answer() -> None:
    program = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from bot.language.locale import detect\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    print({found.locale for found in pool.map(detect, ['tengo mucho miedo'] * 8)})\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "{'es'}"


@pytest.mark.process
def test_no_detector_is_loaded_at_import() -> None:
    program = "import bot.language.locale, bot.language.detectors as found; print(found._loaded)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "{}"


def test_an_accept_language_header_is_read_in_its_own_order() -> None:
    assert accepted("en;q=0.4, es-419, *;q=0.1, fil;q=0.9, nb;q=0") == ["es", "tl", "en"]


@every(
    ("tag", "language"),
    [
        ("es-MX", "es"),
        ("zh-TW", "zh-Hant"),
        ("zh_Hant_HK", "zh-Hant"),
        ("zh-SG", "zh-Hans"),
        ("fil", "tl"),
        ("!", None),
    ],
)
def test_a_tag_is_reduced_to_the_language_that_is_written(tag: str, language: str | None) -> None:
    assert language_of(tag) == language


def test_english_is_not_what_a_country_speaks_only_because_it_is_official() -> None:
    assert spoken_in("IN")["hi"] > spoken_in("IN")["en"]
    assert "en" not in spoken_in("MX")


def _answers(lines: str) -> list[dict[str, object]]:
    out = io.StringIO()
    detect_lines(io.StringIO(lines, newline="\n"), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_every_line_gets_one_json_line_the_empty_ones_too() -> None:
    answers = _answers("ayuda\n\nhelp\r\n\u2028\x0c\x85\nمساعدة")
    assert [answer["locale"] for answer in answers] == ["es", None, "en", None, "ar"]
    assert list(answers[0]) == ["locale", "confidence", "candidates"]


def test_hints_stand_behind_the_tab() -> None:
    answers = _answers('1\t{"telegram": "es", "country": "MX", "accept": "fr"}\n1\t{}\n1\t{"telegram": 5}\n')
    assert [answer["locale"] for answer in answers] == ["es", None, None]


@every("behind", ['{"telegram": "ar"', "[1]", "necesito comida", "[" * 100_000, '"ar"', "null"])
def test_what_is_no_json_object_behind_the_tab_is_text(behind: str) -> None:
    assert [answer["locale"] for answer in _answers(f"tengo mucho miedo\t{behind}\n")] == ["es"]


def test_each_answer_is_flushed_before_the_next_line_is_read() -> None:
    flushed: list[int] = []

    class Out(io.StringIO):
        def flush(self) -> None:
            flushed.append(self.getvalue().count("\n"))

    detect_lines(io.StringIO("help\nayuda\n"), Out())
    assert flushed == [1, 2]


def test_broken_utf_8_and_a_carriage_return_inside_do_not_change_the_count_of_lines() -> None:
    raw = io.TextIOWrapper(io.BytesIO(b"h\xe9lp \xff\nayuda\rpor favor\nhelp"), encoding="utf-8")
    out = io.StringIO()
    detect_lines(raw, out)
    assert [json.loads(line)["locale"] for line in out.getvalue().splitlines()][1:] == ["es", "en"]


@every(
    ("text", "hints", "languages"),
    [
        ("hello", Hints(accept="tl"), ["tl", "en"]),
        ("Hi!", Hints(telegram="ar"), ["ar", "en"]),
        ("hello po", Hints(accept="fil-PH"), ["tl"]),
    ],
)
def test_hello_is_no_sign_of_english_where_the_app_speaks_another_language(
    text: str, hints: Hints, languages: list[str]
) -> None:
    assert settle(text, hints).candidates == languages


@every("hints", [Hints(), Hints(accept="en-GB"), Hints(country="AE")])
def test_hello_is_english_elsewhere(hints: Hints) -> None:
    assert settle("hello", hints).locale == "en"


def test_two_words_are_enough_to_come_back_to_the_language_of_the_app() -> None:
    assert settle("opo, ligtas", Hints(accept="tl"), "en").locale == "tl"
    assert settle("opo, ligtas", Hints(accept="en"), "en").locale == "en"


def test_the_language_of_the_phones_country_is_spoken_alone_where_it_is_likeliest() -> None:
    assert settle("yaar mera ek sawal tha", Hints(country="IN")).locale == "hi"


@every(
    ("text", "country", "candidates"),
    [("e verda eto o no", "DO", ["es", "pt"]), ("добра людина у вас", "RU", ["uk", "ru"])],
)
def test_where_it_is_not_both_are_spoken(text: str, country: str, candidates: list[str]) -> None:
    found = settle(text, Hints(country=country))
    assert (found.locale, sorted(found.candidates)) == (None, sorted(candidates))


def test_two_languages_are_those_that_the_browser_names() -> None:
    assert settle("hey kifak ca va", Hints(accept="en-US,en;q=0.9,fr;q=0.7")).candidates == ["en", "fr"]


@every(
    ("hints", "country"),
    [
        (Hints(accept="pt-PT,pt;q=0.9"), "PT"),
        (Hints(telegram="en-GB"), "GB"),
        (Hints(accept="zh-Hans-CN"), "CN"),
        (Hints(telegram="uk"), None),
        (Hints(), None),
    ],
)
def test_the_first_language_of_an_app_may_name_a_country(hints: Hints, country: str | None) -> None:
    assert client_region(hints) == country
