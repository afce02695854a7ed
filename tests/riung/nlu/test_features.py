from riung.nlu.entities import find_entities
from riung.nlu.features import clauses, line
from riung.nlu.normalizer import Normalizer

normalizer = Normalizer()


def seen(text: str) -> str:
    return line(normalizer.words(text), find_entities(text))


def test_the_classifier_sees_no_number_and_no_city() -> None:
    assert seen("cek 1179 0000 0000 1234 di Bandung") == "cek xnomor di xkota"


def test_forms_of_address_and_particles_are_left_out() -> None:
    assert seen("min syaratnya apa dong kak") == "syarat apa"


def test_a_message_of_nothing_else_keeps_them() -> None:
    assert seen("kak") == "kak"


def test_dates_keep_their_words_beside_the_marker() -> None:
    assert seen("kuota besok") == "kuota xtanggal besok"


def test_a_message_parts_at_punctuation_and_joining_words() -> None:
    text = "syaratnya apa sama biaya berapa? tolong, kak"

    parts = [[word.text for word in part] for part in clauses(text, normalizer.words(text))]

    assert parts == [["syarat", "apa"], ["biaya", "berapa", "?"], ["tolong"], ["kak"]]
