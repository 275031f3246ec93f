// A map drawn from the city's own outlines; nothing is fetched from elsewhere. Colours come from the page,
// labels from the machine's own fonts (a style without glyphs), so Chinese needs no font files.
import { MapLibreMap, NavigationControl, ScaleControl, setWorkerUrl } from "../vendor/maplibre/maplibre-gl.mjs";

export { Marker, Popup } from "../vendor/maplibre/maplibre-gl.mjs";

setWorkerUrl(new URL("../vendor/maplibre/maplibre-gl-worker.mjs", import.meta.url).href);

export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const name = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const label = (size, extra = {}) => ({
  "text-field": ["coalesce", ["get", name], ["get", "zh"]], "text-size": size, "text-font": ["sans-serif"], "text-max-width": 8, ...extra,
});
const halo = () => ({ "text-color": colour("ink"), "text-halo-color": colour("land"), "text-halo-width": 1.4 });

export function groundLayers() {
  return [
    { id: "land", type: "background", paint: { "background-color": colour("sunken") } },
    { id: "outline-fill", type: "fill", source: "districts", filter: ["==", ["get", "level"], "county"],
      paint: { "fill-color": colour("land") } },
    { id: "water", type: "fill", source: "features",
      filter: ["all", ["==", ["get", "kind"], "water"], ["==", ["geometry-type"], "Polygon"]],
      paint: { "fill-color": colour("water") } },
    { id: "river", type: "line", source: "features", filter: ["in", ["get", "kind"], ["literal", ["river", "water"]]],
      paint: { "line-color": colour("water"), "line-width": ["interpolate", ["linear"], ["zoom"], 8, 2, 14, 9] } },
    { id: "road", type: "line", source: "features", filter: ["==", ["get", "kind"], "road"],
      paint: { "line-color": colour("road"), "line-width": ["interpolate", ["linear"], ["zoom"], 8, 1.2, 14, 6] } },
    { id: "street", type: "line", source: "districts", filter: ["==", ["get", "level"], "street"], minzoom: 10.5,
      paint: { "line-color": colour("line-strong"), "line-width": 0.7, "line-dasharray": [3, 2] } },
    { id: "outline", type: "line", source: "districts", filter: ["==", ["get", "level"], "county"],
      paint: { "line-color": colour("line-strong"), "line-width": 1.4 } },
    { id: "site", type: "circle", source: "sites", minzoom: 12.5,
      paint: { "circle-radius": 3, "circle-color": colour("surface"), "circle-stroke-color": colour("ink-soft"), "circle-stroke-width": 1.2 } },
    { id: "site-name", type: "symbol", source: "sites", minzoom: 13.5,
      layout: label(11, { "text-anchor": "top", "text-offset": [0, 0.5], "text-optional": true }), paint: halo() },
  ];
}

const LAYERS = ["districts", "features", "sites"];
const EMPTY = { type: "FeatureCollection", features: [] };

async function ground(address) {
  const answers = await Promise.all(LAYERS.map((layer) => fetch(address.replace("LAYER", layer))));
  return Promise.all(answers.map((answer) => (answer.ok ? answer.json() : EMPTY)));
}

// The box around all districts: what the map shows first.
function boundsOf({ features }) {
  const flat = features.flatMap(({ geometry }) => geometry.coordinates.flat(geometry.type === "MultiPolygon" ? 2 : 1));
  if (!flat.length) return undefined;
  const lons = flat.map(([lon]) => lon);
  const lats = flat.map(([, lat]) => lat);
  return [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
}

export async function makeMap(container, options = {}) {
  const [districts, features, sites] = await ground(container.dataset.ground);
  const source = (data) => ({ type: "geojson", data });
  const bounds = options.center ? undefined : boundsOf(districts);
  const map = new MapLibreMap({
    container, attributionControl: false, maxZoom: 18, minZoom: 6, pitchWithRotate: false, dragRotate: false,
    ...(bounds ? { bounds, fitBoundsOptions: { padding: 24 } } : {}),
    locale: JSON.parse(container.dataset.words || "{}"),
    style: {
      version: 8,
      sources: { districts: source(districts), features: source(features), sites: source(sites) },
      layers: groundLayers(),
    },
    ...options,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({}), "bottom-left");
  document.addEventListener("bihuan:theme", () => recolour(map));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => recolour(map));
  return map;
}

function recolour(map) {
  for (const { id, paint } of groundLayers()) {
    for (const [name, value] of Object.entries(paint)) map.setPaintProperty(id, name, value);
  }
  map.fire("recolour");
}
