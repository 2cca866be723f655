"""What a message rather says, where it may as well be another thing than its first reading: in an emergency, behind a yes."""

from dataclasses import replace

from actions.crisis import crisis_thread, possible_crisis, safety, self_harm
from actions.hearing import line_questions, particulars, taking_up
from actions.lines import asked_line
from actions.policy.scene import CRISIS, ONLY_A_PLACE, Scene
from actions.privacy import opening
from actions.referral.fitting import told_of_people
from bot.engine.understood import FALLBACK
from bot.understanding.crisis import most_urgent

_NO_WISH = ONLY_A_PLACE | {"express_distress", "insult_or_prank"}  # labels of small talk, behind a yes
_SAYS_ELSE = 0.6  # chance of what is said besides a fire
_COMES, _SURELY_COMES = 0.3, 0.6  # chance that somebody comes now, and in an emergency
_HUSHES = 0.65  # chance of a hush that needs no sign of anybody
_TOLD_AFTER = 0.6  # chance of a sentence of its own, behind "yes, it is safe", from which it is what is answered
_FROM_THE_FIRST = 0.5  # chance of danger to another from which a first message is answered as one
_DOCTOR = "find_medical_care"
_GOES_ON = 0.65  # chance of a danger that goes on, though help has been called
_ANOTHER_DANGER = 0.4  # chance of danger beside a medical emergency from which it is answered as one
_SECOND = 0.2  # chance of a second reading
_SOUNDS_LIKE = {
    "medical_emergency": frozenset({"medical_emergency", "immediate_danger"}),
    "immediate_danger": frozenset({"immediate_danger"}),
}
_PERHAPS_OTHER = 0.5  # chance that a message is about somebody else, from which a guessed worry stays
_OF_AN_OATH = 0.45  # chance of thoughts of dying that an oath in the message explains
_ANOTHER_NEED = 0.85  # chance of another need that is surely meant
_TELLS = (
    "disclose_",
    "report_",
    "talk_to_human",
    "delete_",
    "goodbye",
)  # labels that are no nearer to a wish for a number
_SAYS_TO_THEM = "report_concern/what_to_say"
_A_NEW_WORRY, _SURELY_OTHER = 0.75, 0.9  # chance of a worry in the writer's own story; that a message is about another
_OF_A_CALL = frozenset({"free", "language", line_questions.WHO})  # what is asked of a number and of nobody's age
_SURELY_A_CHILD = 0.6  # chance of a child that is no number to dial
_ALARMS_ANEW, _SAID_BESIDES = 0.5, 0.35  # chance of that crisis from which it is answered anew; of what is said besides


def read_anew(scene: Scene) -> Scene:
    """Give the scene by what the message rather says, where it may as well be another than the first reading."""
    for read in _READINGS:
        scene = read(scene)
    return scene


def _or_within(scene: Scene) -> Scene:
    """Give the scene as what is said within the emergency that was answered: its words are those of the emergency that goes on.

    That help is on its way, a question and a feeling are answered, and `crisis_thread.guard` sees to the number.
    """
    record = scene.record
    if (
        record.situation != "talk"
        or scene.turn.chosen
        or scene.turn.desk.has_operator
        or not crisis_thread.is_emergency(scene)
    ):
        return scene
    if record.crisis == "medical_emergency" and scene.label == _DOCTOR and crisis_thread.asks(scene):
        return scene.understood_as(FALLBACK)  # "what does the hospital cost" looks for no doctor near by
    danger = (
        scene.label == "immediate_danger" and scene.told_by_phrase
    )  # "the ambulance is here, but he has a knife now"
    if scene.label not in safety.EMERGENCIES or danger:
        return scene
    surely = scene.confidence >= _GOES_ON
    if taking_up.is_helped(scene, surely):
        return scene.understood_as(FALLBACK)
    again = scene.label == record.crisis and bool(scene.times(scene.label))
    anew = scene.told_by_phrase or taking_up.goes_wrong(scene) or crisis_thread.CALLED in record.told
    if again and not anew and (crisis_thread.asks(scene) or (not surely and taking_up.says_besides(scene))):
        record.crisis_turns = 0  # it goes on
        return scene.understood_as(FALLBACK)
    return scene


