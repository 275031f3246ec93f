// The answer to what a guard reads or types: pass, ask, refuse, and why.
import { haltOf, verify } from "../seal/seal.js";
import { lists, nowS } from "./lists.js";
import * as store from "./store.js";

export const WARN_AFTER_S = 4 * 3600;
export const ASK_AFTER_S = 12 * 3600;

export const listAgeS = () => (lists.at ? Math.max(0, nowS() - lists.at) : Infinity);

// What would pass is asked about when nobody has told this device of revocations for too long.
function aged(verdict) {
  return verdict.light === "pass" && listAgeS() > ASK_AFTER_S ? { ...verdict, light: "ask", reason: "stale" } : verdict;
}

export async function ofCode(text) {
  // Whatever goes wrong inside, the guard is given an answer, and it is never "pass".
  const unread = { light: "refuse", reason: "damaged", serial: "", claims: null };
  const verdict = await verify(text, lists.keys, nowS(), lists.halted).catch(() => unread);
  return aged({ ...verdict, how: "code" });
}

export async function ofNumber(number) {
  const halt = lists.halted.get(number);
  const found = await store.get("passes", number);
  return aged(ofRow(found, halt, { how: "number", number }));
}

export async function ofPlate(plate) {
  const rows = await store.by("passes", "plate", plate);
  const verdicts = rows.map((row) => ofRow(row, lists.halted.get(row.number), { how: "plate" }));
  const best = verdicts.find((one) => one.light === "pass") || verdicts[0];
  return aged(best || { light: "ask", reason: "not_listed", serial: "", claims: { plate, number: "" }, how: "plate" });
}

function ofRow(row, halt, { how, number }) {
  const claims = row ? { ...row, route: [row.origin, row.destination] } : { number, plate: "" };
  const halted = halt?.reason || (row && haltOf(halt, row.edition));
  if (halted) return { light: "refuse", reason: halted, serial: "", claims, how };
  if (!row) return { light: "ask", reason: "not_listed", serial: "", claims, how };
  const reason = nowS() < row.validFrom ? "not_yet" : nowS() >= row.validUntil ? "expired" : "listed";
  return { light: reason === "listed" ? "pass" : "refuse", reason, serial: "", claims, how };
}
