"""The name of a line beside its number: a number that is part of the name is not said twice."""

import re

_BETWEEN = re.compile(r"[\s()-]*")


def without_number(name: str, number: str) -> str:
    """Return "Missing children" for "Missing children 116 000"; unchanged where the number is not apart, or is all of it.

    "1919 (violence at home)" is "Violence at home".
    """
    digits = re.findall(r"[\d*#+]", number)
    if not digits:
        return name
    written = _BETWEEN.pattern.join(re.escape(digit) for digit in digits)
    rest = re.sub(rf"(?:^|(?<=\s)){written}(?=$|\s(?!\d))", "", name, count=1)
    rest = re.sub(r"\s{2,}", " ", rest).strip()
    if rest == name or not any(sign.isalpha() for sign in rest):
        return name
    if re.fullmatch(r"\([^()]*\)", rest):
        rest = rest[1:-1]
    return rest[:1].upper() + rest[1:]
