// Judges the text of a code as seal/sealing.py does; a test holds both to the same answers.
import * as base45 from "./base45.js";
import * as cbor from "./cbor.js";
import { Unreadable } from "./reasons.js";
import { isBy } from "./signatures.js";

const [ALG, KID] = [1, 4];
const [EXP, NBF, IAT, CTI, PASS] = [4, 5, 6, 7, -65537];
const [NUMBER, EDITION, PLATE, COLOUR, GOODS, ROUTE, CREW, CLOSED_LOOP] = [1, 2, 3, 4, 5, 6, 7, 8];
const PREFIX = "BH1:";
const LONGEST = 1200;
const NONE = new Uint8Array();

export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

export async function keyId(publicKey) {
  return hex((await sha256(publicKey)).subarray(0, 8));
}

// keys: Map of key id (hex) to {alg, public, retiredAt}; nowS: seconds since 1970; halted: Map of number to {reason, from}.
export async function verify(text, keys, nowS, halted) {
  try {
    const { said, claims } = await believe(text, keys);
    const reason = haltOf(halted.get(claims.number), claims.edition) || standing(said, nowS);
    return { light: reason === "valid" ? "pass" : "refuse", reason, serial: hex(said.get(CTI)), claims };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { light: "refuse", reason: error.reason, serial: "", claims: null };
  }
}

export const haltOf = (halt, edition) => halt && (halt.reason || (edition < halt.from ? "replaced" : ""));

async function believe(text, keys) {
  const plain = text.replace(/^[\r\n\t]+|[\r\n\t]+$/g, "");
  if (!plain.startsWith(PREFIX)) throw new Unreadable("not_a_pass");
  if ([...plain].length > LONGEST) throw new Unreadable("damaged");
  const message = read(base45.decode(plain.slice(PREFIX.length)));
  if (message.unprotected.size) throw new Unreadable("re_encoded");
  const said = cbor.decode(message.payload);
  if (!(said instanceof Map)) throw new Unreadable("damaged");
  const key = keyOf(message, keys);
  const fits = await isBy(key, toBeSigned(message, NONE), message.signature);
  const agrees = await isConsistent(said);
  if (!fits) throw new Unreadable(agrees ? "forged" : "altered");
  if (!agrees) throw new Unreadable("damaged");
  const claims = claimsOf(said);
  if (key.retiredAt && claims.issuedAt >= key.retiredAt) throw new Unreadable("wrong_key");
  return { said, claims };
}

// Reads a COSE_Sign1 with its tag, and the tag of a CWT where it stands before it.
export function read(data, most) {
  const parts = cbor.decode(untag(data), most);
  const isSign1 = Array.isArray(parts) && parts.length === 4 && parts[1] instanceof Map;
  if (!isSign1 || ![0, 2, 3].every((at) => parts[at] instanceof Uint8Array)) throw new Unreadable("damaged");
  const [protectedBytes, unprotected, payload, signature] = parts;
  const header = protectedBytes.length ? cbor.decode(protectedBytes) : new Map();
  if (!(header instanceof Map)) throw new Unreadable("damaged");
  return { protectedBytes, header, unprotected, payload, signature };
}

function untag(data) {
  const hasToken = data[0] === 0xd8 && data[1] === 0x3d;
  if (!data.length || (data[0] === 0xd8 && data.length === 1) || (hasToken && data.length === 2)) {
    throw new Unreadable("truncated");
  }
  const inner = hasToken ? data.subarray(2) : data;
  if (inner[0] === 0xd2) return inner.subarray(1);
  throw new Unreadable(inner[0] >> 5 === 4 ? "re_encoded" : "damaged");
}

export function toBeSigned({ protectedBytes, payload }, external) {
  const isEmpty = protectedBytes.length === 1 && protectedBytes[0] === 0xa0;
  return Uint8Array.from(cbor.encode(["Signature1", isEmpty ? NONE : protectedBytes, external, payload]));
}

export function keyOf(message, keys) {
  const kid = message.header.get(KID);
  const key = kid instanceof Uint8Array ? keys.get(hex(kid)) : undefined;
  if (!key || message.header.size !== 2 || message.header.get(ALG) !== key.alg) throw new Unreadable("wrong_key");
  return key;
}

async function isConsistent(said) {
  const rest = new Map([...said].filter(([name]) => name !== CTI));
  const serial = (await sha256(Uint8Array.from(cbor.encode(rest)))).subarray(0, 8);
  return said.get(CTI) instanceof Uint8Array && hex(said.get(CTI)) === hex(serial);
}

function standing(said, nowS) {
  if (nowS < Math.max(said.get(NBF), said.get(IAT))) return "not_yet";
  return nowS >= said.get(EXP) ? "expired" : "valid";
}

function claimsOf(said) {
  const inner = said.get(PASS);
  if (!(inner instanceof Map)) throw new Unreadable("damaged");
  return {
    number: digits(inner.get(NUMBER), 12), edition: number(inner.get(EDITION)), plate: words(inner.get(PLATE)),
    colour: words(inner.get(COLOUR)), goods: words(inner.get(GOODS)), route: codes(inner.get(ROUTE)),
    crew: number(inner.get(CREW)), isClosedLoop: flag(inner.get(CLOSED_LOOP)), issuedAt: instant(said.get(IAT)),
    validFrom: instant(said.get(NBF)), validUntil: instant(said.get(EXP)),
  };
}

function must(value, isRight) {
  if (!isRight) throw new Unreadable("damaged");
  return value;
}

const LAST = 253402300799; // the end of the year 9999
const number = (value) => must(value, typeof value === "number" && value >= 0);
const instant = (value) => must(value, number(value) <= LAST);
const words = (value) => must(value, typeof value === "string");
const flag = (value) => must(value, typeof value === "boolean");
const digits = (value, width) => String(number(value)).padStart(width, "0");
const codes = (value) => must(value, Array.isArray(value)).map((code) => digits(code, 6));
