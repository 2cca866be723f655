"""A number to call is shown whole, and everything around it stays text."""

from bot.text.number_spans import with_numbers
from tests.every import every


@every(
    ("text", "shown"),
    [
        ("Call 1-888-373-7888.", "Call <bdi>1-888-373-7888</bdi>."),
        ("+33 1 42 46 07 40, or 112", "<bdi>+33 1 42 46 07 40</bdi>, or 112"),
        ("Seen: 2025. Call 911 & <wait>", "Seen: 2025. Call 911 &amp; &lt;wait&gt;"),
        # Without a direction of its own, `<bdi>` runs from left to right where nothing inside it has one (HTML).
        ("رقم +961 1 555 010 هنا", "رقم <bdi>+961 1 555 010</bdi> هنا"),
        ("at 10 <b>", "at 10 &lt;b&gt;"),
        ("", ""),
    ],
)
def test_a_number_to_call_is_kept_together_and_all_else_is_text(text: str, shown: str) -> None:
    assert str(with_numbers(text)) == shown
