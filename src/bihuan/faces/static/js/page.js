// On every page: the switch of colours, and dialogs that open and close by data attributes.
const root = document.documentElement;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches);

function remember(theme) {
  try { localStorage.setItem("theme", theme); } catch { /* the choice then lasts for this page */ }
}

function wireThemeSwitch(button) {
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  show();
  prefersDark.addEventListener("change", show);
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    show();
    document.dispatchEvent(new CustomEvent("bihuan:theme"));
  });
}

function onDialogClick(event) {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
}

// A network that went away is told, instead of a button that seems dead.
function tellLostNetwork() {
  const words = document.getElementById("words-offline");
  const notice = document.getElementById("notice");
  if (words && notice) notice.replaceChildren(words.content.cloneNode(true));
}

// htmx calls it an error when a newer look-up, or leaving the page, replaces one under way. It is meant so;
// what really failed is told by the event that follows.
const HUSHED = new Set(["htmx:sendAbort", "htmx:afterRequest"]);

function hush(_element, name, detail) {
  if (HUSHED.has(name)) delete detail.error;
}

if (window.htmx) window.htmx.logger = hush;
document.querySelectorAll("[data-theme-switch]").forEach(wireThemeSwitch);
document.addEventListener("click", onDialogClick);
document.addEventListener("htmx:sendError", tellLostNetwork);
