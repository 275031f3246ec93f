// The commander's board: counted anew every few seconds.
import { draw, start } from "./charts.js";
import { listen } from "./live.js";
import "./clock.js";

const LEAST_MS = 5_000;
let last = 0;

function refresh() {
  if (performance.now() - last < LEAST_MS) return;
  last = performance.now();
  window.htmx.ajax("GET", location.pathname, { target: "#board-figures", swap: "outerHTML" });
}

document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "board-figures") draw(); });
document.querySelector("[data-full]")?.addEventListener("click", () => document.getElementById("board").requestFullscreen());
setInterval(refresh, 15_000);
listen(refresh);
start();
