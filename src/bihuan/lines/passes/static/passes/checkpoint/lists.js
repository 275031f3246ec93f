// What the device knows of passes: the city's keys, the halted numbers, and the passes it can look up.
import * as base45 from "../seal/base45.js";
import * as cbor from "../seal/cbor.js";
import { keyId, keyOf, read, toBeSigned } from "../seal/seal.js";
import { isBy } from "../seal/signatures.js";
import { fromBase64 } from "./device.js";
import * as store from "./store.js";

const PREFIX = "BHL1:";
const CONTEXT = new TextEncoder().encode("bihuan-halts-1");
const [SINCE, TO, AT, NUMBERS] = [1, 2, 3, 4];
const REASONS = { 1: "revoked", 2: "suspended", 3: "replaced" };
const MOST_BYTES = 1000000;

export const lists = { keys: new Map(), halted: new Map(), edition: 0, at: 0, listed: null, clock: null };

export async function load() {
  Object.assign(lists, await store.get("kept", "lists"));
}

const keep = () => store.put("kept", { ...lists }, "lists");

// The city's clock as far as this device knows it: what it said last, and how long ago that was.
export function nowS() {
  const { clock } = lists;
  return clock ? clock.server + ((Date.now() - clock.local) / 1000) * clock.speed : Date.now() / 1000;
}

export async function takeKeys(answer) {
  lists.keys = new Map();
  for (const { alg, public: written, retired_at: retiredAt } of answer.keys) {
    const publicKey = fromBase64(written);
    lists.keys.set(await keyId(publicKey), { alg, public: publicKey, retiredAt });
  }
  lists.clock = { server: answer.now, local: Date.now(), speed: answer.speed };
  await keep();
}

// A list that the city did not sign, or that does not go on where ours ends, changes nothing.
export async function takeHalts(text) {
  const said = await believed(text).catch(() => null);
  const since = said?.get(SINCE);
  if (since !== 0 && since !== lists.edition) return;
  const halted = since === 0 ? new Map() : lists.halted;
  for (const [number, code] of said.get(NUMBERS)) {
    const halt = code > 0 ? { reason: REASONS[code], from: 1 } : { reason: "", from: -code };
    halted.set(String(number).padStart(12, "0"), halt);
  }
  Object.assign(lists, { halted, edition: said.get(TO), at: said.get(AT) });
  await keep();
}

async function believed(text) {
  if (!text.startsWith(PREFIX)) return null;
  const message = read(base45.decode(text.slice(PREFIX.length)), MOST_BYTES);
  const key = keyOf(message, lists.keys);
  const isGenuine = await isBy(key, toBeSigned(message, CONTEXT), message.signature);
  return isGenuine ? cbor.decode(message.payload, MOST_BYTES) : null;
}

const ROW = ["number", "plate", "colour", "goods", "origin", "destination", "edition", "validFrom", "validUntil"];

export async function takePasses(rows, listed) {
  const made = rows.map((row) => Object.fromEntries(ROW.map((name, at) => [name, row[at]])));
  await store.putAll("passes", made);
  lists.listed = listed;
  await keep();
}

export async function forgetExpired() {
  const over = (await store.all("passes")).filter((one) => one.validUntil < nowS()).map((one) => one.number);
  if (over.length) await store.drop("passes", over);
}
