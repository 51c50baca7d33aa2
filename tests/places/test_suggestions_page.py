"""The address that the form asks while somebody types."""

import pytest


def ask(client, **query):
    return client.get("/dia-phuong/goi-y", query_string=query)


def test_suggestions_come_as_code_name_and_label(client, places):
    response = ask(client, tinh="86", q="hoà ân")
    assert response.mimetype == "application/json"
    assert response.json == [
        {
            "code": "29308",
            "name": "Xã Cầu Kè",
            "label": "Xã Cầu Kè (trước đây: Xã Hòa Ân, Huyện Cầu Kè)",
        }
    ]


def test_there_are_ten_at_most(client, places):
    assert len(ask(client, tinh="79", q="t").json) == 10


def test_the_answer_may_be_kept_by_a_browser(client, places):
    response = ask(client, tinh="86", q="cau")
    assert response.cache_control.public
    assert response.cache_control.max_age == 86400
    assert "Set-Cookie" not in response.headers


def test_the_label_speaks_english_to_who_chose_it(client, places):
    client.set_cookie("ngon-ngu", "en")
    assert "formerly" in ask(client, tinh="86", q="hòa ân").json[0]["label"]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"tinh": "86"},
        {"q": "cau"},
        {"tinh": "00", "q": "cau"},
        {"tinh": "86" * 500, "q": "cau"},
        {"tinh": "٨٦", "q": "cau"},
        {"tinh": "86", "q": "%"},
        {"tinh": "86", "q": "🥭"},
        {"tinh": "86", "q": "(" * 5000},
    ],
)
def test_strange_questions_get_an_empty_list(client, places, query):
    response = ask(client, **query)
    assert (response.status_code, response.json) == (200, [])


def test_the_rest_of_a_long_text_is_not_read(client, places):
    assert ask(client, tinh="86", q="cầu kè" + " " * 60 + "x" * 5000).json[0]["code"] == "29308"


def test_a_suggestion_asks_the_database_a_fixed_number_of_questions(client, places, count_queries):
    with count_queries() as few:
        ask(client, tinh="86", q="zzzz")
    with count_queries() as many:
        ask(client, tinh="86", q="t")
    assert len(few) == len(many) <= 2


def test_a_null_character_is_refused(client, places):
    assert client.get("/dia-phuong/goi-y", query_string={"q": "\x00"}).status_code == 400
