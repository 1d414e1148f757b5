"""A mail provider reports over HTTP: signature, kinds, what is unknown or unreadable."""

import base64
import hashlib
import hmac
import json

import pytest
import time_machine
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.test import Client

from tests.factories import make_organisation
from tests.mailing.outbox_rows import events, make_mail, stops, stored
from tests.wpm_platform.database import fingerprints
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import WaitingReport

pytestmark = pytest.mark.django_db
ADDRESS = "/mail/events/"
KEY = "signing-key"


@pytest.fixture(autouse=True)
def _on_the_day_itself():
    """Soft bounces of long ago are not tried again."""
    with time_machine.travel("2026-03-16T10:00:00+00:00"):
        yield


@pytest.fixture
def mailgun(settings):
    settings.MAIL_PROVIDER = "mailgun"
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


@pytest.fixture
def postmark(settings):
    settings.MAIL_PROVIDER = "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "reporter:secret"}


def from_mailgun(mail, event="failed", *, key=KEY, token="token-1", timestamp=1773648600.5, **data):
    signature = hmac.new(key.encode(), f"1773648600{token}".encode(), hashlib.sha256).hexdigest()
    data = {"event": event, "timestamp": timestamp, "recipient": "x@y.example", **data}
    if mail is not None:
        data["message"] = {"headers": {"message-id": mail.message_id.strip("<>")}}
    signed = {"timestamp": "1773648600", "token": token, "signature": signature}
    return json.dumps({"signature": signed, "event-data": data})


def post(body, **headers):
    return Client().post(ADDRESS, body, content_type="application/json", headers=headers)


def permanent(text):
    return {"severity": "permanent", "delivery-status": {"message": text}}


def basic(words):
    return {"Authorization": f"Basic {base64.b64encode(words.encode()).decode()}"}


def from_postmark(mail, **fields):
    return json.dumps({"MessageID": mail.provider_id, "Email": "x@y.example", **fields})


def test_without_a_provider_there_is_no_such_page():
    assert [post("{}").status_code, Client().get(ADDRESS).status_code] == [404, 405]


def test_only_posting_is_taken_and_asking_changes_nothing(mailgun):
    before = fingerprints()
    assert [Client().head(ADDRESS).status_code, Client().get(ADDRESS).status_code] == [200, 405]
    assert fingerprints() == before


def test_a_signed_report_is_recorded(mailgun):
    mail = make_mail(make_organisation())
    assert post(from_mailgun(mail, **permanent("5.1.1 <x@y.example> unknown user"))).status_code == 200
    assert (stored(mail).state, stored(mail).reason) == (MailState.HARD_BOUNCE, "5.1.1 … unknown user")
    assert stops(mail.organisation) == ["hard_bounce"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        "[]",
        "not json",
        '{"signature": {}}',
        '{"signature": {"token": "t", "timestamp": "1", "signature": "no"}, "event-data": {"event": "failed"}}',
    ],
)
def test_a_report_without_a_good_signature_changes_no_row(mailgun, body):
    make_mail(make_organisation())
    before = fingerprints()
    assert post(body).status_code == 400
    assert fingerprints() == before


def test_a_report_signed_with_another_key_changes_no_row(mailgun):
    mail = make_mail(make_organisation())
    before = fingerprints()
    assert post(from_mailgun(mail, key="another")).status_code == 400
    assert fingerprints() == before


@pytest.mark.parametrize("data", [{"event": None}, {"timestamp": "soon"}, {"timestamp": None}])
def test_a_signed_report_that_makes_no_sense_is_refused(mailgun, data):
    mail = make_mail(make_organisation())
    body = json.loads(from_mailgun(mail))
    body["event-data"] |= data
    assert post(json.dumps(body)).status_code in (200, 400)
    assert stored(mail).state in (MailState.SENT, MailState.HARD_BOUNCE)
    body["event-data"] = None
    assert post(json.dumps(body)).status_code == 400


@pytest.mark.parametrize(
    ("event", "data", "state"),
    [
        ("delivered", {}, MailState.DELIVERED),
        ("complained", {}, MailState.COMPLAINT),
        ("failed", {"severity": "temporary"}, MailState.SENT),
        ("failed", permanent("5.7.1 blocked by policy"), MailState.BLOCKED),
        ("failed", permanent("452 4.2.2 mailbox full"), MailState.AWAITING_RETRY),
        ("failed", permanent("no words at all"), MailState.HARD_BOUNCE),
        ("rejected", {"reject": {"reason": "bad"}}, MailState.HARD_BOUNCE),
        ("opened", {}, MailState.SENT),
        ("clicked", {"url": "https://wpm.example/r/secret/"}, MailState.SENT),
        ("unsubscribed", {}, MailState.SENT),
        ("something_new", {}, MailState.SENT),
    ],
)
def test_what_each_report_makes_of_the_mail(mailgun, event, data, state):
    mail = make_mail(make_organisation())
    assert post(from_mailgun(mail, event, **data)).status_code == 200
    assert stored(mail).state == state


