// Three sounds that can't be taken for one another: two rising, one long, three low. And a telephone that trembles.
const NOTES = {
  pass: [[880, 0, 0.12], [1320, 0.14, 0.18]],
  ask: [[620, 0, 0.5]],
  refuse: [[220, 0, 0.18], [220, 0.24, 0.18], [220, 0.48, 0.3]],
};
const TREMBLES = { pass: [60], ask: [250], refuse: [150, 80, 150, 80, 300] };
let stage;

export function sound(light) {
  navigator.vibrate?.(TREMBLES[light]);
  stage ||= globalThis.AudioContext ? new AudioContext() : null;
  if (!stage) return;
  stage.resume().catch(() => {});
  for (const [pitch, after, lasting] of NOTES[light]) {
    const tone = new OscillatorNode(stage, { frequency: pitch, type: light === "refuse" ? "square" : "sine" });
    const volume = new GainNode(stage, { gain: 0.25 });
    tone.connect(volume).connect(stage.destination);
    tone.start(stage.currentTime + after);
    tone.stop(stage.currentTime + after + lasting);
  }
}
