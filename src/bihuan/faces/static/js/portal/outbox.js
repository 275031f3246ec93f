// Asks that wait for a network. A plain script, because the page and the service worker both load it.
// Every ask has one client_id from its first moment, so however often it is sent, it arrives once.
(() => {
  const STORES = ["drafts", "outbox", "sent"];
  const PATIENCE_MS = 20000;

  function open() {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open("bihuan", 1);
      asked.onupgradeneeded = () => STORES.forEach((name) => asked.result.createObjectStore(name));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  async function run(name, mode, work) {
    const base = await open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = base.transaction(name, mode);
        const asked = work(transaction.objectStore(name));
        transaction.oncomplete = () => resolve(asked.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      base.close();
    }
  }

  const get = (name, key) => run(name, "readonly", (store) => store.get(key));
  const all = (name) => run(name, "readonly", (store) => store.getAll());
  const put = (name, key, value) => run(name, "readwrite", (store) => store.put(value, key));
  const drop = (name, key) => run(name, "readwrite", (store) => store.delete(key));

  const told = new BroadcastChannel("bihuan-outbox");
  const tell = () => { told.postMessage("changed"); self.dispatchEvent(new Event("outbox:changed")); };

  function bodyOf(entry) {
    const body = new FormData();
    for (const [name, value] of entry.fields) body.append(name, value);
    if (entry.photo) body.append("photo", entry.photo, entry.photo.name || "photo.jpg");
    return body;
  }

  function post(entry) {
    const signal = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE_MS) : undefined;
    const headers = { Accept: "application/json" };
    return fetch(entry.url, { method: "POST", body: bodyOf(entry), headers, credentials: "same-origin", signal });
  }

  // The form may be a day old when it is sent: a page fetched now brings the token that counts now.
  async function renewToken(entry) {
    const page = await (await fetch(entry.url, { credentials: "same-origin", cache: "reload" })).text();
    const found = page.match(/name="csrfmiddlewaretoken" value="([^"]+)"/);
    const others = entry.fields.filter(([name]) => name !== "csrfmiddlewaretoken");
    return found ? { ...entry, fields: [...others, ["csrfmiddlewaretoken", found[1]]] } : entry;
  }

  async function attempt(entry) {
    let answer = await post(entry);
    if (answer.status === 403) answer = await post(await renewToken(entry));
    if (answer.ok) return { state: "sent", ...(await answer.json()) };
    if (answer.status >= 500 || answer.status === 429) return { state: "waiting" };
    const problem = await answer.json().catch(() => ({}));
    const isDanger = String(problem.type).endsWith(":danger");
    return { state: "refused", isDanger, detail: problem.detail || "", errors: problem.errors || [] };
  }

  // Where the browser can, it wakes the worker when the network is back, even with every page closed.
  function wakeLater() {
    const ready = self.registration ? Promise.resolve(self.registration) : navigator.serviceWorker?.ready;
    ready?.then((registration) => registration.sync?.register("outbox")).catch(() => {});
  }

  async function settle(entry, result) {
    if (result.state === "sent") {
      await put("sent", entry.client_id, { client_id: entry.client_id, receipt: result.receipt, url: result.url });
      await drop("outbox", entry.client_id);
      await drop("drafts", entry.service);
    } else {
      await put("outbox", entry.client_id, { ...entry, state: result.state, errors: result.errors || [] });
      if (result.state === "waiting") wakeLater();
    }
    tell();
  }

  async function send(entry) {
    const result = await attempt(entry).catch(() => ({ state: "waiting" }));
    await settle(entry, result);
    return result;
  }

  async function flushAll() {
    const waiting = (await all("outbox")).filter((entry) => entry.state === "waiting");
    for (const entry of waiting) {
      const result = await send(entry);
      if (result.state === "waiting") break; // the network is still away: the others would wait as well
    }
  }

  // Two tabs and the worker may all wake when the network returns; one of them does the work.
  const alone = (work) => (navigator.locks ? navigator.locks.request("bihuan-outbox", work) : work());

  self.outbox = {
    get, all, put, drop, tell, told,
    flush: () => alone(flushAll),
    add: (entry) => alone(async () => {
      await put("outbox", entry.client_id, { ...entry, state: "waiting", errors: [] });
      return send(entry);
    }),
  };
})();
