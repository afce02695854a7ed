#!/bin/sh
# botbuilder-dialogs 4.17.1 (ChoicePrompt, ChoiceRecognizers): a number anywhere in a message picks the option of that number.
# Guess: "2" picks the second of three options; "besok jam 2" (tomorrow at two) and "tanggal 1 Desember" pick none.
# Seen: both pick one, with the score of an exact answer: the hour, the day, a child's age. Numbers that are no option
# pick none. "bukan ganti paspor" (not the renewal) picks the renewal. `recognize_numbers=False` keeps digits out, and then
# "2" picks nothing either: a bare number has to be looked for by the bot itself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check botbuilder-dialogs==4.17.1 aiohttp==3.13.2 'emoji<2'
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from botbuilder.dialogs.choices import Choice, ChoiceRecognizers, FindChoicesOptions

OPTIONS = [Choice("Paspor baru"), Choice("Paspor hilang"), Choice("Ganti paspor")]
SEEN = {
    "2": ["Paspor hilang"],
    "besok jam 2": ["Paspor hilang"],
    "tanggal 1 Desember": ["Paspor baru"],
    "anak umur 3": ["Ganti paspor"],
    "bukan ganti paspor": ["Ganti paspor"],
    "besok jam 9": [],
}


def picked(text, options=None):
    """The options that the message is taken for, all with the highest score."""
    found = [each.resolution for each in ChoiceRecognizers.recognize_choices(text, OPTIONS, options)]
    return [each.value for each in found if each.score == 1.0]


seen = {text: picked(text) for text in SEEN}
for text, values in seen.items():
    print(f"{text}: {values}")
words_only = FindChoicesOptions(recognize_numbers=False, recognize_ordinals=False)
without = picked("besok jam 2", words_only), picked("2", words_only)
print(f"without numbers: {without}")
raise SystemExit((seen, without) != (SEEN, ([], [])))
PYTHON
