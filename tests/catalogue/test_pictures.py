"""Pictures of strangers: rebuilt, upright, without a place; the good are kept, the bad named."""

import io
import struct
import zlib

import pytest
from PIL import Image

from shop.catalogue.models import ProductPicture, ProductStatus
from shop.catalogue.operations.pictures import Upload, add_pictures
from shop.core import files
from shop.core.files import StoredFile
from tests.catalogue.cockpit import HEIC, actions, again, open_goods, photo, upload
from tests.catalogue.factories import PictureFactory, ProductFactory


def a_draft():
    return ProductFactory(status=ProductStatus.DRAFT)


def stored(db):
    return db.session.scalars(db.select(StoredFile).order_by(StoredFile.id)).all()


def bomb(width=30_000, height=30_000):
    """Return a PNG of a few bytes that says it has 900 million pixels."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def turned():
    """Return a JPEG that says: turn me by a quarter, I was taken here."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "MayAnhBiMat"
    exif.get_ifd(0x8825).update({1: "N", 2: (23.0, 16.0, 30.0), 3: "E", 4: (105.0, 21.0, 0.0)})
    return photo(exif=exif)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_of_the_usual_kinds_are_kept(client, db, kind):
    product = a_draft()
    at = open_goods(client, product)
    response = client.post(f"{at}/anh", data=upload((photo(kind), "../../../etc/a.jpg")))
    assert response.status_code == 303
    kept = stored(db)[0]
    assert kept.content_type == "image/webp"
    assert len(kept.name) == 37
    assert files.path_of(kept.name).read_bytes()[:4] == b"RIFF"
    assert actions(again(product)) == ["product.pictures_added"]
    assert kept.name in client.get(f"{at}/anh").text


@pytest.mark.parametrize("data", [turned(), HEIC.read_bytes()], ids=["JPEG", "HEIC"])
def test_a_picture_of_a_phone_is_turned_upright_and_forgets_where(client, db, data):
    product = a_draft()
    at = open_goods(client, product)
    assert b"MayAnhBiMat" in data or b"Phone" in data
    assert client.post(f"{at}/anh", data=upload((data, "IMG_1.HEIC"))).status_code == 303
    kept = stored(db)[0]
    assert kept.height > kept.width
    written = files.path_of(kept.name).read_bytes()
    assert b"EXIF" not in written
    assert b"MayAnhBiMat" not in written
    assert b"Phone" not in written
    with Image.open(io.BytesIO(written)) as picture:
        assert not picture.getexif()
        dark, bright = picture.getpixel((20, 10)), picture.getpixel((20, picture.height - 10))
    assert sum(dark[:3]) < sum(bright[:3])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bomb(), "Ảnh quá lớn"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Không đọc được ảnh này"),
        (b"GIF89a" + b"\0" * 50, "Không đọc được ảnh này"),
        (photo()[:300], "Không đọc được ảnh này"),
        (b"", "trống"),
        (photo(size=(30, 200)), "quá nhỏ"),
    ],
    ids=["bomb", "svg", "gif", "cut", "empty", "tiny"],
)
def test_what_is_no_good_picture_is_named_and_not_kept(client, db, data, words):
    product = a_draft()
    at = open_goods(client, product)
    response = client.post(f"{at}/anh", data=upload((data, "hỏng.jpg")))
    assert response.status_code == 422
    assert "hỏng.jpg" in response.text
    assert words in response.text
    assert stored(db) == []


def test_the_good_ones_are_kept_beside_a_bad_one(client, db):
    product = a_draft()
    at = open_goods(client, product)
    data = upload((photo(), "tốt.jpg"), (b"xin chao", "xấu.jpg"), (photo("PNG"), "cũng tốt.png"))
    response = client.post(f"{at}/anh", data=data)
    assert response.status_code == 422
    assert "xấu.jpg" in response.text
    assert "Đã thêm 2 ảnh" in response.text
    assert len(again(product).pictures) == 2


def test_a_page_hidden_in_a_picture_does_not_come_along(client, db):
    product = a_draft()
    at = open_goods(client, product)
    poison = b"<script>alert(document.cookie)</script><?php system($_GET['x']); ?>"
    client.post(f"{at}/anh", data=upload((photo() + poison, "a.jpg.html")))
    kept = stored(db)[0]
    written = files.path_of(kept.name).read_bytes()
    assert b"script" not in written
    assert b"php" not in written
    answer = client.get(f"/tep/{kept.name}")
    assert answer.mimetype == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_forty_megabytes_are_too_much(client, db):
    product = a_draft()
    at = open_goods(client, product)
    kind = "multipart/form-data; boundary=x"
    response = client.post(f"{at}/anh", data=b"-" * (40 * 1024 * 1024 + 1), content_type=kind)
    assert response.status_code == 413
    assert "quá lớn" in response.text
    assert stored(db) == []


