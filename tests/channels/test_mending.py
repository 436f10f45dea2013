"""Each finding about a channel leads to the page and the place that puts it right."""

import pytest

from tests.channels.conftest import SignIn
from tests.conftest import LONG_AGO
from uppsikt.channels import mending
from uppsikt.channels.models import Channel
from uppsikt.checks import CHECKS
from uppsikt.governance import rules
from uppsikt.governance.models import User
from uppsikt.policy.guideline import About, Guideline
from uppsikt.policy.verdict import Finding, Outcome, Verdict


def finding(name: str, guideline: Guideline) -> Finding:
    """Return a failing finding by the control that uses the check called `name`."""
    found = (c for c in guideline.about(About.CHANNEL) if c.check == name)
    return Finding(next(found), Verdict(Outcome.NOT_MET), guideline.id)


def test_no_place_is_told_for_a_check_that_is_not_there() -> None:
    assert set(mending.PLACES) - set(CHECKS[About.CHANNEL]) == set()


@pytest.mark.parametrize("name", sorted(mending.PLACES))
def test_each_place_is_a_page_with_that_part(
    name: str, signed_in: SignIn, library_channel: Channel, anna_user: User
) -> None:
    guideline = rules.in_force(LONG_AGO)
    place = mending.place_of(finding(name, guideline), library_channel)

    path, _, part = place.partition("#")
    page = signed_in(anna_user).get(path)

    assert page.status_code == 200
    assert not part or f'id="{part}"' in page.content.decode()


def test_a_demand_that_is_not_met_leads_there_from_the_card(
    signed_in: SignIn, library_channel: Channel, anna_user: User
) -> None:
    library_channel.access_holders.all().delete()

    page = signed_in(anna_user).get(f"/kanal/{library_channel.pk}/").content.decode()

    assert f'href="/kanal/{library_channel.pk}/#access-now"' in page
