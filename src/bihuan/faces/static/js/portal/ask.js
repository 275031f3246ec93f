// The ask form with a script: draft, danger words, place, photo, sending.
import { fill, keepDraft, restoreDraft } from "./draft.js";
import { wirePlace } from "./place.js";
import { clearErrors, forgive, missing, send, showErrors } from "./sending.js";

const form = document.getElementById("ask");
const danger = document.getElementById("danger");
const { outbox } = globalThis;
const dangers = form.dataset.dangerWords.split("|").filter(Boolean).map(asPattern);
const draft = keepDraft(form);
let isAnyway = false;

// As the door reads them: a Latin word counts as a whole (no "fire" in "firewood"), a Chinese one anywhere.
function asPattern(word) {
  const plain = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return /^[\x20-\x7e]+$/.test(word) ? new RegExp(`(^|[^a-z])${plain}([^a-z]|$)`, "i") : new RegExp(plain, "i");
}

function soundsDangerous() {
  const typed = [form.elements.text, ...form.querySelectorAll("[name^=q_]")].map((input) => input.value);
  return dangers.some((danger) => danger.test(typed.join(" ")));
}

function photoIsTooLarge() {
  const photo = form.elements.photo.files[0];
  return Boolean(photo) && photo.size > Number(form.dataset.photoBytes);
}

function showPhoto() {
  const photo = form.elements.photo.files[0];
  const preview = form.querySelector("[data-preview]");
  preview.hidden = !photo;
  if (photo) preview.src = URL.createObjectURL(photo);
}

function busy(isBusy) {
  form.querySelector("[data-send]").disabled = isBusy;
}

async function onKept() {
  await draft.stop();
  form.reset();
  form.elements.client_id.value = newId();
  showPhoto();
  document.getElementById("waiting").scrollIntoView({ block: "center" });
}

const newId = () => [...crypto.getRandomValues(new Uint8Array(16))]
  .map((byte) => byte.toString(16).padStart(2, "0")).join("");

function found() {
  if (photoIsTooLarge()) {
    return [{ field: "photo", detail: form.querySelector("[data-too-large]").dataset.tooLarge }];
  }
  return navigator.onLine ? [] : missing(form);
}

async function submit() {
  clearErrors(form);
  const errors = found();
  if (errors.length) return showErrors(form, errors);
  if (!isAnyway && soundsDangerous()) return danger.showModal();
  busy(true);
  try {
    const result = await send(form, isAnyway);
    if (result.state === "sent") return await leave(result);
    if (result.isDanger) return danger.showModal();
    if (result.state === "refused") return showErrors(form, named(result));
    return await onKept();
  } finally {
    busy(false);
  }
}

const named = ({ errors, detail }) => (errors.length ? errors : [{ field: "", detail }]);

async function leave(result) {
  await draft.stop();
  location.assign(result.url);
}

// An ask that was refused in the background comes back with everything that was in it.
async function takeBack() {
  const wanted = new URLSearchParams(location.search).get("again");
  const entry = wanted && (await outbox.get("outbox", wanted));
  if (!entry) return restoreDraft(form);
  fill(form, entry.fields);
  showErrors(form, named({ errors: entry.errors ?? [], detail: "" }));
}

function wire() {
  form.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
  const offline = form.querySelector("[data-offline]");
  const tell = () => { offline.hidden = navigator.onLine; };
  globalThis.addEventListener("online", tell);
  globalThis.addEventListener("offline", tell);
  tell();
  form.elements.photo.addEventListener("change", showPhoto);
  form.addEventListener("input", ({ target }) => forgive(target.closest("[data-field].is-wrong")));
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  form.querySelector("[data-forget]").addEventListener("click", async () => { await draft.stop(); form.reset(); });
  danger?.querySelector("[data-anyway]").addEventListener("click", () => {
    isAnyway = true;
    danger.close();
    submit();
  });
}

if (globalThis.outbox && "indexedDB" in globalThis) {
  wire();
  wirePlace(form);
  if (!form.querySelector(".is-wrong")) takeBack();
}
