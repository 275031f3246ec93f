// Sends the form without leaving the page; what can't go now waits in the outbox.
import "./outbox.js";
import { fieldsOf } from "./draft.js";

const { outbox } = globalThis;

function entryOf(form, isAnyway) {
  const fields = fieldsOf(form).filter(([name]) => name !== "photo");
  if (isAnyway) fields.push(["anyway", "1"]);
  return {
    client_id: form.elements.client_id.value, service: form.dataset.service, url: location.pathname,
    fields, photo: form.elements.photo?.files[0] ?? null, at: Date.now(),
  };
}

export function clearErrors(form) {
  form.querySelectorAll(".is-wrong").forEach((field) => field.classList.remove("is-wrong"));
  form.querySelectorAll(".error").forEach((error) => { error.hidden = true; });
  form.querySelector("[data-error-summary]").hidden = true;
}

// Whoever mends a field is not scolded for it any longer.
export function forgive(box) {
  if (!box) return;
  box.classList.remove("is-wrong");
  box.querySelector(".error").hidden = true;
  box.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
}

function showBeside(form, { field, detail }) {
  const box = form.querySelector(`[data-field="${CSS.escape(field)}"]`);
  const error = box?.querySelector(".error");
  if (!error) return null;
  box.classList.add("is-wrong");
  error.hidden = false;
  error.querySelector("[data-error]").textContent = detail;
  const input = box.querySelector("input:not([type=hidden]), select, textarea");
  input?.setAttribute("aria-invalid", "true");
  return input;
}

function summaryLine(form, error, input) {
  const made = document.createElement("li");
  const label = form.querySelector(`[data-field="${CSS.escape(error.field)}"] :is(label, legend)`);
  const text = label ? `${label.firstChild.textContent.trim()}: ${error.detail}` : error.detail;
  if (!input) made.textContent = text;
  else {
    const link = document.createElement("a");
    link.href = `#${input.id}`;
    link.textContent = text;
    made.append(link);
  }
  return made;
}

export function showErrors(form, errors) {
  const summary = form.querySelector("[data-error-summary]");
  const order = [...form.querySelectorAll("[data-field]")].map((box) => box.dataset.field);
  const sorted = [...errors].sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
  const lines = sorted.map((error) => summaryLine(form, error, showBeside(form, error)));
  summary.querySelector("ul").replaceChildren(...lines);
  summary.hidden = false;
  summary.focus();
}

// What the browser can tell by itself is told before an ask is put aside for later.
export function missing(form) {
  const seen = new Set();
  const errors = [];
  for (const input of form.elements) {
    const field = input.closest?.("[data-field]")?.dataset.field;
    if (!field || input.type === "fieldset" || input.validity?.valid !== false || seen.has(field)) continue;
    seen.add(field);
    const detail = input.validity.valueMissing ? form.dataset.wordsRequired : input.validationMessage;
    errors.push({ field, detail });
  }
  const { site, district, lon } = form.elements;
  if (site && !site.value.trim() && !district.value && !lon.value) errors.push({ field: "site", detail: form.dataset.wordsRequired });
  return errors;
}

// What the door refuses while somebody looks on is in the form still; only what was refused behind
// their back has to wait for them.
export async function send(form, isAnyway) {
  const entry = entryOf(form, isAnyway);
  const result = await outbox.add(entry);
  if (result.state === "refused") {
    await outbox.drop("outbox", entry.client_id);
    outbox.tell();
  }
  return result;
}
