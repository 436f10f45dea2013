"""Every address of the program, with what to fill it in with and who may open it.

A new page needs a row here; the tests fail until it has one.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum, auto

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.web.belongings import World


class Whose(StrEnum):
    """Who may open an address."""

    ANYBODY = auto()  # without signing in
    OWN = auto()  # everybody signed in, each with their own content
    SOME = auto()  # those whose roles reach it


Sample = tuple[Whose, Callable[[World], Mapping[str, object]]]


def nothing(world: World) -> Mapping[str, object]:
    return {}


def anna(world: World) -> Mapping[str, object]:
    return {"pk": world.anna.pk}


def unit(world: World) -> Mapping[str, object]:
    return {"pk": world.channel.node.parent_id}


def channel(world: World) -> Mapping[str, object]:
    return {"pk": world.channel.pk}


def risk(world: World) -> Mapping[str, object]:
    return {"pk": world.risk.pk}


def site(world: World) -> Mapping[str, object]:
    return {"site": world.channel.site}


def found(world: World) -> Mapping[str, object]:
    return {"pk": world.found.pk}


def feedback(world: World) -> Mapping[str, object]:
    return {"pk": world.feedback.pk}


def notice(world: World) -> Mapping[str, object]:
    return {"pk": world.channel.start_notices.earliest("pk").pk}


def handover(world: World) -> Mapping[str, object]:
    return {"pk": world.channel.handovers.earliest("pk").pk}


def order(world: World) -> Mapping[str, object]:
    return {"pk": world.channel.orders.earliest("pk").pk}


def item(world: World) -> Mapping[str, object]:
    return {"pk": world.version.item_id}


def outgoing(world: World) -> Mapping[str, object]:
    return {"pk": world.outgoing.pk}


def case(world: World) -> Mapping[str, object]:
    return {"pk": world.case.pk}


def card_change(world: World) -> Mapping[str, object]:
    return {"pk": world.card_change.pk}


def exemption(world: World) -> Mapping[str, object]:
    return {"pk": world.exemption.pk}


def adoption(world: World) -> Mapping[str, object]:
    return {"pk": world.proposal.base_id}


def proposal(world: World) -> Mapping[str, object]:
    return {"pk": world.proposal.pk}


def local(world: World) -> Mapping[str, object]:
    return {"pk": world.local.pk}


ON_A_CARD = """
channel-pause channel-resume channel-wind_down channel-keep channel-close channel-edit
channel-rename channel-appoint channel-access
"""
SAMPLES: dict[str, Sample] = {
    "home": (Whose.OWN, nothing),
    "channel-list": (Whose.ANYBODY, nothing),
    "card-changes": (Whose.OWN, nothing),
    "card-publish": (Whose.SOME, card_change),
    "card-refuse": (Whose.SOME, card_change),
    "card-recall": (Whose.SOME, card_change),
    "channel-list-json": (Whose.ANYBODY, nothing),
    "channel-list-csv": (Whose.ANYBODY, nothing),
    "channel-list-excel": (Whose.ANYBODY, nothing),
    "channel-list-jsonld": (Whose.ANYBODY, nothing),
    "channel-feed": (Whose.ANYBODY, nothing),
    "channel-excerpt": (Whose.ANYBODY, nothing),
    "channel-embedding": (Whose.ANYBODY, nothing),
    "dcat": (Whose.ANYBODY, nothing),
    "trust": (Whose.ANYBODY, nothing),
    "trust-well-known": (Whose.ANYBODY, nothing),
    "api-channels": (Whose.ANYBODY, nothing),
    "api-channel": (Whose.ANYBODY, lambda w: {"slug": w.channel.slug}),
    "api-closed-channels": (Whose.ANYBODY, nothing),
    "api-checks": (Whose.ANYBODY, nothing),
    "api-platforms": (Whose.ANYBODY, nothing),
    "api-departments": (Whose.ANYBODY, nothing),
    "api-changes": (Whose.ANYBODY, nothing),
    "api-info": (Whose.ANYBODY, nothing),
    "api-contract": (Whose.ANYBODY, nothing),
    "api-nothing": (Whose.ANYBODY, lambda _: {"rest": "v1/finns-inte"}),
    "channel-public": (Whose.ANYBODY, lambda w: {"slug": w.channel.slug}),
    "check": (Whose.ANYBODY, nothing),
    "check-report": (Whose.ANYBODY, nothing),
    "suggest": (Whose.ANYBODY, nothing),
    "receipt": (Whose.ANYBODY, nothing),
    "found-accounts": (Whose.OWN, nothing),
    "found-account": (Whose.SOME, found),
    "found-act": (Whose.SOME, lambda w: {"pk": w.found.pk, "name": "condemn"}),
    "feedback-list": (Whose.OWN, nothing),
    "feedback": (Whose.SOME, feedback),
    "feedback-handle": (Whose.SOME, feedback),
    "feedback-hand-over": (Whose.SOME, feedback),
    "channels": (Whose.OWN, nothing),
    "channel-apply": (Whose.OWN, nothing),
    "channel-export": (Whose.OWN, lambda _: {"kind": "csv"}),
    "channel-import": (Whose.SOME, nothing),
    "channel-import-sheet": (Whose.SOME, lambda _: {"name": "mall"}),
    "channel-import-show": (Whose.SOME, lambda w: {"pk": w.imported.pk}),
    "channel-import-undo": (Whose.SOME, lambda w: {"pk": w.imported.pk}),
    "channel-import-discard": (Whose.SOME, lambda w: {"pk": w.imported.pk}),
    "channel-strike": (Whose.SOME, channel),
    "channel": (Whose.SOME, channel),
    "channel-withdraw": (Whose.SOME, channel),
    "channel-approve": (Whose.SOME, channel),
    "channel-decline": (Whose.SOME, channel),
    "channel-launch": (Whose.SOME, channel),
    "channel-regularise": (Whose.SOME, channel),
    "channel-enter": (Whose.SOME, nothing),
    "platforms": (Whose.OWN, nothing),
    "channel-decision": (Whose.SOME, channel),
    "channel-decision-page": (Whose.SOME, channel),
    "channel-decision-pdf": (Whose.SOME, channel),
    "start_notice-receive": (Whose.SOME, notice),
    "start_notice-escalate": (Whose.SOME, notice),
    "start_notice-settle": (Whose.SOME, notice),
    "handover-give": (Whose.SOME, channel),
    "handover-confirm": (Whose.SOME, handover),
    "handover-recall": (Whose.SOME, handover),
    "order-give": (Whose.SOME, channel),
    "order": (Whose.SOME, order),
    "order-page": (Whose.SOME, order),
    "order-pdf": (Whose.SOME, order),
    "order-carry_out": (Whose.SOME, order),
    "order-withdraw": (Whose.SOME, order),
    **dict.fromkeys(ON_A_CARD.split(), (Whose.SOME, channel)),
    "channel-access-end": (
        Whose.SOME,
        lambda w: {"pk": w.channel.pk, "holder": w.holder.pk},
    ),
    "channel-attest": (Whose.SOME, lambda w: {"pk": w.channel.pk, "fact": "resources"}),
    "channel-people": (Whose.SOME, channel),
    "channel-authorise": (Whose.SOME, channel),
    "channel-authorisation-end": (
        Whose.SOME,
        lambda w: {"pk": w.channel.pk, "row": w.authorisation.pk},
    ),
    "channel-two-factor": (Whose.SOME, channel),
    "channel-recovery": (Whose.SOME, channel),
    "channel-certificate": (Whose.SOME, channel),
    "channel-self-check": (Whose.SOME, channel),
    "channel-timeline": (Whose.SOME, channel),
    "leavers": (Whose.OWN, nothing),
    "access-revoke": (Whose.SOME, lambda w: {"pk": w.holder.pk}),
    "risks": (Whose.OWN, nothing),
    "risk-begin": (Whose.SOME, nothing),
    "risk-new": (Whose.SOME, nothing),
    "risk": (Whose.SOME, risk),
    "risk-weigh": (Whose.SOME, risk),
    "risk-close": (Whose.SOME, risk),
    "risk-measure": (Whose.SOME, risk),
    "measure-take-on": (Whose.SOME, lambda w: {"pk": w.measure.pk}),
    "measure-done": (Whose.SOME, lambda w: {"pk": w.measure.pk}),
    "platform": (Whose.OWN, site),
    "platform-sign": (Whose.SOME, site),
    "platform-arrange": (Whose.SOME, site),
    "platform-screen": (Whose.SOME, site),
    "platform-advise": (Whose.SOME, site),
    "absences": (Whose.OWN, nothing),
    "absence-enter": (Whose.OWN, nothing),
    "absence-today": (Whose.OWN, nothing),
    "absence-withdraw": (Whose.SOME, lambda w: {"pk": w.absence.pk}),
    "channel-connect": (Whose.SOME, channel),
    "channel-disconnect": (Whose.SOME, channel),
    "channel-profile": (Whose.SOME, channel),
    "channel-profile-look": (Whose.SOME, channel),
    "channel-profile-seen": (Whose.SOME, channel),
    "channel-profile-own": (Whose.SOME, channel),
    "channel-profile-prove": (Whose.SOME, channel),
    "channel-profile-picture": (
        Whose.SOME,
        lambda w: {"pk": w.channel.pk, "reading": w.reading.pk},
    ),
    "channel-reviews": (Whose.OWN, nothing),
    "channel-review": (Whose.SOME, channel),
    "channel-review-view": (Whose.SOME, channel),
    "channel-last-post": (Whose.SOME, channel),
    "channel-keep-silent": (Whose.SOME, channel),
    "closing": (Whose.SOME, channel),
    "closing-plan": (Whose.SOME, channel),
    "closing-done": (Whose.SOME, channel),
    "closing-consult": (Whose.SOME, channel),
    "closing-farewell": (Whose.SOME, channel),
    "closing-posted": (Whose.SOME, channel),
    "closing-picture": (Whose.SOME, channel),
    "closing-picture-file": (Whose.SOME, channel),
    "compliance": (Whose.OWN, nothing),
    "exemptions": (Whose.OWN, nothing),
    "exemption-ask": (
        Whose.SOME,
        lambda w: {"node": w.channel.node_id, "control": "6-visual-identity"},
    ),
    "exemption": (Whose.SOME, exemption),
    "exemption-grant": (Whose.SOME, exemption),
    "exemption-refuse": (Whose.SOME, exemption),
    "exemption-end": (Whose.SOME, exemption),
    "inbox": (Whose.OWN, nothing),
    "item": (Whose.SOME, item),
    "item-answer": (Whose.SOME, item),
    "item-promise": (Whose.SOME, item),
    "item-pass-by": (Whose.SOME, item),
    "item-reopen": (Whose.SOME, item),
    "item-claim": (Whose.SOME, item),
    "item-release": (Whose.SOME, item),
    "item-picture": (Whose.SOME, lambda w: {"pk": w.version.pk}),
    "item-new": (Whose.OWN, nothing),
    "outgoing-stop": (Whose.SOME, outgoing),
    "outgoing-retry": (Whose.SOME, outgoing),
    "outgoing-post": (Whose.SOME, outgoing),
    "outgoing-vouch": (Whose.SOME, outgoing),
    "outgoing-declare-lost": (Whose.SOME, outgoing),
    "outgoing-approve": (Whose.SOME, outgoing),
    "outgoing-send-back": (Whose.SOME, outgoing),
    "approvals": (Whose.OWN, nothing),
    "watch": (Whose.OWN, nothing),
    "watch-tick-all": (Whose.OWN, nothing),
    "watch-channel": (Whose.SOME, channel),
    "watch-tick": (Whose.SOME, channel),
    "watch-undo": (Whose.SOME, lambda w: {"pk": w.tick.pk}),
    "cases": (Whose.OWN, nothing),
    "case-new": (Whose.OWN, nothing),
    "case-new-special": (Whose.OWN, nothing),
    "case": (Whose.SOME, case),
    "case-seclude": (Whose.SOME, case),
    "case-move": (Whose.SOME, lambda w: {"pk": w.case.pk, "name": "leave_up"}),
    "case-decide": (Whose.SOME, case),
    "case-notify": (Whose.SOME, case),
    "case-cannot-notify": (Whose.SOME, case),
    "case-order-report": (Whose.SOME, case),
    "case-posted": (Whose.SOME, case),
    "case-report": (Whose.SOME, case),
    "case-upload": (Whose.SOME, case),
    "case-prove": (Whose.SOME, case),
    "case-annotate": (Whose.SOME, case),
    "case-package": (Whose.SOME, case),
    "evidence-file": (Whose.SOME, lambda w: {"pk": w.evidence.pk}),
    "package": (Whose.SOME, lambda w: {"pk": w.package.pk}),
    "registrations": (Whose.OWN, nothing),
    "register": (Whose.SOME, lambda w: {"pk": w.registration.pk}),
    "register-many": (Whose.OWN, nothing),
    "preferences": (Whose.OWN, nothing),
    "guideline": (Whose.OWN, nothing),
    "responsibilities": (Whose.OWN, nothing),
    "guideline-read": (Whose.OWN, nothing),
    "guideline-readers": (Whose.SOME, nothing),
    "guideline-reviews": (Whose.OWN, nothing),
    "laws": (Whose.OWN, nothing),
    "law": (Whose.OWN, lambda _: {"name": "bbs"}),
    "guideline-versions": (Whose.OWN, nothing),
    "guideline-version": (Whose.OWN, adoption),
    "guideline-file": (Whose.OWN, adoption),
    "guideline-text": (Whose.OWN, adoption),
    "guideline-upload": (Whose.SOME, adoption),
    "proposals": (Whose.SOME, nothing),
    "proposal-new": (Whose.SOME, nothing),
    "proposal": (Whose.SOME, proposal),
    "proposal-file": (Whose.SOME, proposal),
    "proposal-why": (Whose.SOME, proposal),
    "proposal-upload": (Whose.SOME, proposal),
    "proposal-values": (Whose.SOME, proposal),
    "proposal-value": (
        Whose.SOME,
        lambda w: {"pk": w.proposal.pk, "name": "send_delay"},
    ),
    "proposal-decide": (Whose.SOME, proposal),
    "proposal-effects": (Whose.SOME, proposal),
    "proposal-move": (Whose.SOME, lambda w: {"pk": w.proposal.pk, "name": "propose"}),
    "local-decisions": (Whose.OWN, nothing),
    "local-decision": (Whose.SOME, local),
    "local-document": (Whose.SOME, local),
    "local-end": (Whose.SOME, local),
    "local-new": (
        Whose.SOME,
        lambda w: {"node": w.channel.node.parent_id, "kind": "routine"},
    ),
    "description": (Whose.OWN, nothing),
    "description-file": (
        Whose.OWN,
        lambda w: {"pk": w.proposal.node_id, "form": "txt"},
    ),
    "help": (Whose.OWN, nothing),
    "help_page": (Whose.OWN, lambda _: {"name": "kom-igang"}),
    "people": (Whose.SOME, nothing),
    "invite": (Whose.SOME, nothing),
    "person": (Whose.SOME, anna),
    "assign": (Whose.SOME, anna),
    "reset_factor": (Whose.SOME, anna),
    "deactivate": (Whose.SOME, anna),
    "describe": (Whose.SOME, anna),
    "organisation": (Whose.SOME, nothing),
    "place": (Whose.SOME, unit),
    "place-add": (Whose.SOME, unit),
    "place-rename": (Whose.SOME, unit),
    "place-close": (Whose.SOME, unit),
    "end_assignment": (Whose.SOME, lambda w: {"pk": w.role.pk}),
    "alive": (Whose.ANYBODY, nothing),
    "ready": (Whose.ANYBODY, nothing),
    "accept": (Whose.ANYBODY, lambda w: {"token": w.token}),
    "demo_signin": (Whose.ANYBODY, anna),
    "account_login": (Whose.ANYBODY, nothing),
    "account_logout": (Whose.ANYBODY, nothing),
    "account_inactive": (Whose.ANYBODY, nothing),
    "account_signup": (Whose.ANYBODY, nothing),
    "account_reauthenticate": (Whose.OWN, nothing),
    "account_change_password": (Whose.OWN, nothing),
    "account_set_password": (Whose.OWN, nothing),
    "account_reset_password": (Whose.ANYBODY, nothing),
    "account_reset_password_done": (Whose.ANYBODY, nothing),
    "account_reset_password_from_key": (
        Whose.ANYBODY,
        lambda _: {"uidb36": "1", "key": "x"},
    ),
    "account_reset_password_from_key_done": (Whose.ANYBODY, nothing),
    "openid_connect_login": (Whose.ANYBODY, lambda _: {"provider_id": "kommunen"}),
    "openid_connect_callback": (Whose.ANYBODY, lambda _: {"provider_id": "kommunen"}),
    "mfa_index": (Whose.OWN, nothing),
    "mfa_authenticate": (Whose.ANYBODY, nothing),
    "mfa_reauthenticate": (Whose.OWN, nothing),
    "mfa_activate_totp": (Whose.OWN, nothing),
    "mfa_deactivate_totp": (Whose.OWN, nothing),
    "mfa_list_webauthn": (Whose.OWN, nothing),
    "mfa_add_webauthn": (Whose.OWN, nothing),
    "mfa_login_webauthn": (Whose.ANYBODY, nothing),
    "mfa_reauthenticate_webauthn": (Whose.OWN, nothing),
    "mfa_edit_webauthn": (Whose.OWN, lambda _: {"pk": 0}),
    "mfa_remove_webauthn": (Whose.OWN, lambda _: {"pk": 0}),
    "mfa_view_recovery_codes": (Whose.OWN, nothing),
    "mfa_generate_recovery_codes": (Whose.OWN, nothing),
    "mfa_download_recovery_codes": (Whose.OWN, nothing),
}


def names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Yield the name of every address; one without a name by its pattern."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{one.namespace}:" if one.namespace else ""
            yield from names(one, prefix + inner)
        elif isinstance(one, URLPattern):
            yield prefix + (one.name or str(one.pattern))


def those(*whose: Whose) -> list[str]:
    """Return the names of the addresses that are open to `whose`."""
    return [name for name, (open_to, _) in SAMPLES.items() if open_to in whose]


def path(name: str, world: World) -> str:
    """Return the address called `name`, filled in."""
    return reverse(name, kwargs=dict(SAMPLES[name][1](world)))
