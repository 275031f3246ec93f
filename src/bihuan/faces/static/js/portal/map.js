// A map without tiles from anywhere: districts, rivers, roads and places from our own tables.
import * as maplibre from "../../vendor/maplibre/maplibre-gl.mjs";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const nameKey = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const FONT = ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "sans-serif"];

const area = (id, source, filter, paint) => ({ id, source, type: "fill", filter, paint });
const stroke = (id, source, filter, paint) => ({ id, source, type: "line", filter, paint });
const ofKind = (kind) => ["==", ["get", "kind"], kind];
const isArea = ["==", ["geometry-type"], "Polygon"];

function label(id, source, size, minzoom, filter) {
  return {
    id, source, type: "symbol", minzoom, ...(filter && { filter }),
    layout: { "text-field": ["get", nameKey], "text-size": size, "text-font": FONT, "text-variable-anchor": ["top", "bottom"], "text-radial-offset": 0.6 },
    paint: { "text-color": colour("--ink"), "text-halo-color": colour("--land"), "text-halo-width": 1.5 },
  };
}

function layers() {
  const line = colour("--line-strong");
  return [
    { id: "ground", type: "background", paint: { "background-color": colour("--ground") } },
    area("district", "districts", ["==", ["get", "level"], "county"], { "fill-color": colour("--land") }),
    area("water", "features", ["all", ofKind("river"), isArea], { "fill-color": colour("--water") }),
    stroke("river", "features", ofKind("river"), { "line-color": colour("--water"), "line-width": ["interpolate", ["linear"], ["zoom"], 9, 3, 14, 14] }),
    stroke("road", "features", ofKind("road"), { "line-color": colour("--road"), "line-width": ["interpolate", ["linear"], ["zoom"], 9, 1, 14, 6] }),
    stroke("border", "districts", ["==", ["get", "level"], "county"], { "line-color": line, "line-width": 1.2 }),
    stroke("street-border", "districts", ["==", ["get", "level"], "street"], { "line-color": colour("--line"), "line-width": 0.8, "line-dasharray": [3, 2] }),
    { id: "site", source: "sites", type: "circle", minzoom: 10, paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 1.5, 14, 5], "circle-color": colour("--accent"), "circle-stroke-color": colour("--land"), "circle-stroke-width": 1 } },
    label("district-name", "districts", 13, 5, ["==", ["get", "level"], "county"]),
    label("site-name", "sites", 12, 13),
  ];
}

export function style(data) {
  const sources = {};
  for (const name of ["districts", "features", "sites"]) sources[name] = { type: "geojson", data: data[name] };
  return { version: 8, sources, layers: layers() };
}

export function boundsOf(collection) {
  const bounds = new maplibre.LngLatBounds();
  const walk = (part) => { if (typeof part[0] === "number") bounds.extend(part); else part.forEach(walk); };
  collection.features.forEach((feature) => walk(feature.geometry.coordinates));
  return bounds;
}

async function start(box, form, choose) {
  const names = ["districts", "features", "sites"];
  const answers = await Promise.all(names.map(async (name) => (await fetch(box.dataset[name])).json()));
  const data = Object.fromEntries(names.map((name, index) => [name, answers[index]]));
  const map = new maplibre.Map({
    container: box, style: style(data), attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: 17,
  });
  const bounds = boundsOf(data.districts);
  if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: 16, animate: false });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  const marker = new maplibre.Marker({ color: colour("--danger") });
  const mark = (point) => {
    if (!point) return marker.remove();
    marker.setLngLat(point).addTo(map);
    return map.getBounds().contains(point) && map.getZoom() > 12 ? map : map.easeTo({ center: point, zoom: Math.max(map.getZoom(), 14) });
  };
  map.on("click", ({ lngLat }) => choose(lngLat.lng, lngLat.lat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    choose(map.getCenter().lng, map.getCenter().lat);
  });
  form.addEventListener("bihuan:point", ({ detail }) => mark(detail));
  document.addEventListener("bihuan:theme", () => map.setStyle(style(data)));
  const { lon, lat } = form.elements;
  if (lon.value) mark([Number(lon.value), Number(lat.value)]);
}

let isOpen = false;

export function openMap(box, form, choose) {
  if (isOpen) return;
  isOpen = true;
  start(box, form, choose).catch(() => { isOpen = false; box.hidden = true; });
}
