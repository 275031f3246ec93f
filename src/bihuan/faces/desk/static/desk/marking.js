// Marking rows: a click with Shift marks all between, one button all that is shown; x is in rows.js.
let last = null;
const boxes = () => [...document.querySelectorAll("[data-key=x]")];

function count() {
  const said = document.getElementById("marked");
  if (said) said.textContent = boxes().filter((box) => box.checked).length;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("[data-key=x]");
  if (!box) return;
  if (event.shiftKey && last) {
    const all = boxes();
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    if (from >= 0) all.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
  }
  last = box;
  count();
});

const every = document.querySelector("[data-mark-all]");
if (every) {
  every.hidden = false;
  every.addEventListener("click", () => {
    const all = boxes();
    const is = !all.every((box) => box.checked);
    all.slice(0, 200).forEach((box) => { box.checked = is; });
    count();
  });
}
document.addEventListener("htmx:afterSwap", count);
