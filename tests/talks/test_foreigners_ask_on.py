"""Foreigners in broken English: what they ask next is about what they asked before."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize("said", ["they arrest me?", "police catch me?", "i go to jail for this"])
async def test_whoever_overstays_and_is_afraid_is_told_what_happens(
    citizen: Talk, said: str
) -> None:
    answer = await citizen.say("hello, my visa is expire 4 days ago what to do", said)
    assert "Rp1.000.000 per day" in answer
    assert "An officer decides" in answer


@pytest.mark.parametrize("said", ["can pay with card?", "i pay by atm?", "pay at office in cash?"])
async def test_an_overstay_is_not_paid_by_the_apps_code(citizen: Talk, said: str) -> None:
    answer = await citizen.say("my visa is expire 4 days ago what to do", said)
    assert "billing code" not in answer
    assert "at an immigration office" in answer


@pytest.mark.parametrize(
    "said", ["how much and how i pay", "fee how much and pay how", "how much cost"]
)
async def test_the_price_is_that_of_what_was_asked(citizen: Talk, said: str) -> None:
    answer = await citizen.say("hi can i extend my voa", said)
    assert "Rp500.000" in answer
    assert "verstay is settled" not in answer


@pytest.mark.parametrize(
    "said",
    [
        "i have 3 days left is ok?",
        "only 2 days left",
        "what if they not finish before my visa end",
    ],
)
async def test_few_days_left_is_urgent_and_no_quota(citizen: Talk, said: str) -> None:
    assert "Apply today" in await citizen.say("hi can i extend my voa", said)


@pytest.mark.parametrize("said", ["how long process", "how long it take", "when will i get it"])
async def test_how_long_an_extension_takes_is_said_not_to_be_confirmed(
    citizen: Talk, said: str
) -> None:
    assert "not confirmed" in await citizen.say("hi can i extend my voa", said)


@pytest.mark.parametrize(
    "said", ["police report first?", "must i go to police", "need police letter?"]
)
async def test_after_a_lost_passport_the_police_come_first(citizen: Talk, said: str) -> None:
    answer = await citizen.say("i lost my passport in bandung yesterday", said)
    assert "police first" in answer


@pytest.mark.parametrize("said", ["i am from germany", "where is my embassy", "i'm from india"])
async def test_a_country_named_then_is_that_of_the_embassy(citizen: Talk, said: str) -> None:
    answer = await citizen.say("i lost my passport in bandung yesterday", said)
    assert "embassy or consulate of your own country" in answer
    assert "visa-free" not in answer


@pytest.mark.parametrize(
    "said", ["english only please", "only english please", "i dont understand indonesian"]
)
async def test_english_is_spoken_on_request(citizen: Talk, said: str) -> None:
    answer = await citizen.say("saya WNI suami saya orang australia, mau bikin kitas", said)
    assert "Visa on arrival" in answer or "English" in answer
    assert "citizenship" not in answer


@pytest.mark.parametrize(
    "said", ["my friend is detained at immigration since monday", "they arrest my husband help"]
)
async def test_who_is_held_is_a_matter_for_a_person(citizen: Talk, said: str) -> None:
    answer = await citizen.say(said)
    assert "cannot be seen here" in answer
    assert "*officer*" in answer
    assert "Shall I get a person" in await citizen.say("can i visit and bring food")
    assert "An officer has been told" in await citizen.say("yes please")


@pytest.mark.parametrize("said", ["he stay only 1 night", "just family, not paying"])
async def test_a_short_stay_of_a_guest_is_asked(citizen: Talk, said: str) -> None:
    await citizen.say("i have airbnb and my guest is from japan, must i report")
    assert "every foreign guest" in await citizen.say(said)


@pytest.mark.parametrize("said", ["what is EPO", "i want to leave indonesia for good"])
async def test_leaving_for_good(citizen: Talk, said: str) -> None:
    answer = await citizen.say("hello i need help please", said)
    assert "Exit Permit Only" in answer
    assert "Rp100.000" in await citizen.say("how much")


@pytest.mark.parametrize("said", ["company must apply?", "my boss have to do it?"])
async def test_who_applies_for_an_itas(citizen: Talk, said: str) -> None:
    await citizen.say("where apply for work permit kitas")
    assert "sponsor in Indonesia" in await citizen.say(said)


@pytest.mark.parametrize(
    "said", ["how much is it", "how much total", "so i pay how much", "what is the fine then"]
)
async def test_the_sum_of_an_overstay_is_told_again(citizen: Talk, said: str) -> None:
    await citizen.say("my visa expired 3 days ago")
    assert "3 × Rp1.000.000 = *Rp3.000.000*" in await citizen.say(said)


@pytest.mark.parametrize(
    "said", ["and if its more than 60 days?", "what if it becomes 70 days", "and after 60 days?"]
)
async def test_more_days_than_a_fine_covers(citizen: Talk, said: str) -> None:
    answer = await citizen.say("my visa expired 3 days ago", said)
    assert "deportation and a re-entry ban" in answer


async def test_days_of_something_else_are_no_overstay(citizen: Talk) -> None:
    answer = await citizen.say("can i extend a 30 days visa", "what is the overstay fine")
    assert "Rp30.000.000" not in answer


LOST = "i lost my passport here, im french"


@pytest.mark.parametrize("said", ["can i walk in", "do i need appointment", "just come to you?"])
async def test_after_a_lost_passport_the_visit_is_no_extension(citizen: Talk, said: str) -> None:
    answer = await citizen.say(LOST, said)
    assert "your embassy come first" in answer
    assert "M-Paspor" not in answer


@pytest.mark.parametrize(
    "said", ["can my hotel do it for me", "my friend go instead?", "can my boss handle it"]
)
async def test_who_else_may_see_to_a_lost_passport(citizen: Talk, said: str) -> None:
    assert "may do it for you is *not confirmed*" in await citizen.say(LOST, said)


@pytest.mark.parametrize("said", ["i'm dutch", "i am a russian", "we are from australia"])
async def test_a_nationality_after_a_lost_passport(citizen: Talk, said: str) -> None:
    hurried = "hi i lost my passport in bali, my flight is on wednesday"
    assert "your own embassy or consulate" in await citizen.say(hurried, said)
    assert "the police first" in await citizen.say("police report first or embassy?")


@pytest.mark.parametrize("said", ["i am french", "im from japan", "i am a german citizen"])
async def test_and_after_a_lost_permit(citizen: Talk, said: str) -> None:
    answer = await citizen.say("i lost my kitas", said)
    assert "your own embassy" in answer
    assert "cannot help with that" not in answer


@pytest.mark.parametrize(
    "said", ["my kitas expired next week", "kitas is finish next month", "my itas end in 2 weeks"]
)
async def test_a_permit_that_ends_soon_is_extended(citizen: Talk, said: str) -> None:
    assert "*sponsor*" in await citizen.say("hello", said)
    assert "*sponsor*" in await citizen.say("what documents")
    assert "Rp3.000.000" in await citizen.say("how much")
    assert "must come yourself" in await citizen.say("can my agent do it")


@pytest.mark.parametrize("said", ["can do online?", "i can do all from home?", "without coming?"])
async def test_an_extension_from_home(citizen: Talk, said: str) -> None:
    assert "*Only the application*" in await citizen.say("can i extend my voa", said)


@pytest.mark.parametrize("said", ["how long does the kitas last", "valid for how long?"])
async def test_how_long_an_itas_lasts(citizen: Talk, said: str) -> None:
    await citizen.say("i married an indonesian woman, what permit can i get")
    assert "As long as your permit says" in await citizen.say(said)


@pytest.mark.parametrize("said", ["within how many hours?", "what is the deadline", "how soon"])
async def test_until_when_a_guest_is_reported(citizen: Talk, said: str) -> None:
    await citizen.say("my foreign friend stays at my house, do i have to report him?")
    assert "not in our sources" in await citizen.say(said)
