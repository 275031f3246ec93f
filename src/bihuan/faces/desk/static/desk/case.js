// Keeps the Case page true. What the officer has begun is never taken away: then a bar offers the news.
import { listen } from "./live.js";
import "./clock.js";
import "./rows.js";
import { draw } from "./casemap.js";

const HIDE_MS = 60_000;
const UNASKED = "X-Unasked";
const page = () => document.getElementById("case");

// An unfolded deed, and any field that is no longer as it came.
function isBusy() {
  return Boolean(page().querySelector(".deed[open]")) || [...page().querySelectorAll("input, select, textarea")].some(isChanged);
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  const came = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(came, 0);
}

function refresh(headers = {}) {
  window.htmx.ajax("GET", location.pathname, { target: "#case", swap: "outerHTML", headers });
}

function offer() {
  document.getElementById("news").hidden = false;
}

function heed(ids) {
  const related = page().dataset.cases.split(",").map(Number);
  if (ids && !ids.some((id) => related.includes(id))) return;
  if (isBusy()) offer();
  else refresh({ [UNASKED]: "yes" });
}

// Between the question and its answer the officer may have begun to type.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.requestConfig.headers[UNASKED] || !isBusy()) return;
  detail.shouldSwap = false;
  offer();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-refresh]")) refresh();
});

// A revealed telephone does not stay on a screen that somebody walked away from.
document.addEventListener("htmx:afterSettle", (event) => {
  draw();
  for (const shown of event.target.querySelectorAll?.("[data-revealed]") || []) {
    setTimeout(() => { if (shown.isConnected) shown.textContent = shown.dataset.masked; }, HIDE_MS);
  }
});

listen(heed);
draw();

// A canned answer fills the words, which may then be changed.
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-canned]")) return;
  const words = target.form.querySelector("textarea");
  const text = target.selectedOptions[0].dataset.text;
  if (text) words.value = text;
});
