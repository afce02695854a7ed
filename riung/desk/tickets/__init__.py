"""Requests a person has to answer: handover of a chat, complaint, home service."""
