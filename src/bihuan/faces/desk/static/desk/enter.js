// The operator's form: finds a service while typing, warns of danger while the caller speaks.
const find = document.getElementById("service-find");
const chips = [...document.querySelectorAll(".chip")];
const text = document.getElementById("id_text");
const banner = document.getElementById("danger");

function narrow() {
  const wanted = find.value.trim().toLowerCase();
  for (const chip of chips) chip.hidden = Boolean(wanted) && !chip.dataset.words.includes(wanted);
  return chips.find((chip) => !chip.hidden);
}

find?.addEventListener("input", narrow);
find?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  const first = narrow();
  if (!first) return;
  first.control.click();
  find.value = "";
  narrow();
  text.focus();
});

function warn() {
  const all = JSON.parse(banner.dataset.words);
  const spoken = text.value;
  const hit = all.find(({ words }) => words.some((word) => spoken.includes(word)));
  banner.hidden = !hit;
  if (hit) banner.querySelector("b").textContent = hit.number;
}

text?.addEventListener("input", warn);
if (text) warn();

// A suggestion is taken by a click or Alt+T; what was taken goes along, so that the record can say so.
function take(button) {
  const radio = document.querySelector(`input[name=service][value="${CSS.escape(button.dataset.take)}"]`);
  if (!radio) return;
  radio.click();
  document.getElementById("id_taken").value = button.dataset.take;
  radio.focus();
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-take]");
  if (button) take(button);
});
document.addEventListener("keydown", (event) => {
  const button = event.altKey && event.code === "KeyT" && document.querySelector("[data-take]");
  if (!button) return;
  event.preventDefault();
  take(button);
});
