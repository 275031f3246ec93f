// Triage: the owner follows the service until chosen by hand; marked rows are counted; news wait behind a bar.
import { listen } from "./live.js";
import "./clock.js";
import "./rows.js";

const fresh = new Set();

function followService(select) {
  const owner = select.form.querySelector("select[data-agency]");
  const usual = select.selectedOptions[0]?.dataset.agency;
  if (usual && !owner.dataset.chosen) owner.value = usual;
}

function countMarked() {
  document.getElementById("marked").textContent = document.querySelectorAll("[data-key=x]:checked").length;
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-service]")) followService(target);
  if (target.matches("select[data-agency]")) target.dataset.chosen = "yes";
  if (target.matches("[data-key=x]")) countMarked();
});

// After a decision the keyboard stands on the next row, not at the top of the page.
document.addEventListener("htmx:afterSwap", ({ target }) => {
  const row = target.closest?.("[data-row]");
  (row?.nextElementSibling?.querySelector("[data-open]") || row?.querySelector("[data-open]"))?.focus();
});

function heed(ids) {
  for (const id of ids || []) if (!document.getElementById(`case-${id}`)) fresh.add(id);
  fetch(`${location.pathname}new/?cases=${[...fresh].slice(0, 200).join(",")}`)
    .then((answer) => answer.json())
    .then(({ count }) => {
      const bar = document.getElementById("fresh");
      bar.hidden = count === 0;
      bar.querySelector("b").textContent = count;
    });
}

listen(heed);
