// The first of the search that a page loads, once it is needed: the box on every page, where an id leads to its cable, and what
// an address that leads nowhere may have meant. It brings `find.js`, which reads the index, and for a cable that was found
// `marks.js`; the search page has `search-page.js` besides. What these share is `cablepressSearch`.

globalThis.cablepressSearch = (() => {
  "use strict";

  const assets = new URL(".", document.currentScript.src);
  const site = new URL("..", assets);
  const first = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  function make(name, values, ...children) {
    const element = Object.assign(document.createElement(name), values);
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  // Elements or texts with something between each two
  const listed = (children, between = ", ") => children.flatMap((child, at) => (at ? [between, child] : [child]));

  function load(name) {
    return new Promise((ready, failed) => {
      const onerror = () => failed(new Error(`assets/${name} could not be read.`));
      document.head.append(make("script", { src: new URL(name, assets), onload: ready, onerror }));
    });
  }

  let opening = null;

  // The engine; where its file could not be read, the next use asks again.
  function openFinder() {
    opening ??= load("find.js").then(() => cablepress.open(site.href));
    opening.catch(() => (opening = null));
    return opening;
  }

  // Where the cable is whose id a text is; null where there is none, or more than one.
  async function addressOfId(text) {
    try {
      const known = await (await openFinder()).lookUp(text);
      return known?.ids.length === 1 ? new URL(known.ids[0].address, site) : null;
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
    const known = await (await openFinder()).lookUp(name);
    const cables = known?.ids.length ? known.ids : (known?.nearest ?? []);
    const links = cables.map((cable) => make("a", { href: new URL(cable.address, site) }, cable.id));
    if (links.length) place.append("Did you mean ", ...listed(links, " or "), "?");
  }

  async function markCable(text) {
    await Promise.all([openFinder(), load("marks.js")]);
    cablepressMarks.markCable(cablepressMarks.fromLink(text));
  }

  const box = first("form:not(#search)");
  const lost = first("#meant");
  const wanted = first(".cable") && new URLSearchParams(location.search).get("find");
  if (box) useBox(box);
  if (lost) guess(lost).catch(() => {}); // the page has said already that there is nothing
  if (wanted) markCable(wanted).catch(() => {}); // the cable is there, without marks

  return { site, first, all, make, listed, openFinder, addressOfId };
})();
