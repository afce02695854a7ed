"""Riung: a WhatsApp helpdesk engine for Indonesian immigration offices, on Rasa Open Source."""
