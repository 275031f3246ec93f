// The receipt card: print it, copy its number.
const print = document.querySelector("[data-print]");
const copy = document.querySelector("[data-copy]");
const number = document.querySelector("[data-number]").textContent.trim();

print.hidden = false;
print.addEventListener("click", () => globalThis.print());
if (navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(number);
    copy.querySelector("span").textContent = copy.dataset.done;
  });
}
