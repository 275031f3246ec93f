// On every page for people who go: keeps it on the device, and says whether there is a network.
const worker = document.querySelector("script[data-worker]")?.dataset.worker;
const place = document.getElementById("network");

function show() {
  if (!place) return;
  place.textContent = navigator.onLine ? place.dataset.there : place.dataset.gone;
  place.classList.toggle("is-gone", !navigator.onLine);
}

navigator.serviceWorker?.register(worker).catch(() => {}); // without it the page needs the network
globalThis.addEventListener("online", show);
globalThis.addEventListener("offline", show);
show();
