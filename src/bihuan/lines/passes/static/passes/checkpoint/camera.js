// Reads QR codes from the camera: by the browser's own detector where it has one, else by jsQR.
const EVERY_MS = 120;
const WIDEST = 800;

async function detector() {
  const has = await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => []);
  if (has?.includes("qr_code")) {
    const own = new BarcodeDetector({ formats: ["qr_code"] });
    return async (canvas) => (await own.detect(canvas))[0]?.rawValue;
  }
  await import("../../vendor/jsqr/jsQR.js");
  return async (canvas, context) => {
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    return globalThis.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data;
  };
}

// Calls `found(text)` for each code that comes before the camera; returns a function that ends it.
export async function watch(video, found) {
  const wanted = { facingMode: "environment", width: { ideal: 1280 } };
  const stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
  const detect = await detector();
  video.srcObject = stream;
  await video.play();
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let isOn = true;
  let before = "";
  (async () => {
    while (isOn) {
      const text = await look(video, canvas, context, detect);
      if (isOn && text && text !== before) await found(text);
      if (text) before = text;
      await new Promise((resume) => { setTimeout(resume, EVERY_MS); });
    }
  })();
  const forget = () => { before = ""; };
  const stop = () => { isOn = false; stream.getTracks().forEach((track) => track.stop()); video.srcObject = null; };
  return { forget, stop };
}

async function look(video, canvas, context, detect) {
  if (!video.videoWidth) return "";
  const scale = Math.min(1, WIDEST / video.videoWidth);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return detect(canvas, context).catch(() => "");
}
