"""What fits a need of a person: kinds of help in the order of their weight, ages, and for whom a service is.

The bot and the desk look with the same eyes: who is looked after by an operator is not sent where the bot would not send them.
"""

from collections.abc import Collection, Mapping

from resources_directory.model.hsds import Gender, Kind

NEEDS: Mapping[str, tuple[Kind, ...]] = {
    "find_shelter": ("shelter", "trafficking", "domestic_violence", "case_management"),
    "find_legal_aid": ("legal_aid", "migrant", "labour", "trafficking"),
    "find_medical_care": ("medical", "drop_in", "trafficking"),
    "find_counselling": ("counselling", "crisis", "domestic_violence", "trafficking"),
    "find_basic_needs": ("drop_in", "case_management", "migrant", "referral", "trafficking"),
}
YOUNG, GROWN = (0, 17), (18, 120)  # years, the least and the most
AFRAID_OF_POLICE = ("threat_authorities", "vuln_status")  # signs


def kinds(need: str, young: bool) -> tuple[Kind, ...]:
    """Give the kinds that answer a need; raises KeyError."""
    first, *others = NEEDS[need]
    return (first, "youth", *others, "child") if young else (first, *others)


def gender(holds: Collection[str]) -> Gender | None:
    """Read what somebody said of themselves."""
    return "male" if "men" in holds else "female" if "women" in holds else None
