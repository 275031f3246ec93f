// Is a signature by a key? By the browser's own means where it has them; Ed25519 otherwise by noble's library.
const ED25519 = -8;
const WAYS = new Map([
  [ED25519, { format: "raw", key: { name: "Ed25519" }, check: { name: "Ed25519" } }],
  [-7, { format: "spki", key: { name: "ECDSA", namedCurve: "P-256" }, check: { name: "ECDSA", hash: "SHA-256" } }],
  [-37, { format: "spki", key: { name: "RSA-PSS", hash: "SHA-256" }, check: { name: "RSA-PSS", saltLength: 32 } }],
]);
const imported = new WeakMap();

export async function isBy(key, message, signature) {
  try {
    const way = WAYS.get(key.alg);
    return await crypto.subtle.verify(way.check, await own(key, way), signature, message);
  } catch {
    return key.alg === ED25519 && isByLibrary(key, message, signature);
  }
}

function own(key, way) {
  if (!imported.has(key)) {
    imported.set(key, crypto.subtle.importKey(way.format, key.public, way.key, false, ["verify"]));
  }
  return imported.get(key);
}

async function isByLibrary(key, message, signature) {
  const { verifyAsync } = await import("../../vendor/noble-ed25519/index.js");
  return verifyAsync(signature, message, key.public, { zip215: false }).catch(() => false);
}
