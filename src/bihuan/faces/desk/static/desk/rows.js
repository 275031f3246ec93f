// Keys for a list of cases: j and k move, a does the row's first action, x marks, / searches, ? explains.
// Links and buttons stay ordinary ones: Enter and Tab do what they do everywhere.
const rows = () => [...document.querySelectorAll("[data-row]")];
const here = () => document.activeElement?.closest("[data-row]");

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(here());
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  next.querySelector("[data-open]").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function press(row, selector) {
  const target = row?.querySelector(selector);
  if (target && !target.disabled) target.click();
}

const typing = (element) =>
  element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: () => press(here(), "[data-key=a]"),
  x: () => press(here(), "[data-key=x]"),
  t: () => press(here(), "[data-key=t]"),
  m: () => document.querySelector("[data-key=m]")?.click(),
  n: () => document.querySelector("[data-key=n]:not([hidden])")?.click(),
  s: () => document.querySelector("[data-key=s]")?.click(),
  u: () => document.querySelector("[data-key=u]")?.click(),
  "/": () => document.getElementById("find")?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dialog]");
  if (button) document.getElementById(button.dataset.dialog).showModal();
});