def test_a_report_that_comes_again_under_another_token_is_one_event(mailgun):
    mail = make_mail(make_organisation())
    for token in ("one", "two"):
        assert post(from_mailgun(mail, token=token, **permanent("4.2.2 full"))).status_code == 200
    assert events(mail) == ["soft_bounce"]


def test_reports_in_the_wrong_order_end_the_same(mailgun):
    mail = make_mail(make_organisation())
    post(from_mailgun(mail, "complained", timestamp=1773648700.0))
    post(from_mailgun(mail, "delivered", timestamp=1773648650.0))
    assert (stored(mail).state, sorted(events(mail))) == (MailState.COMPLAINT, ["complaint", "delivered"])


def test_a_report_touches_the_mail_of_one_organisation_only(mailgun):
    mail, other = make_mail(make_organisation()), make_mail(make_organisation())
    other_before = stored(other).state
    post(from_mailgun(mail, **permanent("5.1.1 unknown")))
    assert (stored(other).state, events(other), stops(other.organisation)) == (other_before, [], [])


def test_a_report_about_an_unknown_mail_is_kept_for_a_while(mailgun):
    mail = make_mail(make_organisation())
    mail.message_id = "<20260316.1@elsewhere.example>"
    assert post(from_mailgun(mail)).status_code == 200
    assert list(WaitingReport.objects.values_list("provider_id", "kind")) == [
        ("20260316.1@elsewhere.example", "hard_bounce")
    ]


def test_a_report_that_names_no_mail_is_left_out(mailgun):
    assert post(from_mailgun(None)).status_code == 200
    assert not WaitingReport.objects.exists()


def test_a_provider_with_a_password(postmark):
    mail = make_mail(make_organisation(), provider_id="uuid-of-postmark")
    body = from_postmark(mail, RecordType="Bounce", Type="HardBounce", ID=1, BouncedAt="2026-03-16T09:10:00Z")
    for headers in ({}, basic("reporter:wrong"), basic("nobody"), {"Authorization": "Basic %%%"}):
        assert post(body, **headers).status_code == 400
    assert (stored(mail).state, WaitingReport.objects.count()) == (MailState.SENT, 0)
    assert post(body, **basic("reporter:secret")).status_code == 200
    assert stored(mail).state == MailState.HARD_BOUNCE


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"RecordType": "Delivery", "DeliveredAt": "2026-03-16T09:10:00Z"}, MailState.DELIVERED),
        ({"RecordType": "Bounce", "Type": "SoftBounce", "BouncedAt": "2026-03-16T09:10:00Z"}, MailState.AWAITING_RETRY),
        ({"RecordType": "Bounce", "Type": "Transient", "BouncedAt": "2026-03-16T09:10:00Z"}, MailState.SENT),
        ({"RecordType": "Bounce", "Type": "Blocked", "BouncedAt": "2026-03-16T09:10:00Z"}, MailState.BLOCKED),
        ({"RecordType": "Bounce", "Type": "DMARCPolicy", "BouncedAt": "2026-03-16T09:10:00Z"}, MailState.BLOCKED),
        ({"RecordType": "Bounce", "Type": "BadEmailAddress"}, MailState.HARD_BOUNCE),
        ({"RecordType": "Bounce", "Type": "AutoResponder", "Details": "Ik ben ziek"}, MailState.SENT),
        ({"RecordType": "SpamComplaint", "Type": "SpamComplaint"}, MailState.COMPLAINT),
    ],
)
def test_the_kinds_of_another_provider(postmark, fields, state):
    mail = make_mail(make_organisation(), provider_id="uuid-of-postmark")
    assert post(from_postmark(mail, **fields), **basic("reporter:secret")).status_code == 200
    assert stored(mail).state == state
    assert "ziek" not in stored(mail).reason


def test_a_provider_that_signs_with_a_private_key(settings):
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    settings.MAIL_PROVIDER = "postal"
    settings.ANYMAIL = {"POSTAL_WEBHOOK_KEY": base64.b64encode(public).decode()}
    mail = make_mail(make_organisation(), provider_id="77")
    body = json.dumps(
        {
            "event": "MessageBounced",
            "timestamp": 1773648600.0,
            "payload": {"original_message": {"id": 77, "message_id": "77"}, "bounce": {"id": 78}},
        }
    )
    signature = base64.b64encode(private.sign(body.encode(), padding.PKCS1v15(), hashes.SHA1())).decode()
    assert post(body.replace("77", "76"), **{"X-Postal-Signature": signature}).status_code == 400
    assert post(body).status_code == 400
    assert post(body, **{"X-Postal-Signature": signature}).status_code == 200
    assert len(events(mail)) + WaitingReport.objects.count() == 1
