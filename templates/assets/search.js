// The first of the search that a page loads, once it is needed: the box on every page, where an id leads to its cable, and what
// an address that leads nowhere may have meant. It brings `lookup.js`, which knows ids, for a query `find.js`, and for a cable that
// was found `marks.js`; the search page has `search-page.js` and `facets.js` besides. What these share is `cablepressSearch`.

globalThis.cablepressSearch = (() => {
  "use strict";

  const assets = new URL(".", document.currentScript.src);
  const site = new URL("..", assets);
  // Where the index is, and each page; those of a split archive are in parts.
  const { portal = site, urlOf = (address) => new URL(address, site) } = globalThis.cablepressParts ?? {};
  const first = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  function make(name, values, ...children) {
    const element = Object.assign(document.createElement(name), values);
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  // Elements or texts with something between each two
  const listed = (children, between = ", ") => children.flatMap((child, at) => (at ? [between, child] : [child]));

  const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

  const loading = new Map(); // scripts by name; one that could not be read is asked for again

  function load(name) {
    if (!loading.has(name)) {
      const script = new Promise((ready, failed) => {
        const onerror = () => failed(new Error(`assets/${name} could not be read.`));
        document.head.append(make("script", { src: new URL(name, assets), onload: ready, onerror }));
      });
      script.catch(() => loading.delete(name));
      loading.set(name, script);
    }
    return loading.get(name);
  }

  let finder = null;

  // What looks up ids
  async function openLookup() {
    await load("lookup.js");
    return (finder ??= cablepress.open(portal.href));
  }

  // The same, once it can answer queries: every one of these begins with the same two pieces.
  async function openFinder() {
    const errand = (await openLookup()).errand();
    for (const name of ["start", "words"]) errand.get(name);
    await load("find.js");
    return finder;
  }

  // Where the cable is whose id a text is; null where there is none, or more than one.
  async function addressOfId(text) {
    try {
      const known = await (await openLookup()).lookUp(text, { isExact: true });
      return known?.ids.length === 1 ? urlOf(known.ids[0].address) : null;
    } catch {
      return null; // the search page says what is wrong
    }
  }

  function useBox(form) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const address = await addressOfId(form.elements.q.value);
      if (address) location.assign(address);
      else form.submit();
    });
  }

  async function guess(place) {
    const name = decodeURIComponent(location.pathname.split("/").at(-1)).replace(/\.html?$/i, "");
    const known = await (await openLookup()).lookUp(name);
    const cables = known?.ids.length ? known.ids : (known?.nearest ?? []);
    const links = cables.map((cable) => make("a", { href: urlOf(cable.address) }, cable.id));
    if (links.length) place.append("Did you mean ", ...listed(links, " or "), "?");
  }

  async function markCable(text) {
    await Promise.all([openLookup(), load("marks.js")]);
    cablepressMarks.markCable(cablepressMarks.fromLink(text));
  }

  const box = first("form:not(#search)");
  const lost = first("#meant");
  const wanted = first(".cable") && new URLSearchParams(location.search).get("find");
  if (box) useBox(box);
  if (lost) guess(lost).catch(() => {}); // the page has said already that there is nothing
  if (wanted) markCable(wanted).catch(() => {}); // the cable is there, without marks

  return { urlOf, first, all, make, listed, counted, load, openLookup, openFinder, addressOfId };
})();
