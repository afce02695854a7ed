"""The WhatsApp Cloud API channel: signed webhook in, durable inbox, one bubble out, durable outbox.

The way of a message, one module a step:

    channel → signature → payloads → inbox → turns → bubble → outbox → sender → graph

Wire shapes, limits and errors stand in `docs/whatsapp.md`; "Meta §n" in this package names one of
its sections.
"""
