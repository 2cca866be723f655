"""Sums and times are read with the digits and words of every language, and other numbers are neither."""

from bot.understanding.amounts import money, spans
from tests.every import every


@every(
    ("text", "value", "words"),
    [
        ("i get 400 dollars", "400 dollar", "400 dollars"),
        ("$1,500 for the visa", "1500 dollar", "$1,500"),
        ("debo 5 mil dólares", "5000 dollar", "5 mil dólares"),
        ("1.500 € par mois", "1500 EUR", "1.500 €"),
        ("devo dois mil reais", "2000 BRL", "dois mil reais"),
        ("трое суток за 500 тысяч рублей", "500000 RUB", "500 тысяч рублей"),
        ("винна 300 євро", "300 EUR", "300 євро"),
        ("datorez 2 mii de lei", None, ""),
        ("عشرة الاف دولار", "10000 dollar", "عشرة الاف دولار"),
        ("یک میلیون تومان", "1000000 IRT", "یک میلیون تومان"),
        ("5 लाख रुपये", "500000 rupee", "5 लाख रुपये"),
        ("دو لاکھ روپے", "200000 rupee", "دو لاکھ روپے"),
        ("৫০ হাজার টাকা", "50000 BDT", "৫০ হাজার টাকা"),
        ("欠了三万块", "30000 CNY", "三万块"),
        ("ได้ 5000 บาท", "5000 THB", "5000 บาท"),
        ("utang ko 20 libong piso", "20000 PHP", "20 libong piso"),
        ("nợ 50 triệu đồng", "50000000 VND", "50 triệu đồng"),
        ("rs 2000", "2000 rupee", "rs 2000"),
    ],
)
def test_a_sum_is_read_in_each_language(text: str, value: str | None, words: str) -> None:
    assert [(one.value, one.words) for one in money(text)] == ([(value, words)] if value else [])


@every(
    ("text", "days", "words"),
    [
        ("no pay for 3 months", 90, "3 months"),
        ("llevo 2 años aquí", 730, "2 años"),
        ("depuis 3mois", 90, "3mois"),
        ("há seis meses", 180, "seis meses"),
        ("de două săptămâni", 14, "două săptămâni"),
        ("منذ ٣ أشهر", 90, "٣ أشهر"),
        ("شهرين بدون راتب", 60, "شهرين"),
        ("دو سال است", 730, "دو سال"),
        ("पांच महीने से", 150, "पांच महीने"),
        ("تین مہینے سے", 90, "تین مہینے"),
        ("৩ মাস ধরে", 90, "৩ মাস"),
        ("не платят полгода", 180, "полгода"),
        ("вже шість місяців", 180, "шість місяців"),
        ("三个月没发工资", 90, "三个月"),
        ("ทำงานสามเดือนแล้ว", 90, "สามเดือน"),
        ("tatlong buwan na", 90, "tatlong buwan"),
        ("ba tháng rồi", 90, "ba tháng"),
    ],
)
def test_a_span_is_read_in_each_language_as_days(text: str, days: int, words: str) -> None:
    (found,) = spans(text)
    assert found.days == days
    assert words in found.words


@every(
    "text",
    ["im 15 years old", "j'ai 16 ans", "8 hours a day", "call 5551234567", "room 12", "one of them", "hello", ""],
)
def test_ages_and_other_numbers_are_no_amounts(text: str) -> None:
    assert (money(text), spans(text)) == ([], [])
