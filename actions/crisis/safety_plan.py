"""Ten things to think about before anything is done, one a message: a list to read, which asks and keeps nothing.

The steps are common hotline practice. A trained person leads such a plan; the list says so first.
"""

from collections.abc import Callable

from actions.policy import next_steps
from actions.policy.scene import Scene, choice

STEPS = 10
_READ = "plan"  # counted: how many of the steps were said
_NEXT, _ENOUGH = choice("choice_plan_next", "step to=plan_next"), choice("choice_plan_enough", "step to=plan_enough")
_AGAIN = choice("choice_plan_again", "step to=plan_again")


def plan(scene: Scene) -> None:
    """Begin with what the list is, go on where it was left, or tell that it was read to its end."""
    if not scene.times(_READ):
        scene.say("utter_plan")
    next_step(scene)


def next_step(scene: Scene) -> None:
    """Say the next step."""
    step = scene.times(_READ) + 1
    if step > STEPS:
        next_steps.say(scene, "utter_said_all", [next_steps.NUMBER, _AGAIN])
        return
    scene.record.answered[_READ] = step
    if step < STEPS:
        scene.say(f"utter_plan_{step}", choices=[_NEXT, next_steps.HUMAN, _ENOUGH])
    else:
        next_steps.say(scene, f"utter_plan_{step}", [next_steps.NUMBER])


def again(scene: Scene) -> None:
    """Go through the list once more."""
    scene.record.answered.pop(_READ, None)
    next_step(scene)


def enough(scene: Scene) -> None:
    """Stop reading; the place is kept."""
    next_steps.say(scene, "utter_plan_enough", [next_steps.NUMBER])


TARGETS: dict[str, Callable[[Scene], None]] = {
    "plan": plan,
    "plan_next": next_step,
    "plan_again": again,
    "plan_enough": enough,
}
