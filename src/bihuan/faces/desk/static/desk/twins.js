// A second each: when a pair is judged, the next one, which is there already, is shown at once. Its buttons come
// to life with the answer, so that no key is pressed twice, and without htmx's usual pause (settle:0ms): a key pressed
// in it would send the form as a page of its own, and its word would not be seen.
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  const next = document.querySelector("[data-next]");
  if (!target.matches?.("[data-judge]")) return;
  for (const button of document.querySelectorAll("[data-judge] button")) button.disabled = true;
  if (!next || target.matches(":not(article *)")) return;
  document.querySelector("[data-current]").remove();
  next.hidden = false;
});

document.addEventListener("htmx:afterSettle", () => document.getElementById("refusal")?.focus({ preventScroll: true }));
