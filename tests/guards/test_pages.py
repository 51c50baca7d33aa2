"""The judge of pages refuses what it should, and lets a good page pass."""

import pytest

from tests.pages import assert_page_is_well_formed, assert_part_is_well_formed

GOOD = """<!doctype html><html lang="vi"><head><title>Giỏ hàng</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/a.css">
<script src="/static/a.js" defer></script><script type="application/ld+json">{}</script></head>
<body><main><h1>Giỏ hàng</h1><p>Hai món</p><img src="/a.webp" alt="" width="1" height="1">
<form action="/gio-hang" method="post"><input type="hidden" name="csrf_token" value="x">
<label for="n">Số lượng</label><input id="n" name="n"><button>Cập nhật</button></form>
<a href="/">Về chợ</a><svg><path d="M0"/></svg><br></main></body></html>"""

BROKEN = {
    "says no lang": ('<html lang="vi">', "<html>"),
    "no <title>": ("<title>Giỏ hàng</title>", ""),
    "0 <h1>": ("<h1>Giỏ hàng</h1>", ""),
    "2 <h1>": ("<p>Hai món</p>", "<h1>Hai</h1>"),
    "not exactly one <main>": ("<p>Hai món</p>", "<main>Hai</main>"),
    "no viewport": ('<meta name="viewport" content="width=device-width">', ""),
    "has no label": ('<label for="n">Số lượng</label>', ""),
    "which is not there": ('for="n"', 'for="m"'),
    "has no action": ('action="/gio-hang"', ""),
    "has method dialog": ('method="post"', 'method="dialog"'),
    "posts without csrf_token": ('name="csrf_token"', 'name="token"'),
    "csrf_token into the address": ('method="post"', ""),
    "without enctype": ("<button>", '<input type="file" aria-label="Ảnh"><button>'),
    "holds another form": ("<button>", '<form action="/"></form><button>'),
    "described by what is not there": ('name="n"', 'aria-describedby="x"'),
    "an inline <script>": ("<p>Hai món</p>", "<script>alert(1)</script>"),
    "an inline <style>": ("<p>Hai món</p>", "<style>p{}</style>"),
    "style= on": ("<p>", '<p style="color:red">'),
    "onclick= on": ("<button>", '<button onclick="x()">'),
    "loads from another machine": ("/static/a.js", "https://cdn.example/a.js"),
    "has no alt": ('alt=""', ""),
    "has no width and height": ('width="1"', ""),
    "a link leads nowhere": ('href="/"', 'href="#"'),
    "has no words": ("Cập nhật", ""),
    "the link to / has no words": ("Về chợ", ""),
    "the id n is there 2 times": ("<p>Hai món</p>", '<p id="n">Hai</p>'),
    "left over in the text": ("Hai món", "None"),
    "left over in the text: '%(n)s": ("Hai món", "%(n)s món"),
    "is never closed": ("</body></html>", ""),
    "</p> closes": ("<p>Hai món</p>", "<p><b>Hai</p>"),
    "not in NFC": ("Hai món", "Hai mo\u0301n"),
}


def test_a_good_page_passes():
    assert_page_is_well_formed(GOOD)


@pytest.mark.parametrize("fault", BROKEN)
def test_each_fault_is_seen(fault):
    old, new = BROKEN[fault]
    assert old in GOOD
    with pytest.raises(AssertionError, match="the page has faults") as refusal:
        assert_page_is_well_formed(GOOD.replace(old, new, 1))
    assert fault in str(refusal.value)


def test_a_part_needs_no_title_but_labels():
    assert_part_is_well_formed("<p>Hai món</p>")
    with pytest.raises(AssertionError, match="has no label"):
        assert_part_is_well_formed('<input name="q">')
