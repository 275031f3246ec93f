// Puts an answer on the screen: big, in words, in a shape and in a colour.
import { listAgeS, WARN_AFTER_S } from "./judging.js";
import { nowS } from "./lists.js";
import { printed } from "../seal/numbers.js";

const words = JSON.parse(document.getElementById("words").textContent);
const place = (id) => document.getElementById(id);
const language = document.documentElement.lang;
const instant = new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

export const say = (name, blanks = {}) =>
  words.said[name].replace(/\{(\w+)\}/g, (whole, blank) => blanks[blank] ?? whole);
const at = (seconds) => instant.format(new Date(seconds * 1000));

export function showVerdict({ light, reason, claims }) {
  place("verdict").dataset.light = light;
  place("word").textContent = words.light[light];
  place("reason").textContent = words.reason[reason] || reason;
  showLine("plate", claims?.plate ? [claims.plate, words.colour[claims.colour]] : []);
  showLine("facts", claims?.validUntil ? factsOf(claims) : claims?.number ? [printed(claims.number)] : []);
  place("acts").hidden = false;
  showActs(light, reason, claims);
}

// A guard may be told to let through what is refused; that is noted then, but it is not what is offered first.
function showActs(light, reason, claims) {
  const button = (outcome) => place("acts").querySelector(`[data-outcome=${outcome}]`);
  const isRefused = light === "refuse";
  button("let").hidden = reason === "other_plate";
  button("let").classList.toggle("button--plain", isRefused);
  button("turned").classList.toggle("button--plain", !isRefused);
  button("plate").hidden = isRefused || !claims?.plate;
}

function showLine(id, parts) {
  place(id).textContent = parts.filter(Boolean).join(" · ");
  place(id).hidden = !parts.length;
}

function factsOf(claims) {
  const time = nowS() < claims.validFrom ? say("from", { at: at(claims.validFrom) }) : say("until", { at: at(claims.validUntil) });
  return [printed(claims.number), words.goods[claims.goods], claims.route.join(" → "), time];
}

export function showState(count) {
  const age = listAgeS();
  const minutes = Math.floor(age / 60);
  const words_ = minutes < 60 ? say("minutes", { n: minutes }) : say("hours", { n: Math.floor(minutes / 60) });
  place("age").textContent = Number.isFinite(age) ? say("list_age", { age: words_ }) : say("list_none");
  place("age").classList.toggle("is-old", age > WARN_AFTER_S);
  place("waiting").textContent = count ? say("waiting", { n: count }) : say("all_sent");
  place("waiting").classList.toggle("is-old", count > 0);
}

export function showLast(scans) {
  place("last").replaceChildren(...scans.map((scan) => {
    const line = document.createElement("li");
    line.dataset.light = scan.light;
    const what = scan.plate || (scan.number && printed(scan.number)) || "—";
    const parts = [at(Date.parse(scan.at) / 1000), what, words.reason[scan.reason] || scan.reason];
    line.append(...parts.map((text) => Object.assign(document.createElement("span"), { textContent: text })));
    return line;
  }));
}

export function showTrouble(text) {
  place("trouble").textContent = text;
  place("trouble").hidden = !text;
}
