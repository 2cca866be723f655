"""How much each head counts in learning, in torch and numpy alike."""

from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = {"first": 1.0, "crisis": 0.8, "many": 1.3, "marks": 1.0, "about": 0.2, "answer": 0.8}
# Heads of which one name holds, with the share of each target that is spread over all names: examples err too.
ONE_OF: Mapping[str, float] = {"first": 0.1, "crisis": 0.05, "about": 0.05, "answer": 0.05}
ORDINARY = 2.0  # how often an ordinary message counts in the head of crises: hearing one in it is its worst mistake
SEVERAL = ("many", "marks")  # heads of which any number of names holds
SEVERAL_SHARE = 0.25  # weight of the sum over their names