def _or_besides(scene: Scene) -> Scene:
    """Give what is said besides, where a message may only sound like the crisis that was answered: its number stands there.

    Who asks for a bed after the ambulance has left is not told the number a fourth time, and what sounds like danger to
    somebody who lies unconscious calls no police.
    """
    after = _SOUNDS_LIKE.get(scene.record.crisis or "", frozenset())
    if scene.label not in after or scene.turn.chosen or scene.told_by_phrase or scene.confidence >= _ALARMS_ANEW:
        return scene
    if scene.label != scene.record.crisis and scene.confidence >= _ANOTHER_DANGER:
        return scene  # "now he beats me" beside somebody who lies unconscious
    if sure := {label: chance for label, chance in _sure_besides(scene).items() if label not in after}:
        likeliest = max(sure, key=lambda label: sure[label])
        return replace(scene, label=likeliest, confidence=sure[likeliest])
    second, chance = scene.likeliest(without=CRISIS)
    return replace(scene, label=second if chance >= _SAID_BESIDES else FALLBACK, confidence=chance)


def _or_number(scene: Scene) -> Scene:
    """Give what else is said where the number in a message is that of the police, and none of years: "is 17 the police?"."""
    guessed = scene.label == "disclose_minor" and not scene.turn.chosen and scene.sureness < _SURELY_A_CHILD
    if not guessed or scene.age is not None or asked_line.emergency_named(scene) is None:
        return scene
    text, locale = scene.turn.text, scene.turn.locale
    said = line_questions.line_words(text, locale)
    asks = said.asked and not _OF_A_CALL.isdisjoint(said.questions)
    if not (asks or line_questions.asks_whose(text, locale)):
        return scene  # "my sister is 17", "girl 17 need help?"
    second, chance = scene.likeliest(without=(*CRISIS, "disclose_minor"))
    return replace(scene, label=second if chance >= _SECOND else FALLBACK, confidence=chance)


def _or_oath(scene: Scene) -> Scene:
    """Give what else is said where an oath is what kills: "they made me swear, if I run I die" is no wish to die."""
    guessed = scene.label == "self_harm" and scene.sureness < _OF_AN_OATH and not scene.told_by_phrase
    if not guessed or not possible_crisis.is_an_oath(scene):
        return scene
    second, chance = scene.likeliest(without=CRISIS)
    return replace(scene, label=second if chance >= _SECOND else FALLBACK, confidence=chance)


def _or_rescue(scene: Scene) -> Scene:
    """Give a guess as the wish for a number where words ask who gets somebody out: "who can rescue us?"."""
    least = _ANOTHER_NEED if scene.label.startswith("find_") else _SAYS_ELSE
    guessed = scene.label not in CRISIS and scene.sureness < least and not scene.turn.chosen
    urgent = crisis_thread.is_open(scene) or scene.record.question in (self_harm.SELF_HARM, self_harm.ALONE)
    if not guessed or urgent or scene.label.startswith(_TELLS) or not told_of_people.heard(scene).rescue:
        return scene
    return replace(scene, label="find_hotline", confidence=_SAYS_ELSE)


def _or_own(scene: Scene) -> Scene:
    """Give what else is said where somebody tells their own story, and a worry about another is only guessed.

    "She is not a bad person" and "shall I tell the boss?" are words of those who worry about others too.
    """
    mine = scene.record.about == "self" and scene.heard("about", "other") < _SURELY_OTHER
    if not mine or scene.label != "report_concern" or scene.turn.chosen:
        return scene
    if scene.record.referred and scene.many.get(_SAYS_TO_THEM, 0.0) >= _SAYS_ELSE:
        return scene.understood_as(FALLBACK)  # "what do I say to them?", after a number
    if scene.sureness >= _A_NEW_WORRY:
        return scene
    second, chance = scene.likeliest(without=(*CRISIS, "report_concern"))
    if chance >= _SAID_BESIDES:
        return replace(scene, label=second, confidence=chance)
    # Where it may be about somebody else all the same, a guessed worry is the nearest answer.
    return scene if scene.heard("about", "other") >= _PERHAPS_OTHER else scene.understood_as(FALLBACK)


def _or_after_yes(scene: Scene) -> Scene:
    """Give the scene as what is told behind a yes: "yes, safe. My hand is crushed and he takes me to no doctor" is no mere yes."""
    if scene.label != "affirm" or scene.turn.chosen or not opening.says_yes(scene):
        return scene
    # What was told before the question is answered first; an emergency is not kept waiting by it.
    waits = scene.record.want is not None
    told = {
        label: chance
        for label, chance in scene.turn.heard.get("first_in_sentence", {}).items()
        if label in (*safety.EMERGENCIES, self_harm.SELF_HARM)
        or (opening.keeps(label) and label not in _NO_WISH and not waits)
    }
    sure = {label: chance for label, chance in told.items() if chance >= _TOLD_AFTER}
    label = most_urgent(sure) or max(sure, key=lambda name: sure[name], default=None)
    return replace(scene, label=label, confidence=sure[label]) if label else scene


