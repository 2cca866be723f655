"""English of what a person wrote, by the organisation's translator.

It is for operators' eyes only, always labeled, beside the original, and kept nowhere.
"""

from collections.abc import Sequence

from bot.messaging.transcript import Line
from desk.translation.translator import AUTO, translated

_MOST = 30  # lines in one request: the last ones


async def english(url: str, lines: Sequence[Line]) -> dict[str, str]:
    """Return the English of the person's last lines, by line id; raises NotTranslated."""
    asked = [line for line in lines if line.who == "you" and line.text][-_MOST:]
    if not asked:
        return {}
    # People mix languages, so the translator detects which language a line is in.
    texts = await translated(url, [line.text for line in asked], AUTO, "en")
    return {line.id: text for line, text in zip(asked, texts, strict=True) if text.strip() != line.text.strip()}
