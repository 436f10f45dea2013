"""Walk the program as a visitor does: from link to link, once to each kind of page."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import (
    Resolver404,
    URLPattern,
    URLResolver,
    get_resolver,
    resolve,
)

from tests.browser.browsing import Visitor
from tests.browser.looking import Findings, examine, is_new
from tests.browser.reading import Read, read

MISSING = frozenset({"/nej/"})
FILES = """
alive answer-times api-changes api-channel api-channels api-checks api-closed-channels
api-contract api-departments api-info api-nothing api-platforms channel-decision-page
channel-decision-pdf channel-export channel-feed channel-import-sheet channel-list-csv
channel-list-excel channel-list-json channel-list-jsonld channel-profile-picture
closing-picture-file dcat description-file evidence-file guideline-file guideline-text
item-picture item-writers languages-file local-document message-picture
mfa_download_recovery_codes modules-file order-page order-pdf own-picture-look
own-picture-take package proposal-file ready rota-feed samples-file statistics-file
trust trust-well-known watch-gaps-file watch-proof
"""
POSTED = """
absence-enter absence-today absence-withdraw access-revoke assign card-publish
card-recall card-refuse case-annotate case-cannot-notify case-decide case-move
case-notify case-order-report case-package case-posted case-prove case-report
case-upload channel-access channel-access-end channel-appoint channel-approve
channel-attest channel-authorisation-end channel-authorise channel-certificate
channel-close channel-connect channel-decline channel-disconnect channel-edit
channel-import-discard channel-import-undo channel-keep channel-keep-silent
channel-last-post channel-launch channel-pause channel-profile-look channel-profile-own
channel-profile-prove channel-profile-seen channel-recovery channel-resume
channel-review-view channel-strike channel-two-factor channel-wind_down channel-withdraw
closing-consult closing-done closing-farewell closing-picture closing-plan
closing-posted conversation-seal crisis-off deactivate demo_signin describe
end_assignment exemption-end exemption-grant exemption-refuse feedback-hand-over
feedback-handle found-act guideline-read guideline-upload handover-confirm handover-give
handover-recall inbox-undo item-answer item-assign item-check item-claim
item-draft-discard item-go-on item-merge item-note item-part item-pass-by item-pause
item-promise item-release item-reopen item-snooze item-wake lapse-correct local-end
measure-done message-reconsider order-carry_out order-give order-withdraw
outgoing-approve outgoing-declare-lost outgoing-post outgoing-retry outgoing-send-back
outgoing-stop outgoing-vouch own-picture-clear own-picture-weed place-add place-close
place-rename platform-advise platform-arrange platform-screen platform-sign
proposal-move proposal-upload register register-many reset_factor risk-begin risk-close
risk-measure risk-weigh rota-answer rota-ask rota-days rota-feed-begin rota-feed-end
rota-week sample-follow samples-draw signal-dismiss signal-show signal-silence
signal-take-back start_notice-escalate start_notice-receive start_notice-settle
watch-go-on watch-tick watch-tick-all watch-undo
"""
NO_PAGES = frozenset((FILES + POSTED).split())
A_KIND = 2
"""How many pages with the same name are opened: a list's rows differ in their state."""


def walk(visitor: Visitor, findings: Findings, *starts: str) -> set[str]:
    """Read every page that links lead to from `starts`; return the names met.

    A page is read as it is sent, and opened in the browser when a part of it is new. An
    address that a form is sent to is met, and not sent to; a file is met, and not read.
    """
    counts: dict[str, int] = {}
    passed: set[str] = set()
    waiting = list(starts)
    met = set(starts)
    while waiting:
        path = waiting.pop(0)
        name = named(path)
        if name is None or name in NO_PAGES or counts.get(name, 0) >= A_KIND:
            continue
        counts[name] = counts.get(name, 0) + 1
        page = _sent(visitor, path, findings)
        if page is None:
            continue
        passed.update(filter(None, map(named, page.forms)))
        # A page of another name is another page, even of the same parts.
        page.kinds.add(f"page {name}")
        if is_new(page, path, findings):
            _look(visitor, path, findings)
        new = [link for link in _ours(visitor, page) if link not in met]
        met.update(new)
        waiting += new
    return passed.union(counts)


def named(path: str) -> str | None:
    """Return the name of the address, or None where it leads nowhere of ours."""
    try:
        return resolve(urlsplit(path).path).url_name
    except Resolver404:
        return None


def _sent(visitor: Visitor, path: str, findings: Findings) -> Read | None:
    """Fetch a page, or None where it is a file, or none that the walker may see."""
    answer = visitor.context.request.get(visitor.town.url + path)
    if not answer.ok and path not in MISSING:
        findings.noise.append(f"{path} answers {answer.status}")
        return None
    if not answer.headers["content-type"].startswith("text/html"):
        return None
    return read(answer.text(), answer.url)


def _look(visitor: Visitor, path: str, findings: Findings) -> None:
    visitor.go(path)
    examine(visitor.page, findings)
    findings.noise += visitor.seen.told()


def _ours(visitor: Visitor, page: Read) -> Iterator[str]:
    """Yield where the page leads within the program."""
    ours = urlsplit(visitor.town.url).netloc
    for address in page.links:
        parts = urlsplit(address)
        if parts.netloc == ours and parts.scheme.startswith("http"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def names_of_pages() -> set[str]:
    """Return the name of every address that answers with a page."""
    return set(names()) - NO_PAGES


def names(resolver: URLResolver | None = None) -> Iterator[str]:
    """Yield the name of every address."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one)
        elif isinstance(one, URLPattern):
            yield one.name or str(one.pattern)
