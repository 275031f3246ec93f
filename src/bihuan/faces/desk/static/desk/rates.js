// The picture of the weeks.
import { start } from "./charts.js";

start();
