// The city map: counts for each district from afar, single cases near by; the list beside it says the same.
import { colour, makeMap, Popup } from "./mapbase.js";
import { addShapes, drawLegend } from "./shapes.js";
import { listen } from "./live.js";

const OWN = ["counts", "count-words", "count-names", "cases"];
const box = document.getElementById("city-map");
const list = document.getElementById("map-list");
const map = await makeMap(box);
let asked = 0;

const inViewport = () => {
  const b = map.getBounds();
  return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map((n) => n.toFixed(5)).join(",");
};
const query = () => {
  const chosen = new URLSearchParams(new FormData(document.getElementById("map-filter")));
  chosen.set("zoom", map.getZoom().toFixed(1));
  chosen.set("bbox", inViewport());
  return chosen;
};

async function refresh() {
  const turn = ++asked;
  const chosen = query();
  const [points, words] = await Promise.all([
    fetch(`${box.dataset.points}?${chosen}`).then((answer) => answer.json()),
    fetch(`${box.dataset.list}?${chosen}`).then((answer) => answer.text()),
  ]);
  // An older answer that comes late must not undo a newer one.
  if (turn !== asked) return;
  map.getSource("points").setData(points);
  list.innerHTML = words;
  box.dataset.ready = points.features.length;
}

function layers() {
  map.addLayer({ id: "counts", type: "circle", source: "points", filter: ["has", "count"], paint: {
    "circle-color": colour("accent"), "circle-opacity": 0.92,
    "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 0, 10, 30, 26, 300, 46],
    "circle-stroke-color": ["case", [">", ["get", "late"], 0], colour("danger"), colour("surface")], "circle-stroke-width": 3 } });
  map.addLayer({ id: "count-words", type: "symbol", source: "points", filter: ["has", "count"],
    layout: { "text-field": ["to-string", ["get", "count"]], "text-size": 13, "text-font": ["sans-serif"], "text-allow-overlap": true, "text-ignore-placement": true },
    paint: { "text-color": colour("on-accent") } });
  map.addLayer({ id: "count-names", type: "symbol", source: "points", filter: ["has", "count"],
    layout: { "text-field": ["get", "name"], "text-size": 13, "text-font": ["sans-serif"], "text-max-width": 12,
      "text-variable-anchor": ["top", "right", "left", "bottom"],
      "text-radial-offset": ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 0, 1.1, 30, 2.3, 300, 4] },
    paint: { "text-color": colour("ink"), "text-halo-color": colour("surface"), "text-halo-width": 1.6 } });
  map.addLayer({ id: "cases", type: "symbol", source: "points", filter: ["has", "shape"],
    layout: { "icon-image": ["get", "shape"], "icon-allow-overlap": true } });
}

function open(feature) {
  const { id, title, status, due } = feature.properties;
  const link = document.createElement("a");
  link.href = box.dataset.case.replace("0", id);
  link.textContent = title;
  const words = document.createElement("p");
  words.textContent = [status, due].filter(Boolean).join(" · ");
  const body = document.createElement("div");
  body.append(link, words);
  new Popup({ maxWidth: "18rem" }).setLngLat(feature.geometry.coordinates).setDOMContent(body).addTo(map);
}

function wire() {
  map.on("click", "counts", ({ features }) => map.easeTo({ center: features[0].geometry.coordinates, zoom: features[0].properties.name ? 11 : 13 }));
  map.on("click", "cases", ({ features }) => open(features[0]));
  for (const id of ["counts", "cases"]) {
    map.on("mouseenter", id, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", id, () => { map.getCanvas().style.cursor = ""; });
  }
  map.on("moveend", refresh);
  map.on("recolour", () => {
    addShapes(map);
    drawLegend(document.getElementById("legend"));
    for (const id of OWN) map.removeLayer(id);
    layers();
  });
}

function begin() {
  addShapes(map);
  drawLegend(document.getElementById("legend"));
  map.addSource("points", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  layers();
  wire();
  refresh();
  listen(refresh);
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("[data-lon]");
  if (button) map.easeTo({ center: [Number(button.dataset.lon), Number(button.dataset.lat)], zoom: Math.max(map.getZoom(), 13) });
});
document.getElementById("map-filter").addEventListener("change", refresh);
if (map.loaded()) begin();
else map.once("load", begin);
