// The guard's page: enrols the device, reads, answers, keeps, sends.
import * as device from "./device.js";
import * as judging from "./judging.js";
import * as lists from "./lists.js";
import * as scans from "./scans.js";
import { say, showLast, showState, showTrouble, showVerdict } from "./showing.js";
import { sound } from "./sound.js";
import * as store from "./store.js";
import { sync } from "./syncing.js";
import { watch } from "./camera.js";
import { plain, readTyped } from "../seal/numbers.js";

const SYNC_EVERY_MS = 15000;
const OPEN_FOR_MS = 20000;
const place = (id) => document.getElementById(id);
const { enrol: enrolUrl, sync: syncUrl } = place("checkpoint").dataset;
let current = null;
let closing = 0;
let camera = null;
let queue = Promise.resolve();

// The answer is shown at once; what is kept of it waits for what is kept of the one before.
function answer(verdict) {
  showVerdict(verdict);
  sound(verdict.light);
  queue = queue.then(() => keep(verdict));
  return queue;
}

async function keep(verdict) {
  await close();
  const direction = document.querySelector("[name=direction]:checked").value;
  current = { scan: await scans.begin(verdict, direction), verdict };
  closing = setTimeout(close, OPEN_FOR_MS);
  await refresh();
}

// Ends the open scan: with what the guard said, or with what follows from the answer.
async function close(changed = {}) {
  clearTimeout(closing);
  if (!current) return;
  const { scan } = current;
  current = null;
  await scans.finish(scan, changed);
  await refresh();
  send();
}

async function refresh() {
  const waiting = await scans.waiting();
  showState(waiting.length);
  showLast(await scans.last(8));
}

async function send() {
  if (!navigator.onLine) return;
  try {
    await sync(syncUrl);
    showTrouble("");
  } catch (error) {
    await refuse(error);
  }
  await refresh();
}

// A blocked device forgets what it was given, and stays blocked without a network; its scans stay.
async function refuse(error) {
  if (error.code !== "blocked") return;
  await device.markBlocked();
  await store.clear("passes");
  showBlocked();
}

function showBlocked() {
  showTrouble(say("blocked"));
  place("work").hidden = true;
  place("enrol").hidden = false;
}

async function onOutcome(event) {
  const outcome = event.target.closest("[data-outcome]")?.dataset.outcome;
  if (!outcome || !current) return;
  place("acts").hidden = true;
  if (outcome !== "plate") return close({ outcome });
  const verdict = { ...current.verdict, light: "refuse", reason: "other_plate" };
  showVerdict(verdict);
  sound("refuse");
  place("acts").hidden = true;
  return close({ light: "refuse", reason: "other_plate", outcome: "turned" });
}

async function onTyped(event) {
  event.preventDefault();
  const field = place("typed");
  const text = field.value;
  const isCode = text.trimStart().startsWith("BH1:");
  const number = isCode ? null : readTyped(text);
  place("typed-error").hidden = isCode || Boolean(number);
  place("typed-error").textContent = say("mistyped");
  if (!isCode && !number) return;
  field.value = "";
  await answer(isCode ? await judging.ofCode(text) : await judging.ofNumber(number));
}

async function onPlate(event) {
  event.preventDefault();
  const plate = plain(place("plate-typed").value).replace(/[^0-9A-Za-z一-鿿]/g, "").toUpperCase();
  if (!plate) return;
  place("plate-typed").value = "";
  await answer(await judging.ofPlate(plate));
}

async function onCamera() {
  const button = place("camera");
  if (camera) {
    camera.stop();
    camera = null;
  } else {
    place("video").hidden = false;
    camera = await watch(place("video"), async (text) => answer(await judging.ofCode(text))).catch(() => null);
    showTrouble(camera ? "" : say("no_camera"));
  }
  place("video").hidden = !camera;
  button.setAttribute("aria-pressed", String(Boolean(camera)));
}

async function onEnrol(event) {
  event?.preventDefault();
  try {
    const told = await device.enrol(enrolUrl, place("token").value);
    await lists.takeKeys(told);
    history.replaceState(null, "", location.pathname);
    showTrouble("");
    await work();
  } catch (error) {
    showTrouble(error instanceof device.Refusal ? error.message : say("away"));
  }
}

async function work() {
  const own = await device.load();
  place("enrol").hidden = Boolean(own);
  place("work").hidden = !own;
  if (!own) return;
  if (own.blocked) {
    showBlocked();
    return;
  }
  place("site").textContent = own.site.name;
  await lists.load();
  await scans.finishOpen();
  await refresh();
  await send();
}

place("enrol-form").addEventListener("submit", onEnrol);
place("typed-form").addEventListener("submit", onTyped);
place("plate-form").addEventListener("submit", onPlate);
place("acts").addEventListener("click", onOutcome);
place("camera").addEventListener("click", onCamera);
globalThis.addEventListener("online", send);
globalThis.addEventListener("pagehide", () => close());
setInterval(async () => {
  const own = await device.load();
  if (own && !own.blocked) send();
}, SYNC_EVERY_MS);
place("token").value = new URLSearchParams(location.hash.slice(1)).get("enrol") || "";
navigator.storage?.persist?.();
work();
