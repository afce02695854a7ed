#!/bin/sh
# What is known of the packages in the lock. Needs pip-audit and a network; run it where both are, e.g. nightly.
# What is accepted, and why, stands in docs/threat-model.md.
exec pip-audit --requirement "$(dirname "$0")/../requirements.lock" --disable-pip --desc "$@"
