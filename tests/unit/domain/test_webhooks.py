"""Which addresses a webhook may lead to, and how a call is signed."""

import hmac
import json
from dataclasses import replace
from hashlib import sha256
from ipaddress import ip_address
from typing import Any

import pytest

from bot.domain.contacts import Contact
from bot.domain.firings import Telling
from bot.domain.occasions import What
from bot.domain.webhook_calls import call_of
from bot.domain.webhooks import BadWebhookAddress, Webhook, WebhookCall, host_in, is_public, signature
from tests.builders import ANA, at, span
from tests.trigger_builders import HOOK, TO_HOOK, a_trigger, an_occasion
from tests.unit.rendering.answers import ACME, actor, ana

THIS_NETWORK = ["0.0.0.0", "0.1.2.3", "::", "::1", "127.0.0.1", "127.1.2.3", "255.255.255.255"]
PRIVATE = ["10.0.0.1", "10.255.255.255", "100.64.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "fc00::1"]
METADATA = ["169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254"]
LINK_LOCAL = ["169.254.0.1", "fe80::1", "fe80::1%eth0", "fec0::1"]
MULTICAST = ["224.0.0.1", "239.255.255.255", "ff02::1", "ff0e::1"]
KEPT_BACK = [
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "240.0.0.1",
    "100::1",
]
KEPT_BACK_TOO = ["2001:db8::1", "5f00::1", "64:ff9b:1::1"]
IN_DISGUISE = ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::127.0.0.1"]
TUNNELLED = ["64:ff9b::a9fe:a9fe", "2001::1", "2002:7f00:1::", "2002:a9fe:a9fe::"]
REFUSED = [
    *THIS_NETWORK,
    *PRIVATE,
    *METADATA,
    *LINK_LOCAL,
    *MULTICAST,
    *KEPT_BACK,
    *KEPT_BACK_TOO,
    *IN_DISGUISE,
    *TUNNELLED,
]
PUBLIC = ["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111"]
PUBLIC_IN_DISGUISE = ["::ffff:8.8.8.8", "64:ff9b::808:808"]


# fault 48
@pytest.mark.parametrize("number", REFUSED)
def test_what_is_not_on_the_open_internet_is_refused(number: str) -> None:
    assert not is_public(ip_address(number))


# fault 48
@pytest.mark.parametrize("number", [*PUBLIC, *PUBLIC_IN_DISGUISE])
def test_what_is_on_the_open_internet_may_be_called(number: str) -> None:
    assert is_public(ip_address(number))


# fault 48
@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example.com",
        "http://hooks.example.com/",
        "file:///etc/passwd",
        "gopher://hooks.example.com/",
        "https://",
        "https:///path",
        "https://user@hooks.example.com/",
        "https://user:word@hooks.example.com/",
        "https://hooks.example.com/#part",
        "https://hooks.example.com:0/",
        "https://hooks.example.com:99999/",
        "https://hooks.exämple.com/",
        "https://hooks.example.com/a b",
        "https://hooks.example.com/café",
        "https://hooks.example.com/\r\nHost: evil.test",
        "https://[::1",
        "https://hooks.example.com/" + "x" * 2000,
    ],
)
def test_what_is_no_plain_https_address_is_refused(url: str) -> None:
    with pytest.raises(BadWebhookAddress):
        host_in(url)


def test_an_https_address_is_taken() -> None:
    assert host_in("https://Hooks.Example.com:8443/daybook?key=1") == "hooks.example.com"
    assert host_in("http://127.0.0.1:9000/", allows_http=True) == "127.0.0.1"
    assert host_in("https://hooks.example.com/caf%C3%A9") == "hooks.example.com"


def test_a_call_is_signed_over_its_time_and_its_body() -> None:
    digest = hmac.new(b"secret", b'1795528800.{"id":"1"}', sha256).hexdigest()
    assert signature("secret", 1_795_528_800, b'{"id":"1"}') == f"v1={digest}"


# fault 23
def test_neither_address_nor_secret_nor_body_shows_in_a_repr() -> None:
    assert "canary" not in repr(HOOK)
    assert "canary" not in repr(WebhookCall("1", b"canary"))
    assert "canary" not in str(Webhook("canary", "canary"))


MAYA = Contact(ANA, ACME.id, "maya@ortiz.test", "Maya <!channel>", tags=("vip",))


def a_telling(what: What = What.BOOKED, **fields: Any) -> Telling:
    occasion = an_occasion(actor(), what, contacts=[MAYA], subject=ANA, **fields)
    trigger = replace(a_trigger(actor(), action=TO_HOOK), id=ANA)
    return Telling(ANA, trigger, occasion, ana, ana)


# fault 42
@pytest.mark.parametrize(
    ("zone", "when", "start", "end"),
    [
        ("Europe/Berlin", "2026-11-24 15:00-15:30", "2026-11-24T15:00:00+01:00", "2026-11-24T15:30:00+01:00"),
        ("Europe/Berlin", "2026-10-25 1:30-4:00", "2026-10-25T01:30:00+02:00", "2026-10-25T04:00:00+01:00"),
        ("America/New_York", "2026-03-08 1:30-3:30", "2026-03-08T01:30:00-05:00", "2026-03-08T03:30:00-04:00"),
    ],
)
def test_times_carry_the_offset_that_the_hosts_wall_has_then(zone: str, when: str, start: str, end: str) -> None:
    told = json.loads(call_of(a_telling(span=span(when, zone), zone=zone)).body)
    assert (told["appointment"]["start"], told["appointment"]["end"]) == (start, end)


def test_a_call_tells_everything_about_the_occasion() -> None:
    call = call_of(a_telling(What.RESCHEDULED, before=span("9:00-9:30"), version=2, at=at("8:00")))
    assert call.id == str(ANA)
    assert json.loads(call.body) == {
        "id": str(ANA),
        "event": "rescheduled",
        "at": "2026-11-24T08:00:00+01:00",
        "test": False,
        "trigger": {"id": str(ANA), "name": "Tell sales"},
        "contacts": [{"name": "Maya <!channel>", "email": "maya@ortiz.test", "tags": ["vip"]}],
        "appointment": {
            "id": str(ANA),
            "version": 2,
            "title": "Maya Ortiz and Ana",
            "host": "Ana",
            "start": "2026-11-24T15:00:00+01:00",
            "end": "2026-11-24T15:30:00+01:00",
            "before": {"start": "2026-11-24T09:00:00+01:00", "end": "2026-11-24T09:30:00+01:00"},
            "zone": "Europe/Berlin",
            "where": {"kind": "nowhere", "details": ""},
            "booked_in": "daybook",
        },
    }


def test_a_new_contact_has_no_appointment_in_its_call() -> None:
    told = json.loads(call_of(a_telling(What.CONTACT_ADDED, span=None)).body)
    assert (told["event"], "appointment" in told) == ("contact_added", False)