def _or_asked_first(scene: Scene) -> Scene:
    """Give a first message as a worry where danger to somebody else is only likely: nobody knows yet who reads.

    "Hurry, the girls' train goes at five" gets the opening and the bare number, and no word of police on the screen.
    """
    likely = scene.label == "immediate_danger" and scene.confidence < _FROM_THE_FIRST and not scene.told_by_phrase
    first = scene.record.situation == "new" and not scene.turn.chosen and not scene.record.told
    return replace(scene, label="report_concern") if likely and first and scene.about_other else scene


def _or_fire(scene: Scene) -> Scene:
    """Give the scene as danger where reviewed words say that it burns: the reader hears smoke as anything."""
    sure = scene.label != "immediate_danger" and scene.sureness >= _SAYS_ELSE  # a story of smoke at work, a sure hush
    told = sure or scene.turn.chosen or scene.label == "out_of_scope" or scene.heard("marks", "negated") >= _SAYS_ELSE
    burns = safety.FIRE in scene.topics and not told
    return replace(scene, label="immediate_danger", confidence=1.0) if burns else scene


def _hush_first(scene: Scene) -> Scene:
    """Give the scene as a hush where somebody who comes is likelier than that they hurt: a number would stand on the screen."""
    danger, hush = (scene.turn.crises.get(label, (0.0, "no")) for label in ("immediate_danger", "cannot_talk_safely"))
    likelier = hush[0] >= danger[0] > 0 or (hush[0] > 0 and scene.names_crisis("cannot_talk_safely"))
    comes = scene.label == "immediate_danger" and likelier and not scene.told_by_phrase
    return replace(scene, label="cannot_talk_safely", confidence=hush[0]) if comes else scene


def _or_second(scene: Scene) -> Scene:
    """Give the scene by its second reading where the first is a hush that may as well be none."""
    if scene.label != "cannot_talk_safely" or not _nobody_comes(scene):
        return scene
    if sure := _sure_besides(scene):
        likeliest = max(sure, key=lambda label: sure[label])
        return replace(scene, label=likeliest, confidence=sure[likeliest])
    if crisis_thread.is_emergency(scene):
        return scene.understood_as(FALLBACK)  # its thread goes on, and names nothing else
    second, chance = scene.likeliest(without=CRISIS)
    if chance < _SECOND and scene.record.situation == "talk":
        return scene  # "it is nine": nothing else is heard in it, and what would be said instead stands on the screen
    return replace(scene, label=second if chance >= _SECOND else FALLBACK, confidence=chance)


def _or_habit(scene: Scene) -> Scene:
    """Give the scene as a question about a phone that others look through at other times: nobody is there now.

    "OK, I wait" sends away who says "they check it at the gate on Sunday".
    """
    comes = scene.many.get("event/somebody_comes", 0.0) >= _COMES
    if scene.label != "cannot_talk_safely" or scene.record.situation != "talk" or comes or scene.after_hush:
        return scene
    if scene.turn.chosen or scene.told_by_phrase or not particulars.is_checked_at_times(scene):
        return scene
    return replace(scene, label=FALLBACK, confidence=0.0, topics=(*scene.topics, "digital_clear"))


def _nobody_comes(scene: Scene) -> bool:
    """Tell whether a guessed hush is none: in the first message, which gets the neutral check, or with no sign of anybody.

    A first message with a sure crisis and a sign of somebody stays one: it gets the bare number.
    """
    if not scene.guessed or scene.told_by_phrase:
        return False
    if scene.record.situation == "new" and not scene.record.hushed:
        return not (scene.somebody_comes and _sure_besides(scene))
    looked = bool(scene.turn.heard.get("marks")) and scene.record.situation == "talk"
    # In an emergency the number stands there anyway, and "my little girl is here with me" is no watcher.
    comes = max(scene.heard("marks", "watched"), scene.many.get("event/somebody_comes", 0.0))
    alone = comes < _SURELY_COMES if crisis_thread.is_emergency(scene) else not scene.somebody_comes
    return looked and scene.confidence < _HUSHES and alone


def _sure_besides(scene: Scene) -> dict[str, float]:
    """Return the chances of the sure crises besides the label."""
    crises = scene.turn.crises.items()
    return {label: chance for label, (chance, band) in crises if band == "sure" and label != scene.label}


# How a message is read that may as well be another one, in this order.
_READINGS = (
    _or_after_yes,
    _or_within,
    _or_besides,
    _or_number,
    _or_oath,
    _or_rescue,
    _or_own,
    _hush_first,
    _or_habit,
    _or_second,
    _or_asked_first,
    _or_fire,
)
