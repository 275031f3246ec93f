// Draws the banner's circle on the map; a click moves its middle.
import { colour, makeMap } from "./mapbase.js";

const box = document.getElementById("banner-map");
const field = (name) => document.querySelector(`[name=${name}]`);
const CORNERS = 64;
const METRES_PER_DEGREE = 111_320;

function circle() {
  const [lon, lat, radius] = ["lon", "lat", "radius_m"].map((name) => Number(field(name).value));
  const ring = Array.from({ length: CORNERS + 1 }, (_, corner) => {
    const turn = (2 * Math.PI * corner) / CORNERS;
    const wide = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
    return [lon + (radius * Math.cos(turn)) / wide, lat + (radius * Math.sin(turn)) / METRES_PER_DEGREE];
  });
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
}

const map = await makeMap(box, { center: [Number(box.dataset.lon), Number(box.dataset.lat)], zoom: 13.2, cooperativeGestures: true });

function layers() {
  map.addLayer({ id: "area", type: "fill", source: "area", paint: { "fill-color": colour("warn"), "fill-opacity": 0.25 } });
  map.addLayer({ id: "rim", type: "line", source: "area", paint: { "line-color": colour("warn"), "line-width": 2 } });
}

function begin() {
  map.addSource("area", { type: "geojson", data: circle() });
  layers();
  const draw = () => map.getSource("area").setData(circle());
  field("radius_m").addEventListener("input", draw);
  map.on("click", ({ lngLat }) => {
    field("lon").value = lngLat.lng.toFixed(6);
    field("lat").value = lngLat.lat.toFixed(6);
    if (!Number(field("radius_m").value)) field("radius_m").value = 500;
    draw();
  });
  map.on("recolour", () => { for (const id of ["area", "rim"]) map.removeLayer(id); layers(); });
}

if (map.loaded()) begin();
else map.once("load", begin);
