// What rings is shown on every page of whoever takes calls; a page without a live list of its own listens for it.
import { listen } from "./live.js";

if (document.getElementById("calls") && !document.getElementById("live")) listen(() => {});
