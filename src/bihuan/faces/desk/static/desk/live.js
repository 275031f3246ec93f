// One listener to the live stream for a page, from the position at which the page was made, so that nothing
// falls between. Changes that come close together are handed on as one; null means "too many, look anew".
const PAUSE_MS = 700;
// After these somebody may have a new notice: the bell asks at once.
const NAMED = ["call", "drill"];
const TELLING = ["climbed", "silent", "refer", "decide", "return_to_triage"];

export function listen(onChange) {
  const sign = document.getElementById("live");
  const cases = new Set();
  let timer = 0;
  let many = false;

  const flush = () => {
    const ids = many ? null : [...cases];
    timer = 0;
    many = false;
    cases.clear();
    onChange(ids);
  };
  // Without a sign a page listens only to what is told by name.
  const source = new EventSource(`/live?stream=desk${sign ? `&after=${sign.dataset.after}` : ""}`);
  source.onmessage = ({ data }) => {
    const news = JSON.parse(data);
    for (const id of news.cases) cases.add(id);
    many ||= Boolean(news.many);
    if (TELLING.some((verb) => news.verbs[verb])) document.body.dispatchEvent(new Event("told"));
    // A call, an answer in a drill: "call_rang" is told as "call", "drill_answered" as "drill".
    for (const kind of NAMED) {
      if (Object.keys(news.verbs).some((verb) => verb.startsWith(`${kind}_`))) document.body.dispatchEvent(new Event(kind));
    }
    if (!timer && (many || cases.size)) timer = setTimeout(flush, PAUSE_MS);
  };
  source.onopen = () => {
    show(sign, true);
    // What rang while nobody listened.
    document.body.dispatchEvent(new Event("call"));
  };
  source.onerror = () => show(sign, false);
  addEventListener("pagehide", () => source.close());
}

// Says beside the heading whether the page is fed live, so that nobody trusts a page that stands still.
function show(sign, live) {
  if (!sign) return;
  sign.hidden = false;
  sign.dataset.live = live ? "yes" : "no";
  sign.textContent = live ? sign.dataset.on : sign.dataset.off;
}
