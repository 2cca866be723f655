"""Questions in general: what trafficking is, its kinds, figures, myths, signs, and how to help.

Each asked again leads one layer further. Figures are named with their year and source (ILO, Walk Free and IOM for 2021;
UNODC for cases that were found), and never those of 2016, which were made in another way.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from actions.policy import layers, next_steps
from actions.policy.layers import Layers
from actions.policy.scene import Scene, choice

_WHAT, _SIGNS, _HELP = "ask_what_is_trafficking", "ask_signs", "ask_how_to_help"
_DEFINITION = f"utter_{_WHAT}"
_KINDS_SHOWN = "kinds"  # told
_KINDS = choice("choice_kinds", "step to=kinds")
_FIGURES = choice("choice_figures", "step to=figures")
_MYTHS = choice("choice_myths", "step to=myths")
_MORE_KINDS = "choice_kinds_more"

# Three menus: a longer one would not fit a text message, nor a small screen.
_MENU = ("labour", "sexual", "domestic", "debt", "crime")
_MENU_MORE = ("begging", "marriage", "child", "images", "organ")
_MENU_REST = ("scam", "soldier", "adoption", "state")
FORMS = (*_MENU, *_MENU_MORE, *_MENU_REST)
MYTHS = (
    *("utter_myth_kidnapping", "utter_myth_trip", "utter_myth_women", "utter_myth_leave", "utter_myth_agreed"),
    *("utter_myth_paid", "utter_myth_papers", "utter_myth_far", "utter_myth_seen", "utter_myth_sex_work"),
)
_FACTS: dict[str, Layers] = {
    "figures": Layers(
        ("utter_figures", "utter_figures_work", "utter_figures_children", "utter_figures_found"),
        _WHAT,
        [_KINDS, _MYTHS],
        "figures",
    ),
    "smuggling": Layers(("utter_smuggling", "utter_myth_trip"), _WHAT, [_KINDS, _MYTHS], "smuggling"),
    "consent": Layers(("utter_consent", "utter_myth_paid"), _WHAT, [_KINDS, _MYTHS], "consent"),
    "crime_or_not": Layers(
        ("utter_crime_or_not", "utter_crime_forced"), _WHAT, [next_steps.LAWYER, next_steps.POLICE], "crime_or_not"
    ),
    "myths": Layers(MYTHS, _WHAT, [_KINDS, _FIGURES], "myth_next"),
    **{f"form_{form}": Layers((f"utter_form_{form}",), _WHAT, [_KINDS, _MYTHS]) for form in FORMS},
}
# A question about a form and a number asks for the number: "how many children are in forced work?"
_FIRST = ("figures", "smuggling", "consent", "crime_or_not")
_FIGURES_ABOUT = {
    "form_child": "utter_figures_children",
    "form_labour": "utter_figures_work",
    "form_sexual": "utter_figures_work",
    "form_state": "utter_figures_work",
}
_SIGNS_CHILD, _SIGNS_CHAT = "utter_signs_child", "utter_signs_chat"
_SIGN_LAYERS = Layers(
    ("utter_ask_signs", _SIGNS_CHILD, _SIGNS_CHAT),
    _SIGNS,
    [choice("choice_signs_child", "step to=signs_child"), choice("choice_signs_chat", "step to=signs_chat")],
)
_HELP_LAYERS = Layers(
    ("utter_ask_how_to_help", "utter_help_not", "utter_help_kindly", "utter_help_tell"),
    _HELP,
    [choice(f"choice_help_{what}", f"step to=help_{what}") for what in ("not", "kindly", "tell")],
)


def what_is_trafficking(scene: Scene) -> None:
    """Answer what was named: a form, figures, a myth; else the definition, and what follows it when asked again."""
    named = sorted((topic for topic in scene.topics if topic in _FACTS), key=lambda topic: topic not in _FIRST)
    if not named:
        _definition(scene)
        return
    about = next((_FIGURES_ABOUT[topic] for topic in named if topic in _FIGURES_ABOUT), None)
    first = [choice(f"choice_{topic}", f"step to={topic}") for topic in named[1:] if topic.startswith("form_")]
    layers.tell(scene, _FACTS[named[0]], wanted=about, first=first)


def signs(scene: Scene) -> None:
    """Say five signs; asked again, those of a child, then those in a chat. One sign is no proof."""
    child = "form_child" in scene.topics or scene.record.minor is True
    layers.tell(scene, _SIGN_LAYERS, wanted=_SIGNS_CHILD if child else None)


def how_to_help(scene: Scene) -> None:
    """Say what anybody can do; asked again, what to leave, how to talk, and how to tell."""
    layers.tell(scene, _HELP_LAYERS)


def kinds(scene: Scene) -> None:
    """Offer the forms that most people ask for."""
    scene.note(_KINDS_SHOWN)
    scene.say("utter_kinds", choices=[*_forms(_MENU), choice(_MORE_KINDS, "step to=kinds_more")])


def kinds_more(scene: Scene) -> None:
    """Offer more of the forms."""
    scene.say("utter_kinds_more", choices=[*_forms(_MENU_MORE), choice(_MORE_KINDS, "step to=kinds_rest")])


def kinds_rest(scene: Scene) -> None:
    """Offer the last of the forms, and a person."""
    scene.say("utter_kinds_rest", choices=[*_forms(_MENU_REST), next_steps.HUMAN])


def _definition(scene: Scene) -> None:
    steps = ((_DEFINITION, _say_definition), (_FACTS["figures"].phrases[0], TARGETS["figures"]), (_KINDS_SHOWN, kinds))
    for told, target in (*steps, (MYTHS[0], TARGETS["myths"])):
        if told not in scene.record.told:
            target(scene)
            return
    layers.close(scene, (_DEFINITION, _KINDS_SHOWN), [_KINDS, _FIGURES, _MYTHS])


def _say_definition(scene: Scene) -> None:
    scene.note(_DEFINITION)
    scene.say(_DEFINITION)
    next_steps.more(scene, _WHAT, first=[_KINDS, _FIGURES, _MYTHS])


def _fact(scene: Scene, topic: str) -> None:
    layers.tell(scene, _FACTS[topic])


def _one(scene: Scene, about: Layers, phrase: str) -> None:
    layers.tell(scene, about, wanted=phrase)


def _forms(names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [choice(f"choice_form_{name}", f"step to=form_{name}") for name in names]


TARGETS: dict[str, Callable[[Scene], None]] = {
    **{topic: partial(_fact, topic=topic) for topic in _FACTS},
    "myth_next": partial(_fact, topic="myths"),
    "kinds": kinds,
    "kinds_more": kinds_more,
    "kinds_rest": kinds_rest,
    "signs_child": partial(_one, about=_SIGN_LAYERS, phrase=_SIGNS_CHILD),
    "signs_chat": partial(_one, about=_SIGN_LAYERS, phrase=_SIGNS_CHAT),
    **{
        phrase.removeprefix("utter_"): partial(_one, about=_HELP_LAYERS, phrase=phrase)
        for phrase in _HELP_LAYERS.phrases[1:]
    },
}
