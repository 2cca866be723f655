"""What the hotline does with a message, between the doors and the engine."""

import os

# onnxruntime 1.32 brings telemetry: it writes an id of this machine into the home folder and calls its maker. Here, since this
# has to be said before its library is loaded, by whatever command.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
