// The small map of one Case: its place among the compounds near by.
const box = () => document.getElementById("case-map");

export async function draw() {
  const container = box();
  if (!container || container.dataset.drawn) return;
  container.dataset.drawn = "yes";
  const { makeMap, Marker, colour } = await import("./mapbase.js");
  const center = [Number(container.dataset.lon), Number(container.dataset.lat)];
  const map = await makeMap(container, { center, zoom: 14.5, cooperativeGestures: true });
  new Marker({ color: colour("danger") }).setLngLat(center).addTo(map);
}
