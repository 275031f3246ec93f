// On every page of the portal: tells what still waits to be sent, and tries again.
import "./outbox.js";

const { outbox } = globalThis;
const AGAIN_MS = 15000;
const place = document.getElementById("waiting");
const words = place?.dataset ?? {};

const grouped = (receipt) => receipt.replace(/(\d{4})(?=\d)/g, "$1 ");

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function line(kind, text, ...controls) {
  const made = element("p", `callout callout--${kind}`);
  made.append(element("span", "", text), ...controls);
  return made;
}

function link(href, text) {
  const made = element("a", "button button--small", text);
  made.href = href;
  return made;
}

function dropButton(store, key) {
  const made = element("button", "button button--plain button--small", words.wordsDrop);
  made.type = "button";
  made.addEventListener("click", async () => { await outbox.drop(store, key); outbox.tell(); });
  return made;
}

function lineOfEntry(entry) {
  const again = `${entry.url}?again=${encodeURIComponent(entry.client_id)}`;
  return entry.state === "refused"
    ? line("error", words.wordsRefused, link(again, words.wordsOpen), dropButton("outbox", entry.client_id))
    : line("warn", words.wordsWaiting, dropButton("outbox", entry.client_id));
}

function lineOfSent(sent) {
  const text = `${words.wordsSent} ${grouped(sent.receipt)}`;
  return line("success", text, link(sent.url, words.wordsOpen), dropButton("sent", sent.client_id));
}

async function show() {
  if (!place) return [];
  const [entries, sent] = [await outbox.all("outbox"), await outbox.all("sent")];
  place.replaceChildren(...sent.map(lineOfSent), ...entries.map(lineOfEntry));
  place.hidden = !place.childElementCount;
  return entries;
}

async function again() {
  const entries = await outbox.all("outbox");
  if (entries.some((entry) => entry.state === "waiting")) await outbox.flush();
}

// The receipt was brought to this very page: it needs no telling any more.
async function forgetShown() {
  const shown = document.querySelector("[data-receipt]")?.dataset.receipt;
  for (const sent of shown ? await outbox.all("sent") : []) {
    if (sent.receipt === shown) await outbox.drop("sent", sent.client_id);
  }
}

async function start() {
  navigator.serviceWorker?.register("/sw.js").catch(() => {}); // without it only the offline pages are missing
  await forgetShown();
  await show();
  await again();
}

outbox.told.addEventListener("message", show);
globalThis.addEventListener("outbox:changed", show);
globalThis.addEventListener("online", again);
setInterval(again, AGAIN_MS);
if ("indexedDB" in globalThis) start().catch(() => {}); // a browser that keeps nothing works without all this
