"""The page on which an existing account is entered, begun with its address."""

import pytest

from tests.channels.conftest import SignIn
from uppsikt.channels.models import Channel
from uppsikt.governance.models import Node, User

pytestmark = pytest.mark.usefixtures("places")
PAGE = "/kanal/befintlig/"
PASTED = "https://m.facebook.com/Bibblan/posts/1?ref=x"


def test_an_address_that_is_known_already_fills_the_form_in_its_one_spelling(
    kim_user: User, signed_in: SignIn, library: Node
) -> None:
    kim = signed_in(kim_user)
    form = kim.get(PAGE, {"url": PASTED}).context["form"]

    told = {name: form[name].value() for name in ("site", "url", "handle")}
    assert told == {
        "site": "facebook",
        "url": "https://www.facebook.com/bibblan",
        "handle": "bibblan",
    }
    kim.post(PAGE, {**told, "unit": library.pk, "name": "Bibblan"})
    assert Channel.objects.get().url == told["url"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "javascript:alert(1)",
        "https://facebook.com@evil.example/bibblan",
        "https://bit.ly/x",
        "https://torget.example/" + "å" * 200,
    ],
)
def test_a_text_that_tells_no_account_fills_nothing_in(
    kim_user: User, signed_in: SignIn, text: str
) -> None:
    page = signed_in(kim_user).get(PAGE, {"url": text})

    form = page.context["form"]
    assert page.status_code == 200
    assert not any(form[name].value() for name in ("site", "url", "handle"))
