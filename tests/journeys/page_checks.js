// What a page of an employee must hold, as lists of faults; run by test_accessibility.py in the page itself.
(() => {
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 0
    && !one.closest(".visually-hidden") && !one.classList.contains("skip-link");
  // A radio button is drawn by the browser, or by the tile that it lies under.
  const EDGED = ".tile, .chip, .button, .field input:not([type=radio], [type=checkbox]), .field select";
  const named = (one) => `${one.tagName.toLowerCase()}.${one.className} “${(one.innerText || one.value || "").trim().slice(0, 40)}”`;
  const controls = () => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(isShown);

  // A link in the middle of a sentence is as high as its line; everything else is as big as a thumb.
  const isInSentence = (one) => one.tagName === "A" && getComputedStyle(one).display === "inline"
    && [...one.parentElement.childNodes].some((node) => node !== one && node.textContent.trim());
  const target = (one) => (/^(radio|checkbox)$/.test(one.type) && one.closest("label")) || one;

  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => channel(part / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const groundOf = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const edge = (one) => {
    const style = getComputedStyle(one);
    return parseFloat(style.borderTopWidth) > 0 && style.borderTopStyle !== "none" ? style.borderTopColor : style.backgroundColor;
  };

  return {
    sideways: () => {
      const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      return over > 0 ? [`${over} px wider than the screen`] : [];
    },
    cutOff: () => [...document.querySelectorAll("main *, header *, footer *")]
      .filter((one) => isShown(one) && one.clientWidth && !one.closest("svg, select, progress"))
      .filter((one) => one.scrollWidth > one.clientWidth + 1
        || (getComputedStyle(one).overflowY === "hidden" && one.scrollHeight > one.clientHeight + 1))
      .map(named),
    smallTargets: () => controls().filter((one) => !isInSentence(one)).map((one) => [one, target(one).getBoundingClientRect()])
      .filter(([, box]) => box.height < 47.5 || box.width < 47.5)
      .map(([one, box]) => `${named(one)} ${Math.round(box.width)}×${Math.round(box.height)}`),
    faintEdges: () => [...document.querySelectorAll(EDGED)].filter(isShown)
      .map((one) => [one, contrast(edge(one), groundOf(one.parentElement))]).filter(([, ratio]) => ratio < 3)
      .map(([one, ratio]) => `${named(one)} ${ratio.toFixed(2)} : 1`),
    structure: () => {
      const faults = [], heading = document.querySelectorAll("h1");
      if (heading.length !== 1) faults.push(`${heading.length} h1`);
      if (!document.title.split(" · ")[0].trim()) faults.push(`no title of its own: “${document.title}”`);
      if (document.querySelector("[tabindex]:not([tabindex='0'], [tabindex='-1'])")) faults.push("an order of its own (tabindex)");
      if (document.querySelector("head > meta[http-equiv=refresh]")) faults.push("runs out of time");
      let level = 0;
      for (const one of document.querySelectorAll("h1, h2, h3, h4")) {
        const now = Number(one.tagName[1]);
        if (now > level + 1 && level) faults.push(`h${level} then h${now}`);
        level = now;
      }
      return faults;
    },
    moving: () => [...document.querySelectorAll("*")].filter((one) => {
      const style = getComputedStyle(one);
      return parseFloat(style.transitionDuration) > 0.001 || style.animationName !== "none";
    }).map(named),
    // Where colours are the reader's own, a border or outline must tell controls, and the chosen one from the others.
    bare: () => [...document.querySelectorAll(`${EDGED}, .note, .error-summary`)].filter(isShown)
      .filter((one) => { const style = getComputedStyle(one); return style.borderTopStyle === "none" || parseFloat(style.borderTopWidth) < 1; }).map(named),
    stops: () => controls().length,
    focus: () => {
      const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
      return {
        name: named(one),
        isBody: one === document.body,
        hasRing: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3,
        isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        place: [...document.querySelectorAll("*")].indexOf(one),
        top: Math.round(box.top + scrollY),
      };
    },
  };
})()
