"""What is told again while its questions are open: the questions go on from there, and do not begin anew."""

from actions.policy import flow
from actions.policy.flow import PUT_AT_MOST, Flow
from actions.policy.scene import Scene
from bot.conversation.record import Record


def begun(record: Record, questions: Flow) -> bool:
    """Tell whether any of these questions was put."""
    return any(ask.name in record.asked for ask in questions.asks)


def go_on(scene: Scene, questions: Flow) -> None:
    """Put the question that was left once more, unless it was answered meanwhile; else the next one."""
    record = scene.record
    left = next((ask for ask in questions.asks if ask.name == record.parked), None)
    record.parked = None if left else record.parked
    if left and left.needed(record) and record.times_asked < PUT_AT_MOST:
        flow.put(scene, left)
    else:
        record.times_asked = 0
        flow.put_next(scene, questions)
