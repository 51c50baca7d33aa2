"""A buyer finds what she wants, typed as people type on a phone."""

from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory
from tests.journeys.conftest import DESK
from tests.stalls.factories import BA_DINH, StallFactory


def honey(name: str, stars: int, price_vnd: int, **more) -> None:
    """Put honey with a certificate on the shelf."""
    product = ProductFactory(name=name, packs__price_vnd=price_vnd, **more)
    CertificateFactory(product=product, stars=stars)


def names(visitor) -> list[str]:
    """Return the goods on the page in their order."""
    return visitor.page.locator(".product-card__name").all_inner_texts()


def test_a_buyer_finds_goods_without_accents_and_narrows_them_down(new_visitor, live):
    city = StallFactory(commune_code=BA_DINH)
    honey("Mật ong bạc hà", stars=4, price_vnd=190_000)
    honey("Mật ong bạc hà già", stars=3, price_vnd=120_000)
    honey("Mật ong bạc hà phố cổ", stars=4, price_vnd=150_000, stall=city)
    honey("Mật ong bạc hà rừng đá", stars=4, price_vnd=160_000)
    ProductFactory(name="Gạo nếp nương")
    live.work()
    lan = new_visitor(DESK).go("/").fill({"Tìm khắp chợ": "mat ong bac ha"}, "header")
    lan.press("Tìm", inside="header").see("4 sản phẩm").miss("Gạo nếp nương")
    lan.unfold("Lọc").fill({"4 sao": True, "Tỉnh, thành": "Tuyên Quang"}).press("Xem sản phẩm")
    assert set(names(lan)) == {"Mật ong bạc hà", "Mật ong bạc hà rừng đá"}
    lan.keep("search").choose_order("Giá tăng dần").see("2 sản phẩm")
    assert names(lan) == ["Mật ong bạc hà rừng đá", "Mật ong bạc hà"]
    lan.press("Bỏ lọc: Tuyên Quang").see("3 sản phẩm")
    assert names(lan)[0] == "Mật ong bạc hà phố cổ"


def test_a_guest_looks_a_product_up_in_the_registry(new_visitor):
    RecognitionEntryFactory(product_name="Chè Shan tuyết mẫu", producer="HTX mẫu Tây Côn Lĩnh")
    RecognitionEntryFactory(product_name="Chè xanh mẫu", decided_on=None, stars=None)
    lan = new_visitor().go("/").press("Danh mục OCOP", inside="footer")
    lan.fill({"Sản phẩm, chủ thể hoặc địa danh": "che shan"}).press("Tìm", inside="main").miss(
        "Chè xanh mẫu"
    )
    lan.press("Chè Shan tuyết mẫu").see("HTX mẫu Tây Côn Lĩnh", "Chưa bán ở đây")
    lan.press("Mở gian hàng", inside="main").see("Đăng nhập")
    lan.go("/danh-muc-ocop").press("Chè xanh mẫu").see("chưa rõ thời hạn")


def test_a_traveller_reads_the_market_in_english_and_in_the_dark(new_visitor, live):
    honey("Mật ong bạc hà", stars=4, price_vnd=190_000)
    live.work()
    ann = new_visitor(color_scheme="dark").go("/").press("English")
    ann.see("Country goods, straight from those who make them").keep("home-english-dark")
    ann.press("Mật ong bạc hà").see("Add to cart", "OCOP 4 stars").press("Add to cart")
    ann.see("It is in your cart.").press("Sign in", inside="header").see("E-mail address")
    ann.press("Tiếng Việt").see("Địa chỉ email")
