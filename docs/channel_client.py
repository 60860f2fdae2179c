"""A small client of the channels, in one file that needs nothing but Python: the heart of a bot.

client = Channel("https://centre.example", "whatsapp", key)
made = client.register_complaint("SUP-04", consumer="N2204518731", mobile="9826048210")
client.complaint(made["number"])["stage"]
"""

import http.client
import json
import time
import uuid

LONGEST_PAUSE_S = 60


class Refused(Exception):
    """The centre said no: ``status``, ``name`` for programs, ``sentence`` and ``sentence_hi`` for people."""

    def __init__(self, status, said):
        super().__init__(said["sentence"])
        self.status, self.name = status, said["refused"]
        self.sentence, self.sentence_hi = said["sentence"], said["sentence_hi"]


class Channel:
    """One channel of the company, by its key."""

    def __init__(self, address, channel, key, attempts=5, pause_s=1.0):
        scheme, _, self._host = address.partition("://")
        self._line = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
        self._root = f"/v1/channels/{channel}"
        self._key, self._attempts, self._pause_s = key, attempts, pause_s

    def complaint_types(self):
        """What people complain about, with the code of each."""
        return self._json("GET", "/complaint-types")

    def register_complaint(self, type_code, request=None, **said):
        """Register a complaint. ``request`` names this one; whoever repeats it later gives the same."""
        return self._json("POST", "/complaints", {"type": type_code, **said}, request=request)

    def complaint(self, number):
        """Where a complaint stands."""
        return self._json("GET", f"/complaints/{number}")

    def complaints(self, consumer, proof):
        """A consumer's complaints."""
        return self._json("GET", f"/consumers/{consumer}/complaints", proof=proof)

    def bills(self, consumer, proof):
        """A consumer's bills and what is payable today."""
        return self._json("GET", f"/consumers/{consumer}/bills", proof=proof)

    def bill_pdf(self, consumer, proof):
        """The newest bill as a file."""
        return self._ask("GET", f"/consumers/{consumer}/bills/current.pdf", proof=proof)

    def report_payment(self, consumer, amount, paid_by, reference, confirmed, request=None, **said):
        """Report money that has moved. The reference names it, so the same is never taken twice."""
        said |= {
            "consumer": consumer, "amount": amount, "paid_by": paid_by, "reference": reference,
            "confirmed": confirmed,
        }  # fmt: skip
        return self._json("POST", "/payments", said, request=request)

    def receipt_pdf(self, receipt, proof):
        """The receipt as a file."""
        return self._ask("GET", f"/payments/{receipt}/receipt.pdf", proof=proof)

    def _json(self, method, path, body=None, **more):
        return json.loads(self._ask(method, path, body, **more))

    def _ask(self, method, path, body=None, proof="", request=None):
        """Ask, and while nobody knows what became of it ask the same again under the same key."""
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        if proof:
            headers["Consumer-Proof"] = proof
        if method == "POST":
            headers["Idempotency-Key"] = request or str(uuid.uuid4())
        data = None if body is None else json.dumps(body).encode()
        left = self._attempts
        while True:
            left -= 1
            try:
                status, asked_s, answer = self._said(method, path, data, headers)
            except (OSError, http.client.HTTPException):
                if not left:
                    raise
                status, asked_s = 0, ""
            if 200 <= status < 300:
                return answer
            if status and (status not in (429, 503) or not left):
                raise Refused(status, json.loads(answer))
            # The centre says when it has room again; who asks earlier is turned away once more.
            time.sleep(min(int(asked_s), LONGEST_PAUSE_S) if asked_s.isdecimal() else self._pause_s)

    def _said(self, method, path, data, headers):
        line = self._line(self._host, timeout=30)
        try:
            line.request(method, self._root + path, data, headers)
            answer = line.getresponse()
            return answer.status, answer.headers.get("Retry-After", ""), answer.read()
        finally:
            line.close()
