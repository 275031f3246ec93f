// What the device keeps: its key and lists ("kept"), the passes it can look up, and every scan it made.
let opened;

function open() {
  opened ||= new Promise((resolve, reject) => {
    const asked = indexedDB.open("bihuan-checkpoint", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("kept");
      asked.result.createObjectStore("passes", { keyPath: "number" }).createIndex("plate", "plate");
      asked.result.createObjectStore("scans", { keyPath: "id" }).createIndex("state", "state");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

async function run(name, mode, work) {
  const base = await open();
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(name, mode, { durability: "strict" });
    const asked = work(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const get = (name, key) => run(name, "readonly", (store) => store.get(key));
export const by = (name, index, key) => run(name, "readonly", (store) => store.index(index).getAll(key));
export const all = (name) => run(name, "readonly", (store) => store.getAll());
export const put = (name, value, key) => run(name, "readwrite", (store) => store.put(value, key));
export const putAll = (name, values) => run(name, "readwrite", (store) => { values.forEach((one) => store.put(one)); });
export const drop = (name, keys) => run(name, "readwrite", (store) => { keys.forEach((key) => store.delete(key)); });
export const clear = (name) => run(name, "readwrite", (store) => store.clear());
