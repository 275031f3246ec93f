// Sends what waits and fetches what changed, one at a time even with two tabs open; a failure loses nothing.
import { ask } from "./device.js";
import * as lists from "./lists.js";
import * as scans from "./scans.js";

const BATCH = 100;
const alone = (work) => (navigator.locks ? navigator.locks.request("bihuan-checkpoint", work) : work());

export const sync = (url) => alone(() => rounds(url));

async function rounds(url) {
  for (;;) {
    const waiting = await scans.waiting();
    const answer = await round(url, waiting.slice(0, BATCH), waiting.length);
    const isMoving = answer.taken.length + Object.keys(answer.refused).length > 0;
    if (!answer.more && !(waiting.length > BATCH && isMoving)) break;
  }
  await lists.forgetExpired();
  await scans.forgetOld();
}

async function round(url, batch, count) {
  const { edition, listed } = lists.lists;
  const papers = batch.map((scan) => scan.paper);
  const answer = await ask(url, { halts: edition, listed, waiting: count - batch.length, scans: papers });
  await scans.settle(batch, answer.taken, answer.refused);
  await lists.takeKeys(answer);
  await lists.takeHalts(answer.halts);
  await lists.takePasses(answer.passes, answer.listed);
  return answer;
}
