// The place: suggestions while a name is typed, the device's own position, a point on the map.
const QUIET_MS = 200;

function setPoint(form, lon, lat) {
  form.elements.lon.value = lon ?? "";
  form.elements.lat.value = lat ?? "";
  form.querySelector("[data-place-chosen]").hidden = lon === undefined;
  form.dispatchEvent(new CustomEvent("bihuan:point", { detail: lon === undefined ? null : [lon, lat] }));
}

function wireCombo(form) {
  const box = form.querySelector("[data-combo]");
  const input = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  const status = box.querySelector("[data-combo-status]");
  let timer = 0;
  let at = -1;

  const options = () => [...list.children];
  const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };

  function mark(next) {
    at = (next + options().length) % options().length;
    options().forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    input.setAttribute("aria-activedescendant", options()[at].id);
    options()[at].scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    input.value = option.dataset.name;
    close();
    setPoint(form, Number(option.dataset.lon), Number(option.dataset.lat));
  }

  async function suggest() {
    const asked = new URLSearchParams({ q: input.value, district: form.elements.district.value });
    const answer = await fetch(`${box.dataset.url}?${asked}`).catch(() => null);
    if (!answer?.ok) return close(); // no network: the words themselves will do
    list.innerHTML = await answer.text();
    const count = list.childElementCount;
    if (!count || document.activeElement !== input) return close();
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = `${count} ${status.dataset.words}`;
    return undefined;
  }

  function onKey(event) {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) choose(options()[at]);
    else return;
    event.preventDefault();
  }

  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
  input.addEventListener("input", () => { setPoint(form); clearTimeout(timer); timer = setTimeout(suggest, QUIET_MS); });
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", close);
  // The list must not take the focus from the field before the choice is read.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => { const option = event.target.closest("[role=option]"); if (option) choose(option); });
}

function wireHere(form) {
  const failed = form.querySelector("[data-here-failed]");
  form.querySelector("[data-here]").addEventListener("click", () => {
    failed.hidden = true;
    const fail = () => { failed.hidden = false; };
    if (!navigator.geolocation) return fail();
    return navigator.geolocation.getCurrentPosition(
      ({ coords }) => setPoint(form, coords.longitude, coords.latitude), fail,
      { enableHighAccuracy: true, timeout: 10000 },
    );
  });
}

function wireMap(form) {
  const button = form.querySelector("[data-open-map]");
  const box = form.querySelector("[data-map]");
  button.addEventListener("click", async () => {
    box.hidden = !box.hidden;
    form.querySelector("[data-map-help]").hidden = box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
    // A megabyte of map is fetched only by whoever wants one.
    const { openMap } = await import("./map.js");
    if (!box.hidden) openMap(box, form, (lon, lat) => setPoint(form, lon, lat));
  });
}

export function wirePlace(form) {
  if (!form.querySelector("[data-combo]")) return;
  wireCombo(form);
  wireHere(form);
  wireMap(form);
  form.querySelector("[data-clear-point]").addEventListener("click", () => setPoint(form));
  form.addEventListener("bihuan:filled", () => {
    const { lon, lat } = form.elements;
    form.querySelector("[data-place-chosen]").hidden = !lon.value;
    if (lon.value) setPoint(form, Number(lon.value), Number(lat.value));
  });
}
