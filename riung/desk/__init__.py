"""The officers' web desk: inbox, talks, complaints, numbers, the day at the counter."""
