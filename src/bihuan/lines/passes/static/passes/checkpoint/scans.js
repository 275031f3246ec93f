// Every scan is kept from its first moment. It stays open while the guard may still say what came of it; then the
// device signs it, and it waits for a network.
import { sign } from "./device.js";
import { lists, nowS } from "./lists.js";
import * as store from "./store.js";

const OUTCOMES = { pass: "let", ask: "left", refuse: "turned" };
const KEEP_SENT_MS = 7 * 86400000;
const iso = (seconds) => new Date(seconds * 1000).toISOString();

export async function begin(verdict, direction) {
  const { claims, how, light, reason, serial } = verdict;
  const scan = {
    id: crypto.randomUUID(), state: "open", made: Date.now(), at: iso(nowS()), how, direction, light, reason, serial,
    number: claims?.number || "", edition: claims?.edition || 0, plate: claims?.plate || "",
    list_at: lists.at ? iso(lists.at) : null, outcome: OUTCOMES[light],
  };
  await store.put("scans", scan);
  return scan;
}

export async function finish(scan, changed = {}) {
  const { state, made, ...said } = { ...scan, ...changed };
  const paper = await sign("bihuan-scan-1", JSON.stringify(said));
  await store.put("scans", { ...said, made, state: "waiting", paper });
}

export const finishOpen = async () => {
  for (const scan of await store.by("scans", "state", "open")) await finish(scan);
};

export const waiting = async () => (await store.by("scans", "state", "waiting")).sort((a, b) => a.made - b.made);

export async function settle(sent, taken, refused) {
  const safe = new Set(taken);
  const rows = sent.map((scan, place) => {
    const state = safe.has(scan.id) ? "sent" : refused[place] ? "refused" : "waiting";
    return { ...scan, state };
  });
  await store.putAll("scans", rows);
}

export async function last(count) {
  return (await store.all("scans")).sort((a, b) => b.made - a.made).slice(0, count);
}

export async function forgetOld() {
  const old = (await store.by("scans", "state", "sent")).filter((scan) => scan.made < Date.now() - KEEP_SENT_MS);
  if (old.length) await store.drop("scans", old.map((scan) => scan.id));
}
