// The number of a pass as it is typed: twelve digits and Damm's check digit; see seal/numbers.py.
const DAMM = [
  "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
  "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
];

export const plain = (typed) => typed.normalize("NFKC").replace(/[\s-]/g, "");

export function readTyped(typed) {
  const kept = plain(typed);
  if (!/^\d{13}$/.test(kept)) return null;
  return [...kept].reduce((interim, digit) => DAMM[interim][digit], 0) === "0" ? kept.slice(0, 12) : null;
}

export function printed(number) {
  const check = [...number].reduce((interim, digit) => DAMM[interim][digit], 0);
  return `${number}${check}`.replace(/(.{4})(?=.)/g, "$1 ");
}
