// Keeps the Case page true. What the officer is typing is never taken away: then a bar offers the news.
import { listen } from "./live.js";
import "./clock.js";
import "./rows.js";
import { draw } from "./casemap.js";

const HIDE_MS = 60_000;
const page = () => document.getElementById("case");

function isTyping() {
  return [...page().querySelectorAll("textarea, input[type=text], input[type=file]")].some((field) => field.value);
}

function refresh() {
  window.htmx.ajax("GET", location.pathname, { target: "#case", swap: "outerHTML" });
}

function heed(ids) {
  const related = page().dataset.cases.split(",").map(Number);
  if (ids && !ids.some((id) => related.includes(id))) return;
  if (isTyping()) document.getElementById("news").hidden = false;
  else refresh();
}

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
