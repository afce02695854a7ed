"""The REST service: applications, quotas, bookings, tickets, and their scheduled work."""
