"""Backend, desk and simulator put together: one application, its tables, its scheduled work."""
