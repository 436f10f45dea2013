"""A picture handed in beside a comment: looked at before it is believed."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.conftest import Visit
from tests.browser.town import Town, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("town")]


def test_a_file_that_lies_about_what_it_is_is_refused_in_words(
    town: Town, visit: Visit, tmp_path: Path
) -> None:
    lie = tmp_path / "bild.png"
    lie.write_bytes(b"<html><script>alert(1)</script></html>" * 40)
    anna = visit(town, "Anna")
    page = anna.go("/inkorg/ny/")
    page.locator('[name="channel"]').select_option(label="Badhuset")
    page.locator('[name="text"]').fill("En text med bild")
    page.locator('[name="author"]').fill("Åsa")
    page.locator('[name="picture"]').set_input_files(lie)
    anna.submit()

    assert page.locator(".ds-error-summary").is_visible()
    assert page.locator('[name="text"]').input_value() == "En text med bild"
    sql = "SELECT count(*) FROM inbox_item WHERE text = 'En text med bild'"
    assert town.value(sql) == 0


def test_a_picture_that_is_one_is_shown_beside_the_text(
    town: Town, visit: Visit, tmp_path: Path
) -> None:
    data = BytesIO()
    Image.new("RGB", (400, 300), "teal").save(data, "JPEG")
    picture = tmp_path / "bild.jpg"
    picture.write_bytes(data.getvalue())
    anna = visit(town, "Anna")
    page = anna.go("/inkorg/ny/")
    page.locator('[name="channel"]').select_option(label="Badhuset")
    page.locator('[name="text"]').fill("En text med riktig bild")
    page.locator('[name="author"]').fill("Åsa")
    page.locator('[name="picture"]').set_input_files(picture)
    anna.submit()
    shot = page.locator("img.shot")
    page.locator("summary").filter(has_text="Skärm").click()
    shot.wait_for()
    assert wait_for(lambda: shot.evaluate("(e) => e.naturalWidth")) == 400
