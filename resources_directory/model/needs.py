"""What fits a person's need: kinds of help by weight, age ranges, and whom a service is for.

The bot and the desk share these rules, so an operator's search sends nobody where the bot would not.
"""

from collections.abc import Collection, Mapping, Sequence

from resources_directory.model.hsds import Gender, Kind

NEEDS: Mapping[str, tuple[Kind, ...]] = {
    "find_shelter": ("shelter", "trafficking", "domestic_violence", "case_management"),
    "find_legal_aid": ("legal_aid", "migrant", "labour", "trafficking"),
    "find_medical_care": ("medical", "drop_in"),
    "find_counselling": ("counselling", "crisis", "trafficking"),
    "find_basic_needs": ("drop_in", "case_management", "migrant", "referral", "trafficking"),
    "labour": ("labour", "legal_aid", "migrant"),  # wages, contracts, unions, labour inspection
    "consulate": ("consulate", "migrant"),
    "seafarers": ("seafarers", "labour"),
    "interpreter": ("interpreter", "migrant"),
    "documents": ("documents", "consulate", "legal_aid", "migrant"),  # a passport that was taken, lost or ran out
    "return_home": ("return", "consulate", "migrant"),
    "missing": ("missing",),  # a child line is added where a child is meant
}
# What no line for violence at home, for children or for a crisis answers: a worker who was not paid does not call one.
WORK: frozenset[Kind] = frozenset(
    {"labour", "legal_aid", "migrant", "consulate", "seafarers", "interpreter", "documents", "return"}
)
# What may be a danger by itself: the number for emergencies is said first for it.
URGENT: frozenset[Kind] = frozenset({"medical", "crisis", "domestic_violence", "child"})
YOUNG, GROWN = (0, 17), (18, 120)  # years, minimum and maximum
AFRAID_OF_POLICE = ("threat_authorities", "vuln_status")  # indicators


def kinds(need: str, young: bool) -> tuple[Kind, ...]:
    """Return the kinds that answer a need, most important first; raise KeyError for an unknown need."""
    first, *others = NEEDS[need]
    return (first, "youth", *others, "child") if young else (first, *others)


def is_urgent(kinds: Sequence[str]) -> bool:
    """Whether what is most wanted may be a danger by itself."""
    return not URGENT.isdisjoint(kinds[:1])


def gender(holds: Collection[str]) -> Gender | None:
    """Return the gender that somebody has stated about themselves, or None."""
    return "male" if "men" in holds else "female" if "women" in holds else None
