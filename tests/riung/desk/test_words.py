import pytest

from riung.desk.words import numbers_in, words_of


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("status 1179 0000 7700 0025 ya", "1179000077000025"),
        ("hubungi +62 812-0000-0012", "6281200000012"),
        ("１１７９ ００００ ００００ １２０８", "1179000000001208"),
        ("harga 950.000 untuk 10 tahun", ""),
    ],
)
def test_long_numbers_are_found_however_they_are_parted(text: str, numbers: str) -> None:
    assert numbers_in(text) == numbers


def test_words_are_taken_once_and_marks_are_none() -> None:
    assert words_of("Paspor *hilang*, paspor 100%") == ["paspor", "hilang", "100"]


def test_a_long_number_is_one_word_among_the_others() -> None:
    assert words_of("nomor 1179 0000 7700 0025") == ["1179000077000025", "nomor"]
