"""Looking for secrets where none may be: in every form that a careless program would leave them in."""

import base64
import html
import json
import urllib.parse


def forms(secret):
    """The forms of a secret, text or bytes, by name."""
    raw = secret if isinstance(secret, bytes) else secret.encode()
    found = {"raw": raw, "hex": raw.hex().encode(), "HEX": raw.hex().upper().encode()}
    for shift in range(3):
        # Whatever stands before it moves its bits; what its neighbours have a part in is left out.
        for name, encode in (("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode)):
            text = encode(b"\0" * shift + raw + b"\0" * (-(shift + len(raw)) % 3))
            whole = text[4 if shift else 0 : len(text) - (4 if (shift + len(raw)) % 3 else 0)]
            found[f"{name} at {shift}"] = whole
    if isinstance(secret, str):
        found["JSON"] = json.dumps(secret)[1:-1].encode()
        found["JSON with slashes"] = found["JSON"].replace(b"/", b"\\/")
        found["JSON in JSON"] = json.dumps(json.dumps(secret)[1:-1])[1:-1].encode()
        found["URL"] = urllib.parse.quote(secret, safe="").encode()
        found["URL's lower case"] = urllib.parse.quote(secret, safe="").lower().encode()
        found["form"] = urllib.parse.quote_plus(secret).encode()
        found["XML"] = html.escape(secret, quote=False).encode()
        found["XML with quotes"] = html.escape(secret).encode()
        found["UTF-16"] = secret.encode("utf-16-le")
    return {name: form for name, form in found.items() if len(form) >= 8}


class Hunt:
    """Secrets by what they are, and where each was found."""

    def __init__(self):
        self.secrets = {}

    def add(self, what, secret):
        """From now on it is looked for."""
        assert len(secret) >= 10, f"{what} is too short to be told from chance"
        self.secrets[what] = forms(secret)

    def found(self, where, content, only=None):
        """Each secret that the content holds, as `what in where, as form`."""
        wanted = {what: forms for what, forms in self.secrets.items() if only is None or only(what)}
        return [
            f"{what} in {where}, as {name}" for what, forms in wanted.items() for name, form in forms.items() if form in content
        ]


def files(folder, without=()):
    """Every file below a folder, with what it holds."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in without:
            yield path, path.read_bytes()
