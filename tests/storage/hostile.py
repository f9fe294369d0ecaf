"""Five hundred names and notes of somebody who means ill, or only typed something odd; the same ones every time."""

from itertools import count, islice, product

PAYLOADS = (
    "<script>document.title='run{k}'</script>",
    "</td></tr></table><script>document.title='run{k}'</script>",
    "</style><script>document.title='run{k}'</script>",
    "</title><svg onload=document.title='run{k}'>",
    "<img src=x onerror=document.title='run{k}'>",
    "<iframe srcdoc='<script>top.document.title={k}</script>'></iframe>",
    "<a href=\"javascript:document.title='run{k}'\">press</a>",
    '" onmouseover="document.title=\'run{k}\'" x="',
    "' autofocus onfocus='document.title=`run{k}`",
    "<math><mtext></style><img src onerror=document.title='run{k}'>",
    "<details open ontoggle=document.title='run{k}'>",
    "<base href=//example.invalid/{k}><link rel=stylesheet href=x>",
    "<meta http-equiv=refresh content='0;url=//example.invalid/{k}'>",
    "<!-- {k} --><![CDATA[ {k} ]]><?xml {k}?>",
    "&lt;script&gt;{k}&amp;#60; &#x3c;b&#x3e;",
    "{{{{ 7 * {k} }}}} {{% raw %}} {{# note #}}",
    "${{7*{k}}} #{{7*{k}}} <%= {k} %>",
    '=HYPERLINK("http://example.invalid/{k}","press")',
    "+cmd|' /C calc'!A{k}",
    "@SUM(1+{k})*-1",
    "\u202egnp.{k}exe\u202c \u2066isolated\u2069",
    "\u05d0\u05d1\u05d2 {k} \u0627\u0644\u0645\u064a\u062f\u0627\u0646",
    "\u202eleft open {k}",
    "W" * 300 + "{k}",
    "\u8b66" * 200 + "{k}",
    "line one {k}\nline two\n\nline four",
    "bell\x07 escape\x1b[31m nul\x00 delete\x7f {k}",
    "next\x85line \x9bcontrol {k}",
    "tab\there {k}",
    "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309{k}",
    "\U0001f600\u200d\U0001f468 {k} \ufeff\u200b",
    "%s %d %n {k} {{0.__class__}} {{x:999999999}}",
)
WRAPS = ("{}", " {} ", "{}\u3000{}", "note: {}", "{}?", "\u201c{}\u201d")


def hostile(number: int = 500) -> list[str]:
    """So many different texts."""
    made = (
        wrap.replace("{}", payload.format(k=k))
        for k, (wrap, payload) in zip(count(), (pair for _ in count() for pair in product(WRAPS, PAYLOADS)))
    )
    found = list(islice(made, number))
    assert len(set(found)) == number
    return found
