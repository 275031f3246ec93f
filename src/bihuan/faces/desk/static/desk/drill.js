// A drill that runs: its figures come anew with every answer, and the picture with them.
import { draw, start } from "./charts.js";
import { listen } from "./live.js";

if (document.getElementById("live")) listen(() => {});
document.addEventListener("htmx:afterSettle", ({ detail }) => { if (detail.elt.id === "drill") draw(); });
start();
