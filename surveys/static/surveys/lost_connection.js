// Sends an answer and shows the page that comes back for it: one request for each tap. A lost connection keeps the answer:
// it is sent again until it arrives. Browsers without this script send the form by themselves.
(() => {
  // Elsewhere an attempt may count, such as that of a code: those forms are sent by the browser, once.
  if (!/^\/(answer|r)\//.test(location.pathname)) return;
  const KEY = "waiting-answer", AN_HOUR = 3600e3, PATIENCE = 15e3, LONGEST_PAUSE = 30e3;
  // What a server or a proxy says that is down for a moment.
  const FOR_A_MOMENT = [502, 503, 504];
  let words = document.currentScript.dataset;
  let main, person, mayKeep, shown, waiting, attempt, timer, banner, failures;

  const store = (work) => { try { return work(sessionStorage); } catch { /* the browser keeps nothing */ } };
  const isShared = () => document.querySelector("[data-kiosk-seconds]");
  const enable = (isEnabled) => {
    main.setAttribute("aria-busy", String(!isEnabled));
    main.querySelectorAll("button").forEach((button) => (button.disabled = !isEnabled));
  };

  // Look at the page at hand: the first one, or one that took its place.
  const look = () => {
    main = document.querySelector("main");
    person = document.querySelector("header input[name=person]")?.value;
    shown = location.pathname;
    // Nothing stays in the browser of an address that is a key, of a shared screen, or of the wish to delete.
    mayKeep = person && /^\/answer\/(?!delete)/.test(shown) && !isShared();
    waiting = attempt = banner = null;
    failures = 0;
  };

  const show = () => {
    if (banner) return;
    banner = document.createElement("div");
    banner.className = "note note-warning";
    banner.setAttribute("role", "alert");
    banner.style.cssText = "position:sticky;bottom:8px;z-index:1;display:block;padding-bottom:0;font-size:var(--text-16)";
    const text = document.createElement("span"), now = document.createElement("button");
    text.textContent = words.lost;
    Object.assign(now, { type: "button", className: "back", textContent: words.now });
    now.addEventListener("click", () => send());
    banner.append(text, document.createElement("br"), now);
    main.append(banner);
    // It lies over the page: what gets the focus scrolls clear of it.
    document.documentElement.style.scrollPaddingBottom = `${banner.offsetHeight + 16}px`;
  };

  const fail = () => {
    const { form, button, fields } = waiting;
    enable(true);
    show();
    // Disabled, it had lost the focus.
    if (button && document.activeElement === document.body) button.focus({ preventScroll: true });
    if (mayKeep) {
      const kept = { person, path: location.pathname, at: Date.now(), form: [...document.forms].indexOf(form), fields };
      store((storage) => storage.setItem(KEY, JSON.stringify({ ...kept, name: button?.name, value: button?.value })));
    }
    timer = setTimeout(send, Math.min(1000 * 2 ** failures++, LONGEST_PAUSE));
  };

  // The browser sends it itself and shows what comes back: a mistake in the form, or that the survey is over.
  const leaveToTheBrowser = ({ form, button }) => {
    if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    form.submit();
  };

  const filesOf = (page) => [...page.head.querySelectorAll("link[href], script[src]")].map((one) => one.getAttribute("href") ?? one.getAttribute("src")).join();

  // The page takes the place of the one at hand, as if the browser had opened it. Where it needs other files, the browser does.
  const turnTo = (address, text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    if (filesOf(page) !== filesOf(document)) return location.assign(address);
    history[address === location.pathname ? "replaceState" : "pushState"](null, "", address);
    document.title = page.title;
    for (const name of ["lang", "dir"]) document.documentElement.setAttribute(name, page.documentElement.getAttribute(name));
    document.documentElement.style.scrollPaddingBottom = "";
    words = page.querySelector("script[data-lost]").dataset;
    document.body.replaceWith(document.adoptNode(page.body));
    look();
    scrollTo(0, 0);
    // Where a reader begins: a screen reader says the question, and Tab goes on from there.
    const start = main.querySelector("h1");
    start.tabIndex = -1;
    start.focus({ preventScroll: true });
  };

  async function send() {
    clearTimeout(timer);
    attempt?.abort();
    const mine = (attempt = new AbortController()), limit = setTimeout(() => mine.abort(), PATIENCE);
    const { form, fields, token, button } = waiting;
    const body = new URLSearchParams([...fields, ["csrfmiddlewaretoken", token], ...(button?.name ? [[button.name, button.value]] : [])]);
    // A shared screen counts down in a script of its own, which begins anew with each page.
    const headers = { Prefer: isShared() ? "return=minimal" : "return=representation" };
    let answer, page;
    try {
      answer = await fetch(form.action, { method: "POST", body, headers, redirect: "manual", signal: mine.signal });
      page = answer.ok && answer.headers.get("Content-Location") ? await answer.text() : null;
    } catch { answer = null; /* no connection, or it broke off */ }
    clearTimeout(limit);
    if (mine !== attempt) return; // another answer took its place
    if (!answer || FOR_A_MOMENT.includes(answer.status)) return fail();
    store((storage) => storage.removeItem(KEY));
    const next = answer.ok && answer.headers.get("Location");
    if (page) turnTo(answer.headers.get("Content-Location"), page);
    else if (next) location.assign(next);
    else leaveToTheBrowser(waiting);
  }

  addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    // Where the browser does not tell which button it was, the answer would be lost.
    if (!main.contains(form) || form.method !== "post" || !("submitter" in event) || event.defaultPrevented) return;
    event.preventDefault();
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    waiting = { form, button, fields, token: form.elements.csrfmiddlewaretoken.value };
    if (button?.classList.contains("tile")) {
      main.querySelectorAll(".tile-chosen").forEach((tile) => { tile.classList.remove("tile-chosen"); tile.removeAttribute("aria-current"); });
      button.classList.add("tile-chosen");
      button.setAttribute("aria-current", "true");
    }
    failures = 0;
    enable(false);
    send();
  });
  // A browser may keep the buttons as they were when it goes back to this page, or loads it again.
  addEventListener("pageshow", (event) => (event.persisted || !attempt) && enable(true));
  // Back and Forward between pages that took each other's place: as the server has them now.
  addEventListener("popstate", () => location.pathname !== shown && location.reload());
  addEventListener("online", () => waiting && banner && send());
  look();

  // A page that was loaded again sends what it was waiting with, for the same person only. Who went elsewhere let go of it.
  const kept = mayKeep && store((storage) => JSON.parse(storage.getItem(KEY)));
  if (!kept) return;
  const form = document.forms[kept.form];
  const button = [...(form?.elements ?? [])].find((one) => one.type === "submit" && one.name === kept.name && one.value === kept.value);
  if (kept.person !== person || kept.path !== location.pathname || Date.now() - kept.at > AN_HOUR) store((storage) => storage.removeItem(KEY));
  else if (button) {
    for (const [name, value] of kept.fields) {
      for (const one of form.elements) {
        if (one.name !== name) continue;
        if (one.type === "radio" || one.type === "checkbox") one.checked = one.value === value;
        else one.value = value;
      }
    }
    form.requestSubmit(button);
  }
})();
