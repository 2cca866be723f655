"""Questions about this service: who answers, what it costs, its languages, what it can do."""

from pathlib import Path

from actions import opening
from actions.answering import Answer
from actions.scene import Scene

# What is asked again in the new language. What was said before is kept nowhere, so it cannot be said again.
_OPEN_QUESTIONS = {
    "country": "utter_which_country",
    "danger_country": "utter_danger_which_country",
    "medical_country": "utter_medical_which_country",
    "self_harm": "utter_self_harm",
    "alone": "utter_self_harm_yes",
}
_PHRASEBOOKS = Path(__file__).parent.parent / "bot" / "phrasebook"


def change_language(scene: Scene) -> None:
    """Go on in the language that was named, and say again what was open; else offer the languages."""
    if not scene.languages:
        scene.say("utter_choose_language")
        return
    wanted = scene.languages[-1]
    if wanted != "en" and not (_PHRASEBOOKS / f"{wanted}.po").exists():
        scene.say("utter_language_missing")
        return
    scene.turn.new_locale = wanted
    if scene.record.situation == "quiet":
        scene.say("utter_neutral")
        return
    if scene.record.situation in ("new", "asked_safe") and scene.record.question in (None, "safe"):
        opening.ask_first(scene)
        return
    if "intro" in scene.record.told:
        # Told in words that may not have been understood (P31).
        scene.say("utter_intro")
    scene.say(_OPEN_QUESTIONS.get(scene.record.question or "", "utter_menu"))


class AskBot(Answer):
    """ask_bot"""

    title = "action_ask_bot"

    def answer(self, scene: Scene) -> None:
        """Say what answers, at once and truly."""
        if scene.record.situation == "quiet":
            scene.say("utter_neutral")
            return
        scene.say("utter_ask_bot")
        opening.ask_again(scene)


class AskCost(Answer):
    """ask_cost"""

    title = "action_ask_cost"

    def answer(self, scene: Scene) -> None:
        """Say what is true of the cost."""
        scene.say("utter_ask_cost")


class ChangeLanguage(Answer):
    """change_language"""

    title = "action_change_language"

    def answer(self, scene: Scene) -> None:
        """Change it, or offer it."""
        change_language(scene)


class HelpMenu(Answer):
    """help_menu"""

    title = "action_help_menu"

    def answer(self, scene: Scene) -> None:
        """Show what can be done here."""
        scene.say("utter_menu")
