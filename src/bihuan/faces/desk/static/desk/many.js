// Many cases: the form is sent a part at a time, so that one sees how far it is. Without this it is sent whole.
const PART = 20;
const form = document.getElementById("many");

async function send(part) {
  const body = new FormData(form);
  body.delete("case");
  for (const number of part) body.append("case", number);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!answer.ok || !answer.headers.get("Content-Type").startsWith("application/json")) throw new Error("refused");
}

form?.addEventListener("submit", async (event) => {
  const numbers = new FormData(form).getAll("case");
  if (numbers.length <= PART) return;
  event.preventDefault();
  const box = form.querySelector(".many__progress");
  const bar = box.querySelector("progress");
  box.hidden = false;
  form.querySelectorAll(".actions button").forEach((button) => { button.disabled = true; });
  try {
    for (let at = 0; at < numbers.length; at += PART) {
      await send(numbers.slice(at, at + PART));
      bar.value = Math.min(at + PART, numbers.length);
      box.querySelector("[data-said]").textContent = `${bar.value} / ${numbers.length}`;
    }
    location.assign(form.dataset.result);
  } catch {
    // The page itself says what is wrong; what was done already is not done twice, the key being the same.
    form.submit();
  }
});
