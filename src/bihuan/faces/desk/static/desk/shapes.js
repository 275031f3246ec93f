// The marks of the map: a shape for each state, so that nobody has to tell colours apart.
import { colour } from "./mapbase.js";

const SIZE = 44;
const TONES = { waiting: "warn", hand: "info", hold: "quiet", done: "ok", late: "danger" };

const polygon = (corners, turn) => (pen) => {
  for (let i = 0; i < corners; i += 1) {
    const angle = turn + (i * 2 * Math.PI) / corners;
    pen.lineTo(22 + 15 * Math.cos(angle), 22 + 15 * Math.sin(angle));
  }
  pen.closePath();
};
const DRAW = {
  waiting: polygon(3, -Math.PI / 2),
  hand: (pen) => pen.arc(22, 22, 13, 0, 2 * Math.PI),
  hold: polygon(4, Math.PI / 4),
  done: polygon(6, 0),
  late: polygon(4, 0),
};

export const SHAPES = Object.keys(DRAW);

function paint(shape) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext("2d");
  pen.beginPath();
  DRAW[shape](pen);
  pen.lineWidth = 8;
  pen.lineJoin = "round";
  pen.strokeStyle = colour("surface");
  pen.stroke();
  pen.fillStyle = colour(TONES[shape]);
  pen.fill();
  return pen.getImageData(0, 0, SIZE, SIZE);
}

export function addShapes(map) {
  for (const shape of SHAPES) {
    if (map.hasImage(shape)) map.removeImage(shape);
    map.addImage(shape, paint(shape), { pixelRatio: 2 });
  }
}

// The legend shows the very marks of the map.
export function drawLegend(list) {
  for (const sign of list.querySelectorAll("canvas[data-shape]")) {
    sign.width = sign.height = SIZE;
    sign.getContext("2d").putImageData(paint(sign.dataset.shape), 0, 0);
  }
}
