// Keeps "in 40 min" and "12 min late" true while the page stays open, by the server's clock, which a
// drill runs faster than ours.
const STEP_MS = 5_000;
const page = document.querySelector("[data-now]");
const words = page ? JSON.parse(page.dataset.words) : {};
const start = page ? Date.parse(page.dataset.now) : 0;
const since = performance.now();

const fill = (text, value) => text.replace("{}", value);

export function now() {
  return start + (performance.now() - since) * Number(page.dataset.speed);
}

function span(ms) {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return words.moment;
  if (minutes < 60) return fill(words.min, minutes);
  if (minutes < 240) return fill(words.hm, Math.floor(minutes / 60)).replace("{m}", minutes % 60);
  if (minutes < 1440) return fill(words.hour, Math.floor(minutes / 60));
  const days = Math.floor(minutes / 1440);
  return fill(days === 1 ? words.day : words.days, days);
}

function tick() {
  for (const time of document.querySelectorAll("time[data-due]")) {
    const left = Date.parse(time.dateTime) - now();
    const text = fill(left < 0 ? words.late : words.in, span(Math.abs(left)));
    const tone = left < 0 ? "late" : left < 900_000 ? "soon" : "ok";
    if (time.lastElementChild.textContent !== text) time.lastElementChild.textContent = text;
    if (time.dataset.tone !== tone) time.dataset.tone = tone;
  }
}

if (page) setInterval(tick, STEP_MS);
