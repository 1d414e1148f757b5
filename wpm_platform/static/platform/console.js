// Small comforts; every page works without them.
(() => {
  "use strict";

  // <button data-copy="1234" data-copied="Copied">: copies, then says so where screen readers hear it.
  const announcer = document.getElementById("announcer");
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      return;
    }
    button.classList.add("copied");
    if (announcer) announcer.textContent = `${button.dataset.copied || ""} ${button.dataset.copy}`.trim();
    window.setTimeout(() => button.classList.remove("copied"), 2000);
  });

  // Menus are <details>: a click elsewhere or Escape closes them.
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== except) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.activeElement && document.activeElement.closest("details.menu[open]");
    closeMenus(null);
    if (open) open.querySelector("summary").focus();
  });

  // A bulk bar counts what is ticked: <form data-bulk> with a [data-bulk-count].
  for (const form of document.querySelectorAll("form[data-bulk]")) {
    const count = form.querySelector("[data-bulk-count]");
    const boxes = () => [...form.querySelectorAll("tbody input[type=checkbox]")];
    const all = form.querySelector("thead input[type=checkbox]");
    const show = () => {
      if (count) count.textContent = String(boxes().filter((box) => box.checked).length);
    };
    if (all) all.addEventListener("change", () => boxes().forEach((box) => (box.checked = all.checked)));
    form.addEventListener("change", show);
    show();
  }
})();
