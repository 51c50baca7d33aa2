"""The people one can sign in as on the demo floor."""

from typing import NamedTuple

DEMO_PASSWORD = "cho-phien-2026"  # printed on the console, demo floors only


class DemoAccount(NamedTuple):
    """A demo person: address, shown name, and what she is on the floor."""

    email: str
    name: str
    label: str


DEMO_ACCOUNTS = (
    DemoAccount("nguoi-mua@chophien.example", "Người mua mẫu", "người mua"),
    DemoAccount("quan-ly@chophien.example", "Quản lý mẫu", "quản lý gian hàng"),
    DemoAccount("van-hanh@chophien.example", "Vận hành mẫu", "vận hành gian hàng"),
    DemoAccount("can-bo@chophien.example", "Cán bộ mẫu", "cán bộ thẩm định"),
    DemoAccount("can-bo-2@chophien.example", "Cán bộ mẫu thứ hai", "cán bộ thẩm định thứ hai"),
    DemoAccount("dieu-hanh@chophien.example", "Điều hành mẫu", "vận hành sàn"),
    DemoAccount("can-bo-3@chophien.example", "Cán bộ mẫu thứ ba", "cán bộ thẩm định thứ ba"),
    DemoAccount("can-bo-xa@chophien.example", "Cán bộ xã mẫu", "cán bộ xã của gian hàng mẫu"),
)
