"""Phone numbers, e-mail addresses and the like, left out of the few words of a person that are kept beside a sign (P04)."""

import regex

_LEFT_OUT = "…"
_DETAILS = regex.compile(
    r"""
      \S*@\S+                                 # an e-mail address, a user name
    | (?:https?://|www\.|t\.me/|wa\.me/)\S+   # a page that may be theirs
    | \p{L}{0,3}[+(]{0,2}(?:\p{Nd}[\s().\-/]{0,3}){6,}\p{Nd}  # seven digits or more: of a phone, a passport
    """,
    regex.VERBOSE | regex.IGNORECASE,
)


def without_contact_details(text: str) -> str:
    """Return a text without them. A name cannot be told from other words, and stays."""
    return _DETAILS.sub(_LEFT_OUT, text)
