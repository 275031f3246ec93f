// Listens for what may have told somebody something; the list and the bell then ask for themselves.
import { listen } from "./live.js";

listen(() => {});
