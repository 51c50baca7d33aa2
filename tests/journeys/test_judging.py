"""The judge of the journeys sees what it is there to see."""

from tests.journeys.judging import Complaints, faults

GOOD = "<!doctype html><html lang='vi'><title>Chợ</title><main><h1>Chợ</h1>{}</main></html>"


def judged(new_visitor, body: str) -> str:
    """Return what is found on a page with this in it."""
    page = new_visitor().page
    complaints = Complaints(page)
    page.set_content(GOOD.format(body))
    return "\n".join(faults(page, complaints, scripts=True))


def test_a_good_page_has_no_fault(new_visitor):
    assert judged(new_visitor, "<p>Mật ong</p>") == ""


def test_the_judge_sees_a_picture_without_words(new_visitor):
    assert "axe image-alt" in judged(new_visitor, "<img src='data:image/gif;base64,R0lGOD'>")


def test_the_judge_sees_faint_words(new_visitor):
    assert "axe color-contrast" in judged(new_visitor, "<p style='color: #ccc'>Mật ong</p>")


def test_the_judge_sees_what_is_wider_than_a_phone(new_visitor):
    found = judged(new_visitor, "<p class='wide' style='width: 500px'>Mật ong</p>")
    assert 'wider than the screen: <p class="wide">' in found


def test_the_judge_hears_a_broken_script_and_a_breach_of_the_content_policy(new_visitor):
    assert "script: broken" in judged(new_visitor, "<script>throw new Error('broken')</script>")
    lan = new_visitor().go("/")
    lan.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"top: 0\">')")
    assert "Content Security Policy" in "\n".join(faults(lan.page, lan.complaints, scripts=True))
