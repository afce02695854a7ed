import pytest

from riung.nlu.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do I extend my visa?", "en"),
        ("my passport is lost", "en"),
        ("syarat bikin paspor apa saja", "id"),
        ("mau bikin e-paspor kak", "id"),
        ("visa", None),
        ("extend visa", "en"),
        ("check status", "en"),
        ("KITAS extension?", "en"),
        ("requirements", "en"),
        ("check status bandung", None),
        ("check paspor saya", None),
        ("overstay", None),
        ("passport", None),
        ("ok", None),
        ("", None),
        ("12345", None),
        ("visa extension dong kak please can you help", None),
    ],
)
def test_language_is_told_only_when_clear(text: str, language: str | None) -> None:
    assert language_of(text) == language
