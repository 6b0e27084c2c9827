"""Shows the page on which a person chooses an account and what to allow."""

import functools
from collections.abc import Iterable, Sequence

import jinja2

from bot.sandbox.google.scopes import MEANINGS
from bot.sandbox.google.state import Account

_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Sign in - Google Accounts (stand-in)</title>
<style>
body { font: 16px/1.5 sans-serif; background: #f0f4f9; color: #1f1f1f }
main { max-width: 34rem; margin: 3rem auto; padding: 2rem; background: #fff; border-radius: 1rem }
fieldset { border: 0; padding: 0; margin: 0 0 1.5rem } legend { font-weight: bold; margin-bottom: .5rem }
label { display: block; padding: .35rem 0 } small { color: #5f6368 }
button { font: inherit; padding: .5rem 1.5rem; border-radius: 1.2rem; border: 1px solid #0b57d0 }
button[value=allow] { background: #0b57d0; color: #fff } button[value=deny] { background: #fff; color: #0b57d0 }
</style></head>
<body><main>
<h1>An app wants access to your Google Account</h1>
<p><small>This is a stand-in for Google. No account of yours is involved.</small></p>
<form method="post" action="{{ action }}">
{% for name, value in parameters %}<input type="hidden" name="{{ name }}" value="{{ value }}">
{% endfor %}
<fieldset><legend>Choose an account</legend>
{% for account in accounts %}<label><input type="radio" name="account" value="{{ account.address }}"
{%- if account.address == chosen %} checked{% endif %}> {{ account.name }}
<small>{{ account.address }}</small></label>
{% endfor %}</fieldset>
<fieldset><legend>Select what the app can access</legend>
{% for scope in scopes %}<label><input type="checkbox" name="granted" value="{{ scope }}" checked>
{{ meanings[scope] }}</label>
{% endfor %}</fieldset>
<button name="decision" value="deny">Cancel</button>
<button name="decision" value="allow">Continue</button>
</form>
</main></body></html>
"""

_REFUSAL = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Error 400</title></head>
<body><h1>Access blocked</h1><p>{{ description }}</p><p>Error {{ status }}: {{ error }}</p></body></html>
"""


def consent_page(
    action: str,
    parameters: Iterable[tuple[str, str]],
    accounts: Sequence[Account],
    scopes: Sequence[str],
    chosen: str | None,
) -> str:
    """The page; its form brings back `parameters`, with `account`, `granted` (repeated) and `decision`."""
    first = accounts[0].address if accounts else None
    known = {account.address for account in accounts}
    return _templates()["page"].render(
        action=action,
        parameters=list(parameters),
        accounts=accounts,
        scopes=scopes,
        meanings=MEANINGS,
        chosen=chosen if chosen in known else first,
    )


def refusal_page(status: int, error: str, description: str) -> str:
    """The page that ends it: Google sends nobody back to a client that asks wrongly."""
    return _templates()["refusal"].render(status=status, error=error, description=description)


@functools.cache
def _templates() -> dict[str, jinja2.Template]:
    environment = jinja2.Environment(autoescape=True)
    return {"page": environment.from_string(_PAGE), "refusal": environment.from_string(_REFUSAL)}
