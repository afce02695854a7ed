#!/bin/sh
# Rasa Open Source 3.6.21: a new session resumes a paused conversation.
# Guess: once paused (`pause`), the bot is silent until `resume`.
# Seen: `session_started`, which Rasa writes by itself before the first message after the session's end, resets the
# pause; `carry_over_slots_to_new_session` carries slots, not the pause. A person who took a conversation over in the
# evening is answered over by the bot in the morning.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from rasa.shared.core.events import ActionExecuted, ConversationPaused, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker

begun = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
tracker = DialogueStateTracker.from_events("somebody", [*begun, ConversationPaused()])
before = tracker.is_paused()
for event in begun:
    tracker.update(event)
print(f"paused before the new session: {before}; in it: {tracker.is_paused()}")
raise SystemExit((before, tracker.is_paused()) != (True, False))
PYTHON
