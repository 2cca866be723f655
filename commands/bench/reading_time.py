"""The time of one reading on one core: `python -m commands.bench.reading_time` prints milliseconds of processor time by tokens.

With commands/bench/avx2_only.c loaded ahead of it, as on a processor without AVX-512, VNNI and AMX.
"""

import statistics
import time
from pathlib import Path

from bot.encoder.build import built
from bot.encoder.reader import Reader
from bot.encoder.tokens import Tokens

_VAR = Path(__file__).parents[2] / "var"
_MESSAGE = "they keep my passport and i can not leave the house at night, my boss"
_TIMES = ((1, 200), (14, 30))  # the message so often in a row, and how often that is read


def main() -> None:
    """Print one line for a message, and one for a letter."""
    folder = built(_VAR)
    reader, tokens = Reader(folder), Tokens(folder)
    for repeated, readings in _TIMES:
        text = " ".join([_MESSAGE] * repeated)
        reader.read([text])
        spent = [_spent(reader, text) for _ in range(readings)]
        print(f"{len(tokens.ids(text))} tokens: {statistics.median(spent):.1f} ms, at best {min(spent):.1f} ms")


def _spent(reader: Reader, text: str) -> float:
    begun = time.process_time()
    reader.read([text])
    return (time.process_time() - begun) * 1_000


if __name__ == "__main__":
    main()
