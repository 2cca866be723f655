"""The end of a conversation, wanted and not yet carried out: for some seconds it can be undone.

It is part of the handoff, so it outlives the operator's browser and is erased with the conversation.
"""

from dataclasses import dataclass

UNDO = 10  # seconds between the click and the end
BLOCKED = 7 * 86_400  # seconds for which an address is blocked by an end that blocks
MOST_TAGS = 3
# How a conversation ended, as its operator sees it. The labels are in desk/templates/outcomes.html.
OUTCOMES = ("connected", "informed", "emergency", "left", "abuse", "other")
# What it was about.
TAGS = (
    "wages", "papers_taken", "locked_in", "violence", "threats", "debt", "housing", "health", "permits", "children",
    "way_home", "somebody_else",
)  # fmt: skip
NOT_STATED = "not_stated"


class BadOutcome(ValueError):
    """An outcome or a tag that is on no list, or too many tags."""


@dataclass(frozen=True)
class PendingEnd:
    """An end, and what is counted with it."""

    due: int  # milliseconds since 1970
    by: str  # the account that ends it
    blocks: bool = False  # and blocks the address
    outcome: str = NOT_STATED
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.outcome not in (*OUTCOMES, NOT_STATED) or not set(self.tags) <= set(TAGS) or len(self.tags) > MOST_TAGS:
            raise BadOutcome

    @classmethod
    def read(cls, stored: str) -> "PendingEnd | None":
        """Parse what the store has; None for nothing, and for what another version has noted otherwise."""
        try:
            due, by, how, outcome, tags = stored.split(" ")
            return cls(int(due), by, how == "block", outcome, tuple(tags.split(",")) if tags != "-" else ())
        except ValueError:
            return None

    def stored(self) -> str:
        """Return what the store keeps: ids, numbers and words of fixed lists."""
        how = "block" if self.blocks else "end"
        return f"{self.due} {self.by} {how} {self.outcome} {','.join(self.tags) or '-'}"

    def counts(self) -> list[str]:
        """Return what a month's handoff counts add for it."""
        return [f"ended {self.outcome}", *(f"tagged {tag}" for tag in self.tags)]
