"""The messages of WTForms, counted ones too, in the visitor's language."""

from werkzeug.datastructures import MultiDict
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from shop.web.forms import ShopForm


class Note(ShopForm):
    """A form with a bound."""

    class Meta(ShopForm.Meta):
        csrf = False

    words = StringField("Lời", [Length(max=3)])
    story = TextAreaField("Chuyện")


def test_a_text_that_is_too_long_is_refused_in_vietnamese(app):
    with app.test_request_context():
        form = Note(MultiDict({"words": "dài quá"}))
        assert not form.validate()
        assert "3" in str(form.words.errors[0])
        assert "Field cannot" not in str(form.words.errors[0])


def test_and_in_english_for_who_chose_it(app):
    with app.test_request_context(headers={"Cookie": "ngon-ngu=en"}):
        form = Note(MultiDict({"words": "dài quá"}))
        assert not form.validate()
        assert str(form.words.errors[0]) == "Field cannot be longer than 3 characters."


def test_a_field_of_one_line_holds_one_line(app):
    """A name of several lines would write paragraphs into letters that carry it."""
    with app.test_request_context():
        form = Note(MultiDict({"words": "a\r\n\r\nb", "story": "a\r\n\r\nb"}))
        assert (form.words.data, form.story.data) == ("a b", "a\n\nb")
