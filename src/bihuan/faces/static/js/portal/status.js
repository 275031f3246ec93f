// The status page changes by itself, but never under somebody's fingers.
const isTyping = (part) => [...part.querySelectorAll("textarea, input:not([type=hidden])")]
  .some((input) => input.value && input.value !== input.defaultValue);

document.addEventListener("htmx:beforeSwap", (event) => {
  const part = event.detail.target;
  if (part.id === "standing" && (isTyping(part) || part.contains(document.activeElement))) {
    event.detail.shouldSwap = false;
  }
});
