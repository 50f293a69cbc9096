// Where the pages of a split archive are. It is put before a script of a part, behind what says how the archive is split; a site
// that is not split does without. It knows what generator/archive/layout.py does: by its address, which part has a cable.

globalThis.cablepressParts ??= (() => {
  "use strict";

  const { split, part, portal, url, reserved, devices } = cablepressSplit;
  const root = new URL("..", document.currentScript.src);

  const YEAR = /^cable\/(\d{4})\/\d\d\/[^/]+\.html$/;
  const POST = /^cable\/(?:\d{4}\/\d\d|undated|withheld)\/\d\d([A-Z]+)[1-9]\d*(?:-[0-9a-f]{6})?\.html$/;

  const yearOf = (address) => YEAR.exec(address)?.[1] ?? "";
  const postOf = (address) => {
    const post = POST.exec(address)?.[1].toLowerCase() ?? "";
    return devices.includes(post) ? `${post}-post` : post;
  };

  // The name of the part that has a page, '' for the portal
  const partOf = {
    year: yearOf,
    decade: (address) => yearOf(address).replace(/.$/, "0s"),
    origin: (address) => (postOf(address) === reserved ? "" : postOf(address)),
  }[split];

  function rootOf(name) {
    if (name === part) return root;
    return new URL(name ? url.replaceAll("{part}", name) : portal, root);
  }

  return { portal: rootOf(""), partOf, urlOf: (address) => new URL(address, rootOf(partOf(address))) };
})();

