// Keeps what is typed on this device, without what tells who you are, until it is sent.
import "./outbox.js";

const { outbox } = globalThis;
const PERSONAL = new Set(["name", "phone", "door", "csrfmiddlewaretoken", "kept_photo"]);
const QUIET_MS = 400;
const KEPT_MS = 24 * 3600 * 1000;

export function fill(form, fields) {
  const said = new Map();
  for (const [name, value] of fields) said.set(name, [...(said.get(name) ?? []), value]);
  for (const input of form.elements) {
    const values = said.get(input.name);
    if (!values || input.type === "file" || input.name === "csrfmiddlewaretoken") continue;
    if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
    else input.value = values[0];
  }
  form.dispatchEvent(new CustomEvent("bihuan:filled"));
}

export const fieldsOf = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");

export function keepDraft(form) {
  const key = form.dataset.service;
  let timer = 0;
  const save = () => outbox.put("drafts", key, {
    at: Date.now(), fields: fieldsOf(form).filter(([name]) => !PERSONAL.has(name)),
  }).catch(() => {});
  const later = () => { clearTimeout(timer); timer = setTimeout(save, QUIET_MS); };
  const stop = () => { clearTimeout(timer); return outbox.drop("drafts", key).catch(() => {}); };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("bihuan:point", later);
  return { stop };
}

export async function restoreDraft(form) {
  const draft = await outbox.get("drafts", form.dataset.service).catch(() => undefined);
  if (!draft) return;
  if (Date.now() - draft.at < KEPT_MS) fill(form, draft.fields);
  else await outbox.drop("drafts", form.dataset.service);
}
