// Keeps the queue true without moving it under the hand: rows change where they stand, rows that left the
// list stay and say so, new ones wait behind a bar until the officer asks for them.
import { listen } from "./live.js";
import "./clock.js";
import "./rows.js";

const MOST = 200;
const list = () => document.getElementById("queue");
const fresh = new Set();

const rowOf = (id) => document.getElementById(`case-${id}`);

function replace(old, row) {
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  const key = held?.matches("[data-key=a]") ? "[data-key=a]" : "[data-open]";
  old.replaceWith(row);
  window.htmx.process(row);
  row.classList.add("row--changed");
  if (held) (row.querySelector(key) || row.querySelector("[data-open]")).focus({ preventScroll: true });
}

function leave(row) {
  row.classList.add("row--gone");
  row.querySelector("[data-gone]").hidden = false;
  row.querySelectorAll("[data-key=a]").forEach((button) => { button.disabled = true; });
}

function showFresh(words = fresh.size) {
  const bar = document.getElementById("fresh");
  bar.hidden = fresh.size === 0 && words !== "…";
  bar.querySelector("b").textContent = words;
}

async function refresh(ids) {
  if (!ids) {
    showFresh("…");
    return;
  }
  const wanted = ids.slice(0, MOST);
  const query = new URLSearchParams(location.search);
  query.delete("after");
  query.set("cases", wanted.join(","));
  const answer = await fetch(`${list().dataset.rows}?${query}`, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  const came = new Map([...box.content.querySelectorAll("[data-row]")].map((row) => [row.id, row]));
  for (const id of wanted) {
    const old = rowOf(id);
    const row = came.get(`case-${id}`);
    if (old && row) replace(old, row);
    else if (old) leave(old);
    else if (row) fresh.add(id);
  }
  showFresh();
}

// Another filter, another list: what was new in the old one is of no concern.
document.addEventListener("htmx:afterSwap", ({ detail }) => { if (detail.target.id === "list") fresh.clear(); });

listen(refresh);
