"""Riung: a WhatsApp helpdesk engine for Indonesian public offices, on Rasa Open Source."""
