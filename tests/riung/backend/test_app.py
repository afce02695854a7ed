from fastapi.testclient import TestClient


def test_it_says_that_it_is_alive(api: TestClient) -> None:
    assert api.get("/healthz").json() == {"status": "ok"}


def test_it_is_ready_when_the_database_answers(api: TestClient) -> None:
    assert api.get("/readyz").status_code == 200


def test_an_unknown_address_is_a_problem_document(api: TestClient) -> None:
    answer = api.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"
