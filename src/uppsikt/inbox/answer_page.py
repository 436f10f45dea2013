"""What a page shows to whoever may answer: boxes, standard answers, what to go by."""

from typing import Any

from django.urls import reverse

from uppsikt.governance import rules
from uppsikt.governance.models import User
from uppsikt.governance.request import Request
from uppsikt.inbox import boxes, drafting, faq, hints, modules
from uppsikt.inbox.answer_forms import PassByForm, PostedForm
from uppsikt.inbox.item_page import ItemPage
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item, Module


def frequent_url(page: ItemPage) -> str:
    """Return where an answered question becomes a frequent one, or ""."""
    it = page.item
    answered = it.status == ItemLife.answered.name and not (it.restricted or it.own)
    if not (answered and it.public and page.may_answer):
        return ""
    return f"{reverse('module-new')}?inlagg={it.pk}"


def forms(request: Request, it: Item, user: User) -> dict[str, Any]:
    """Return the forms for an answer to `it`, and what stands beside them."""
    kept, ready = drafting.own(it, user), list(modules.usable(it, at=request.now))
    guideline = rules.in_force(request.now)
    return {
        **boxes.blank(it, user, request.now, kept),
        "kept_drafts": kept,
        "modules": ready,
        "in_language": [m for m in ready if m.language == it.language],
        **_frequent(request, it, ready),
        "language_policy": hints.of_other_languages(guideline),
        "opened": next((box for box in kept if box != "answer"), ""),
        "pass_form": PassByForm(),
        "posted_form": PostedForm(auto_id="posted-%s"),
        "writing_rules": hints.rules_of_writing(guideline),
        "window": hints.window(it),
    }


def _frequent(request: Request, it: Item, ready: list[Module]) -> dict[str, Any]:
    """Return the frequent questions like it, or those that were looked for."""
    asked = request.GET.get("fraga", "").strip()[:100]
    return {
        "has_faq": any(m.kind == Module.Kind.FAQ for m in ready),
        "faq_asked": asked,
        "faq": faq.holding(asked, ready) if asked else faq.alike(it.text, ready),
    }