def test_sixteen_megabytes_are_too_much_for_one(db):
    product = a_draft()
    large = Upload("to.jpg", io.BytesIO(b"\0" * (16 * 1024 * 1024)))
    good = Upload("vừa.jpg", io.BytesIO(photo()))
    refused = add_pictures(product.stall_id, product.id, [large, good])
    assert [each.name for each in refused] == ["to.jpg"]
    assert "15 MB" in str(refused[0].message)
    assert len(stored(db)) == 1


def test_nothing_chosen_is_said(client):
    product = a_draft()
    at = open_goods(client, product)
    response = client.post(f"{at}/anh", data={})
    assert response.status_code == 422
    assert "Hãy chọn ít nhất một ảnh" in response.text


def test_there_is_room_for_eight(client):
    product = a_draft()
    for position in range(7):
        PictureFactory(product_id=product.id, position=position)
    at = open_goods(client, product)
    response = client.post(f"{at}/anh", data=upload((photo(), "tám.jpg"), (photo(), "chín.jpg")))
    assert response.status_code == 422
    assert "chín.jpg" in response.text
    assert len(again(product).pictures) == 8


def in_order(product):
    return [shot.file_id for shot in again(product).pictures]


def three(product):
    return [PictureFactory(product_id=product.id, position=n).file_id for n in range(3)]


def test_pictures_are_put_in_order_by_buttons(client):
    product = a_draft()
    first, second, third = three(product)
    at = open_goods(client, product)
    client.post(f"{at}/anh/{third}/len")
    assert in_order(product) == [first, third, second]
    client.post(f"{at}/anh/{first}/xuong")
    assert in_order(product) == [third, first, second]
    client.post(f"{at}/anh/{third}/len")
    assert in_order(product) == [third, first, second]
    assert [shot.position for shot in again(product).pictures] == [0, 1, 2]


def test_a_picture_is_removed_and_the_row_closes(client):
    product = a_draft()
    first, second, third = three(product)
    at = open_goods(client, product)
    assert client.post(f"{at}/anh/{first}/xoa").status_code == 303
    assert in_order(product) == [second, third]
    assert again(product).pictures[0].position == 0
    assert client.post(f"{at}/anh/{first}/xoa").status_code == 404


def test_words_for_those_who_do_not_see(client, db):
    product = a_draft()
    first, *_rest = three(product)
    foreign = PictureFactory(product_id=ProductFactory().id, alt="Của người khác").file_id
    at = open_goods(client, product)
    words = {f"alt-{first}": "  Hũ mật   vàng óng ", f"alt-{foreign}": "Đổi", "alt-x": "?"}
    assert client.post(f"{at}/anh/loi-ta", data=words).status_code == 303
    assert again(product).pictures[0].alt == "Hũ mật vàng óng"
    kept = db.session.scalar(db.select(ProductPicture.alt).where(ProductPicture.file_id == foreign))
    assert kept == "Của người khác"


def test_a_picture_of_another_product_is_not_found(client):
    product = a_draft()
    foreign = PictureFactory(product_id=ProductFactory().id).file_id
    at = open_goods(client, product)
    for deed in ("len", "xuong", "xoa"):
        assert client.post(f"{at}/anh/{foreign}/{deed}").status_code == 404


def test_pictures_of_goods_on_sale_wait_for_a_moderator(client):
    product = ProductFactory()
    shown = PictureFactory(product_id=product.id).file_id
    slug = product.slug
    at = open_goods(client, product)
    client.post(f"{at}/anh", data=upload((photo(), "mới.jpg")))
    kept = again(product)
    assert [shot.file_id for shot in kept.pictures] == [shown]
    assert kept.staged["pictures"][0]["file_id"] == shown
    assert len(kept.staged["pictures"]) == 2
    assert "Trong ảnh 2 có gì?" in client.get(f"{at}/anh").text
    assert client.get(f"/san-pham/{slug}").status_code == 200
    new = kept.staged["pictures"][1]["file_id"]
    client.post(f"{at}/anh/{new}/xoa")
    assert again(product).staged is None


def test_goods_on_sale_keep_their_last_picture(client):
    product = ProductFactory()
    shown = PictureFactory(product_id=product.id).file_id
    at = open_goods(client, product)
    assert client.post(f"{at}/anh/{shown}/xoa").status_code == 409
    assert in_order(product) == [shown]
