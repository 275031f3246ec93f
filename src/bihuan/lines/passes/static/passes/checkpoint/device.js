// The device's own key: made here, never leaves the browser, signs every scan.
import * as store from "./store.js";

const [ED25519, ES256] = [-8, -7];
const WAYS = { [ED25519]: { name: "Ed25519" }, [ES256]: { name: "ECDSA", hash: "SHA-256" } };
const utf8 = new TextEncoder();
let own;

export const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
export const fromBase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

export class Refusal extends Error {
  constructor(problem, status) {
    super(problem.detail || `HTTP ${status}`);
    this.code = String(problem.type || "").split(":").pop();
    this.status = status;
  }
}

export async function load() {
  own = await store.get("kept", "device");
  return own;
}

export async function markBlocked() {
  own = { ...own, blocked: true };
  await store.put("kept", own, "device");
}

async function makePair() {
  try {
    return [ED25519, await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]), "raw"];
  } catch {
    const way = { name: "ECDSA", namedCurve: "P-256" };
    return [ES256, await crypto.subtle.generateKey(way, false, ["sign", "verify"]), "spki"];
  }
}

export async function enrol(url, token) {
  const [alg, pair, format] = await makePair();
  const publicKey = new Uint8Array(await crypto.subtle.exportKey(format, pair.publicKey));
  const answer = await post(url, { token, alg, public: base64(publicKey) });
  own = { id: answer.device, alg, key: pair.privateKey, name: answer.name, site: answer.site };
  await store.put("kept", own, "device");
  return answer;
}

export async function sign(context, record) {
  const signature = await crypto.subtle.sign(WAYS[own.alg], own.key, utf8.encode(`${context}\n${record}`));
  return { record, signature: base64(new Uint8Array(signature)) };
}

export async function ask(url, said) {
  const signed = await sign("bihuan-sync-1", JSON.stringify(said));
  return post(url, { device: own.id, ...signed });
}

async function post(url, body) {
  const signal = AbortSignal.timeout(20000);
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(body), headers, credentials: "omit", signal });
  if (!answer.ok) throw new Refusal(await answer.json().catch(() => ({})), answer.status);
  return answer.json();
}
