"""Services that go step by step, such as a visit to the sick: each request a tracked case."""
