// One listener to the live stream for a page, from the position at which the page was made, so that nothing
// falls between. Changes that come close together are handed on as one; null means "too many, look anew".
const PAUSE_MS = 700;
// After these somebody may have a new notice: the bell asks at once.
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
  const source = new EventSource(`/live?stream=desk&after=${sign.dataset.after}`);
  source.onmessage = ({ data }) => {
    const news = JSON.parse(data);
    for (const id of news.cases) cases.add(id);
    many ||= Boolean(news.many);
    if (TELLING.some((verb) => news.verbs[verb])) document.body.dispatchEvent(new Event("told"));
    if (!timer && (many || cases.size)) timer = setTimeout(flush, PAUSE_MS);
  };
  source.onopen = () => show(sign, true);
  source.onerror = () => show(sign, false);
  addEventListener("pagehide", () => source.close());
}

// Says beside the heading whether the page is fed live, so that nobody trusts a page that stands still.
function show(sign, live) {
  sign.hidden = false;
  sign.dataset.live = live ? "yes" : "no";
  sign.textContent = live ? sign.dataset.on : sign.dataset.off;
}
