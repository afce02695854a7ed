#!/bin/sh
# Whoosh-Reloaded 2.7.5: who searches ticket A-012 finds B-012.
# Guess: with the standard analyzer a ticket number is found by itself and no other; stop words are words such as "the".
# Seen: "A" is a stop word of English, and "B" is too short: of both numbers only "012" is kept, in the index and in the
# question. "A-012" finds every counter's 012. The whole number is needed as one word, in a field of the kind ID, or without
# its dash: "A012" is kept. Words of a language that has no list of its own, such as Indonesian, are not touched.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check Whoosh-Reloaded==2.7.5 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser

TICKETS = ["A-012", "B-012", "B-013"]
index = RamStorage().create_index(Schema(ticket=ID(stored=True), note=TEXT, joined=TEXT))
writer = index.writer()
for ticket in TICKETS:
    writer.add_document(ticket=ticket, note=f"antrean {ticket} loket", joined=f"antrean {ticket.replace('-', '')} loket")
writer.commit()


def found(field, words):
    """The tickets that a search finds."""
    with index.searcher() as searcher:
        hits = searcher.search(QueryParser(field, index.schema).parse(words))
        return sorted(hit["ticket"] for hit in hits)


seen = {
    "in a text": found("note", '"A-012"'),
    "in a text, for B": found("note", '"B-012"'),
    "without the dash": found("joined", "A012"),
    "as an ID": found("ticket", '"A-012"'),
}
for label, tickets in seen.items():
    print(f"{label}: {tickets}")
both = ["A-012", "B-012"]
SEEN = {"in a text": both, "in a text, for B": both, "without the dash": ["A-012"], "as an ID": ["A-012"]}
raise SystemExit(seen != SEEN)
PYTHON
