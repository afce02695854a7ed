#!/bin/sh
# PySastrawi 1.2.1: the stop word remover takes the "not" out of a sentence, and the stemmer makes "after" of "already".
# Guess: stop words are the words without meaning ("yang", "di"), and stems keep apart what has different roots.
# Seen: "paspor saya tidak hilang" (my passport is not lost) becomes "paspor hilang" (passport lost), "jangan dibatalkan"
# (do not cancel) "dibatalkan"; tidak, bukan, belum, jangan, tanpa and tak are all on the list. "sebelum" (before) and
# "belum" (not yet) have one stem, so have "setelah" (after) and "telah" (already). With a dictionary of one's own words
# (`ArrayDictionary`, `StopWordRemover`) the first is mended.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check PySastrawi==1.2.1
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory
from Sastrawi.StopWordRemover.StopWordRemover import StopWordRemover
from Sastrawi.StopWordRemover.StopWordRemoverFactory import StopWordRemoverFactory

factory = StopWordRemoverFactory()
remover, stemmer = factory.create_stop_word_remover(), StemmerFactory().create_stemmer()
no = {"tidak", "bukan", "belum", "jangan", "tanpa", "tak"}
mended = StopWordRemover(ArrayDictionary([word for word in factory.get_stop_words() if word not in no]))
texts = ("paspor saya tidak hilang", "jangan dibatalkan")
left = [remover.remove(text) for text in texts]
kept = [mended.remove(text) for text in texts]
stems = {word: stemmer.stem(word) for word in ("sebelum", "belum", "setelah", "telah")}
print(f"left: {left}; without these words on the list: {kept}\nstems: {stems}")
raise SystemExit(
    left != ["paspor hilang", "dibatalkan"]
    or kept != ["paspor tidak hilang", "jangan dibatalkan"]
    or list(stems.values()) != ["belum", "belum", "telah", "telah"]
)
PYTHON
