"""The WhatsApp Cloud API channel: signed webhook in, durable inbox, one bubble out, durable outbox.

The way of a message, one module a step:

    channel → signature → payloads → inbox → turns → bubble → outbox → sender → graph

The reference for wire shapes, limits and errors is `docs/whatsapp.md`; "SPEC §n" in this package
names a section of the Cloud API notes that page was written from.
"""
