// CBOR in its one deterministic form (RFC 8949, 4.2.1), as seal/cbor.py reads it. Maps become Map, bytes Uint8Array.
import { Unreadable } from "./reasons.js";

const MOST_BYTES = 2048;
const MOST_DEPTH = 6;
const SIMPLE = new Map([[20, false], [21, true], [22, null]]);
const asText = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const asBytes = new TextEncoder();

export function decode(data, most = MOST_BYTES) {
  if (data.length > most) throw new Unreadable("damaged");
  const reader = new Reader(data);
  const value = reader.value(MOST_DEPTH);
  if (reader.at !== data.length) throw new Unreadable("re_encoded");
  return value;
}

class Reader {
  constructor(data) {
    this.data = data;
    this.at = 0;
  }

  take(size) {
    if (size > this.data.length - this.at) throw new Unreadable("truncated");
    this.at += size;
    return this.data.subarray(this.at - size, this.at);
  }

  value(depth) {
    if (depth === 0) throw new Unreadable("damaged");
    const [first] = this.take(1);
    const [major, info] = [first >> 5, first & 31];
    if (major === 7) return this.simple(info);
    const size = this.number(info);
    switch (major) {
      case 0: return size;
      case 1: return -1 - size;
      case 2: return this.take(size);
      case 3: return this.text(size);
      case 4: return this.list(size, depth - 1);
      case 5: return this.map(size, depth - 1);
      default: throw new Unreadable("damaged");
    }
  }

  number(info) {
    if (info < 24) return info;
    if (info > 27) throw new Unreadable(info === 31 ? "re_encoded" : "damaged");
    const width = 1 << (info - 24);
    const number = this.take(width).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    if (number < (width === 1 ? 24n : 256n ** BigInt(width / 2))) throw new Unreadable("re_encoded");
    if (number > BigInt(Number.MAX_SAFE_INTEGER)) throw new Unreadable("damaged");
    return Number(number);
  }

  simple(info) {
    if (!SIMPLE.has(info)) throw new Unreadable("damaged");
    return SIMPLE.get(info);
  }

  text(size) {
    const bytes = this.take(size);
    try {
      return asText.decode(bytes);
    } catch {
      throw new Unreadable("damaged");
    }
  }

  list(size, depth) {
    const found = [];
    for (let n = 0; n < size; n += 1) found.push(this.value(depth));
    return found;
  }

  map(size, depth) {
    const found = new Map();
    let before = new Uint8Array();
    for (let n = 0; n < size; n += 1) {
      const start = this.at;
      const key = this.value(depth);
      const written = this.data.subarray(start, this.at);
      if (typeof key !== "number" && typeof key !== "string") throw new Unreadable("damaged");
      if (!isAfter(written, before)) throw new Unreadable("re_encoded");
      found.set(key, this.value(depth));
      before = written;
    }
    return found;
  }
}

function isAfter(one, other) {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    if (one[at] !== other[at]) return one[at] > other[at];
  }
  return one.length > other.length;
}

// Writes what `decode` gave, in the order that it had.
export function encode(value) {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "boolean" || value === null) return [value === null ? 0xf6 : value ? 0xf5 : 0xf4];
  if (value instanceof Uint8Array) return [...head(2, value.length), ...value];
  if (typeof value === "string") {
    const bytes = asBytes.encode(value);
    return [...head(3, bytes.length), ...bytes];
  }
  if (Array.isArray(value)) return [...head(4, value.length), ...value.flatMap(encode)];
  return [...head(5, value.size), ...[...value].flatMap(([key, inner]) => [...encode(key), ...encode(inner)])];
}

function head(major, number) {
  if (number < 24) return [(major << 5) | number];
  const power = [1, 2, 4, 8].findIndex((width) => number < 256 ** width);
  const bytes = [];
  for (let rest = number, n = 0; n < 1 << power; n += 1, rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [(major << 5) | (24 + power), ...bytes];
}
