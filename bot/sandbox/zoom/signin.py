"""The pages on which a person signs in to Zoom and says yes or no to an app."""

import functools
from collections.abc import Iterable, Sequence

import jinja2

WAYS = {"password": "Sign In", "sso": "SSO", "apple": "Apple", "google": "Google", "facebook": "Facebook"}

_FRAME = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{% block title %}{% endblock %} - Zoom (stand-in)</title>
<style>
body { font: 16px/1.5 sans-serif; background: #f7f9fa; color: #232333 }
main { max-width: 26rem; margin: 3rem auto; padding: 2rem; background: #fff; border-radius: .75rem }
label { display: block; margin-bottom: .75rem }
input { font: inherit; width: 100%; padding: .4rem; box-sizing: border-box }
small { color: #6e7680 }
button { font: inherit; padding: .5rem 1.25rem; border-radius: .5rem; border: 1px solid #0e71eb; background: #fff;
  margin: 0 .25rem .5rem 0 }
button[value=password], button[value=allow] { background: #0e71eb; color: #fff }
</style></head>
<body><main>
{% block content %}{% endblock %}
</main></body></html>
"""

_SIGN_IN = """{% extends "frame" %}{% block title %}Sign In{% endblock %}{% block content %}
<h1>Sign In</h1>
<p><small>This is a stand-in for Zoom. No account of yours is involved, and any password will do.</small></p>
{% if problem %}<p role="alert">{{ problem }}</p>{% endif %}
<form method="post" action="{{ action }}">
{% for name, value in parameters %}<input type="hidden" name="{{ name }}" value="{{ value }}">
{% endfor %}
<label>Email Address <input name="email" list="people" value="{{ email }}" autocomplete="off"></label>
<datalist id="people">{% for one in people %}<option value="{{ one }}">{% endfor %}</datalist>
<label>Password <input name="password" type="password" autocomplete="off"></label>
<p>{% for way, label in ways.items() %}
<button name="way" value="{{ way }}">{{ label }}</button>{% endfor %}</p>
</form>{% endblock %}"""

_CONSENT = """{% extends "frame" %}{% block title %}Authorize{% endblock %}{% block content %}
<h1>You are about to add {{ app }}</h1>
<p>Signed in as {{ name }} ({{ email }}).</p>
<p>{{ app }} will be able to:</p>
<ul>{% for meaning in meanings %}<li>{{ meaning }}</li>
{% endfor %}</ul>
<form method="post" action="{{ action }}">
{% for name, value in parameters %}<input type="hidden" name="{{ name }}" value="{{ value }}">
{% endfor %}
<button name="decision" value="decline">Decline</button>
<button name="decision" value="allow">Allow</button>
</form>{% endblock %}"""

_NOTICE = """{% extends "frame" %}{% block title %}{{ title }}{% endblock %}{% block content %}
<h1>{{ title }}</h1><p>{{ sentence }}</p>{% endblock %}"""


def sign_in_page(
    action: str, parameters: Iterable[tuple[str, str]], people: Sequence[str], email: str, problem: str = ""
) -> str:
    """The first page; its form brings back `parameters`, with `email`, `password` and the `way` that was pressed."""
    return _template("sign in").render(
        action=action, parameters=list(parameters), people=people, email=email, problem=problem, ways=WAYS
    )


def consent_page(
    action: str, parameters: Iterable[tuple[str, str]], app: str, person: tuple[str, str], meanings: Sequence[str]
) -> str:
    """The second page, for a `person` by name and address; its form brings `parameters` and a `decision`."""
    name, email = person
    return _template("consent").render(
        action=action, parameters=list(parameters), app=app, name=name, email=email, meanings=meanings
    )


def notice_page(title: str, sentence: str) -> str:
    """A page that says one thing: what was wrong."""
    return _template("notice").render(title=title, sentence=sentence)


def _template(name: str) -> jinja2.Template:
    return _environment().get_template(name)


@functools.cache
def _environment() -> jinja2.Environment:
    sources = {"frame": _FRAME, "sign in": _SIGN_IN, "consent": _CONSENT, "notice": _NOTICE}
    return jinja2.Environment(autoescape=True, loader=jinja2.DictLoader(sources))
