// A shared screen clears itself: it counts down from the last tap, and sends the form that forgets who was here.
(() => {
  for (const form of document.forms) form.autocomplete = "off";
  // A page kept by the Back button would show the person before.
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  const start = document.querySelector("[data-kiosk-start]");
  if (start) {
    // Nobody's code stays in the field.
    let idle;
    addEventListener("input", () => {
      clearTimeout(idle);
      idle = setTimeout(() => document.querySelectorAll("input.code-field").forEach((field) => (field.value = "")), 1000 * start.dataset.kioskStart);
    });
    return;
  }
  const bar = document.querySelector("[data-kiosk-seconds]");
  if (!bar) return;
  const part = (name) => bar.querySelector(`[data-kiosk-${name}]`);
  const seconds = Number(bar.dataset.kioskSeconds);
  const said = part("said");
  let end, isWaiting = false, isCleared = false;

  const show = () => {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    part("left").textContent = left;
    part("counting").hidden = isWaiting;
    part("waiting").hidden = !isWaiting;
    said.textContent = !isWaiting && left <= 15 && seconds > 20 ? said.dataset.kioskSoon : "";
    if (left > 0 || isCleared) return;
    isCleared = true;
    try { localStorage.clear(); sessionStorage.clear(); } catch { /* the browser keeps nothing at all */ }
    part("clear").submit();
  };
  const begin = (after) => { end = Date.now() + 1000 * after; show(); };

  part("wait").addEventListener("click", () => { isWaiting = true; begin(Number(bar.dataset.kioskPause)); });
  for (const kind of ["pointerdown", "keydown", "input"]) {
    addEventListener(kind, (event) => {
      if (event.target instanceof Element && event.target.closest("[data-kiosk-wait]")) return;
      isWaiting = false;
      begin(seconds);
    });
  }
  bar.querySelector(".kiosk-count").hidden = false;
  part("wait").hidden = false;
  begin(seconds);
  setInterval(show, 500);
})();
