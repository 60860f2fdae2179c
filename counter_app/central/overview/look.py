"""The look of the overview: the house's colours and font, as a browser wants them."""

import tomllib
from functools import cache

from counter_app.resources import resource

FONTS = {"regular": "CounterSans-Regular.ttf", "bold": "CounterSans-Bold.ttf"}

_SHEET = """
@font-face{font-family:CounterSans;font-weight:400;src:url(/overview/font/regular)}
@font-face{font-family:CounterSans;font-weight:700;src:url(/overview/font/bold)}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/20px CounterSans,sans-serif}
h1,h2{margin:0;font-weight:700}
h1{font-size:20px;line-height:28px}
a{color:var(--accent)}
header{display:flex;gap:24px;align-items:center;padding:10px 24px;background:var(--base);
 color:var(--base-ink)}
header span{color:var(--base3)}
header a{color:var(--base-accent);margin-left:auto}
header form{display:flex;gap:12px;align-items:center}
main{padding:16px 24px}
button,input{font:inherit;border-radius:6px;border:1px solid var(--edge);padding:6px 14px;
 background:var(--surface);color:var(--ink)}
:focus-visible{outline:3px solid var(--accent);outline-offset:1px}
.tiles{display:grid;grid-template-columns:repeat(7,1fr);gap:12px}
.tiles div,figure{background:var(--surface);border-radius:8px;padding:10px 14px;margin:0}
.tiles h2{font-size:13px;color:var(--ink2);font-weight:400}
.tiles b{display:block;font-size:24px;line-height:34px}
.tiles small{display:block;color:var(--ink3);font-size:12px;line-height:18px}
.tiles .look small{color:var(--warn);font-weight:700}
.tiles .look small::before{content:"▲ "}
.plots{display:grid;grid-template-columns:1fr 1fr;gap:12px;margin:12px 0}
figcaption{font-weight:700}
figcaption span{font-weight:400;color:var(--ink3)}
.key{display:inline-block;width:10px;height:10px;margin:0 6px 0 16px;border-radius:2px}
.key.lower{background:var(--accent)}
.key.upper{background:var(--bar)}
svg{display:block;width:100%;height:auto}
svg text{font-size:12px;fill:var(--ink3)}
.lower{fill:var(--accent)}
.upper{fill:var(--bar)}
.hit{fill:transparent}
.grid{stroke:var(--line);stroke-width:1}
.floor{stroke:var(--edge);stroke-width:1}
.share{width:110px;height:6px;margin-left:auto;background:var(--sunken)}
table{width:100%;border-collapse:collapse;background:var(--surface);border-radius:8px}
th{font-weight:400;color:var(--ink2);font-size:13px}
th,td{padding:6px 14px;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
th:first-child,td:first-child,td[colspan]{text-align:left}
.look{color:var(--warn)}
.chip{margin-left:10px;padding:1px 8px;border-radius:9px;background:var(--warn-soft);color:var(--warn);
 font-size:12px}
.fault{margin:6px 0;padding:8px 12px;border-radius:6px;background:var(--bad-soft);color:var(--bad)}
code{font-family:inherit;color:var(--ink3);font-size:12px}
.door{width:380px;margin:12vh auto;background:var(--surface);border-radius:8px;padding:24px}
.door form{margin:16px 0}
.door label{display:block;margin-bottom:12px;color:var(--ink2)}
.door input{display:block;width:100%;padding:9px 12px}
.door button{background:var(--accent);color:var(--on-accent);border-color:var(--accent);width:100%;
 padding:9px}
"""


@cache
def sheet() -> str:
    """The style sheet, in the light or the dark theme as the desktop is."""
    themes = tomllib.loads(resource("theme", "tokens.toml").read_text("utf-8"))
    light, dark = (
        ":root{" + "".join(f"--{name}:{colour};" for name, colour in themes[theme].items()) + "}"
        for theme in ("light", "dark")
    )
    return f"{light}\n@media (prefers-color-scheme:dark){{{dark}}}\n{_SHEET}"


@cache
def font(name: str) -> bytes:
    """One of ``FONTS``."""
    return resource("fonts", FONTS[name]).read_bytes()
