// Base45 (RFC 9285), as seal/base45.py reads it.
import { Unreadable } from "./reasons.js";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]));

export function decode(text) {
  const values = [...text].map((character) => VALUES.get(character));
  if (values.includes(undefined)) throw new Unreadable("damaged");
  if (values.length % 3 === 1) throw new Unreadable("truncated");
  const bytes = [];
  for (let at = 0; at < values.length; at += 3) {
    const [low, middle, high] = values.slice(at, at + 3);
    const isWhole = high !== undefined;
    const value = low + middle * 45 + (isWhole ? high * 2025 : 0);
    if (value >= (isWhole ? 65536 : 256)) throw new Unreadable(isWhole ? "damaged" : "truncated");
    if (isWhole) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Uint8Array.from(bytes);
}
