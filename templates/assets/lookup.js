// The first of the search: fetches pieces of an index, which generator/search/README.md describes, reads words as the index has
// them, and looks up ids. A piece is a script that hands its values to cablepress.piece, so that this works from disk too. With
// `find.js` after it, a Finder also answers queries.

globalThis.cablepress = (() => {
  "use strict";

  const AT_ONCE = 6; // pieces on their way
  const PATIENCE = 20000; // milliseconds for a piece

  // Pieces

  const takers = new WeakMap(); // for each script on its way, what takes its values

  function piece(name, ...values) {
    takers.get(document.currentScript)?.(name, values);
  }

  function fetchPiece(name, site) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const end = (settle, value) => {
        clearTimeout(timer);
        script.remove();
        settle(value);
      };
      const fail = () => end(reject, new Error(name));
      const timer = setTimeout(fail, PATIENCE);
      takers.set(script, (given, values) => given === name && end(resolve, values));
      script.onload = script.onerror = fail; // too late where the values came
      script.src = new URL(`search/${name}.js`, site);
      document.head.append(script);
    });
  }

  // What a call of a Finder fetches; it can be called off. Of the pieces that wait, those of the newest cables go first.
  class Errand {
    constructor(site, kept, signal) {
      Object.assign(this, { site, kept, signal, unread: new Set(), asked: new Map(), waiting: [], free: AT_ONCE });
      this.end = new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
      this.end.catch(() => {});
    }

    // What a piece holds; null where it cannot be read
    get(name, day = Infinity) {
      if (!this.asked.has(name)) this.asked.set(name, this.#fetch(name, day));
      return this.asked.get(name);
    }

    async #fetch(name, day) {
      if (this.free) this.free -= 1;
      else await new Promise((go) => this.waiting.push({ day, go }));
      try {
        this.signal?.throwIfAborted();
        if (!this.kept.has(name)) this.kept.set(name, this.#read(name));
        return await Promise.race([this.kept.get(name), this.end]);
      } catch {
        this.signal?.throwIfAborted();
        this.unread.add(name);
        return null;
      } finally {
        this.waiting.sort((a, b) => a.day - b.day);
        if (this.waiting.length) this.waiting.pop().go();
        else this.free += 1;
      }
    }

    async #read(name) {
      try {
        const values = await fetchPiece(name, this.site);
        const read = name.includes("/") && readers[name.split("/")[0]];
        return read ? read(...values) : values[0];
      } catch (error) {
        this.kept.delete(name); // to be asked for again
        throw error;
      }
    }

    // What could not be read, and what follows from it
    notes(effect) {
      const text = (name) => `A part of the index (${name}) could not be read; ${effect}.`;
      return [...this.unread].map((name) => ({ kind: "unread", piece: name, text: text(name) }));
    }
  }

  const readers = {}; // for a kind of pieces, what makes of their values more than the first of these

  const escaped = (word) => `${word.replace(/[^a-z0-9]/gu, (letter) => `_${letter.codePointAt().toString(16)}_`)}-`;

  // Words

  const TOKENS = /[\p{L}\p{Nl}\p{No}]\.(?:[\p{L}\p{Nl}\p{No}]\.)+|[\p{L}\p{N}]+/gu;

  function tokens(text) {
    const plain = text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replaceAll("ς", "σ");
    return (plain.match(TOKENS) ?? []).map((token) => [...token.replaceAll(".", "")].slice(0, 32).join(""));
  }

  // By whole letters, where JavaScript compares halves
  function compare(one, other) {
    const [ones, others] = [one, other].map((word) => [...word].map((letter) => letter.codePointAt()));
    const at = ones.findIndex((code, place) => code !== others[place]);
    return at < 0 ? ones.length - others.length : ones[at] - (others[at] ?? -1);
  }

  // The place of the last that is not behind `key`, -1 for none
  function placeOf(key, sorted, order = (a, b) => a - b) {
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (order(sorted[middle], key) > 0) to = middle;
      else from = middle + 1;
    }
    return from - 1;
  }

  // How many letters were mistaken, left out, put in, or swapped with the next; 3 stands for more
  function distance(one, other) {
    if (Math.abs(one.length - other.length) > 2) return 3;
    const rows = [[...other, ""].map((_, at) => at)];
    for (let i = 1; i <= one.length; i += 1) {
      rows[i] = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? rows[i - 2][j - 2] + 1 : 3;
        const mistaken = rows[i - 1][j - 1] + (one[i - 1] !== other[j - 1]);
        rows[i][j] = Math.min(mistaken, rows[i - 1][j] + 1, rows[i][j - 1] + 1, swapped);
      }
    }
    return Math.min(rows.at(-1).at(-1), 3);
  }

  // Ids

  // Year ('' for none), post and serial of an id or of the address of its page; null for other text
  function readId(text) {
    const name = text.slice(0, 300).replace(/[?#].*/s, "").split("/").at(-1).replace(/(-[0-9a-f]{6})?\.html$/i, "");
    const plain = name.normalize("NFKD").toUpperCase().replace(/[\s.,'’_\p{Pd}\p{M}]/gu, "");
    const [, year = "", post, serial] = /^(\d{4}|\d\d)?([A-Z]{2,24})0*([1-9]\d{0,6})$/.exec(plain) ?? [];
    return post ? { year: year.slice(-2), post, serial } : null;
  }

  function readLine(line) {
    const [id, folder, address] = line.split(" ");
    return { ...readId(id), id, address: address ?? `cable/${folder.replace("-", "/")}/${id}.html` };
  }

  // How far an id is from what was asked: a wrong year, or a serial a little off, is one mistake.
  function mistakes(asked, { year, post, serial }) {
    const apart = Math.abs(asked.serial - serial);
    const ofSerial = apart && (apart < 6 || distance(asked.serial, serial) < 2 ? 1 : 2 + apart / 10);
    return 1.5 * distance(asked.post, post) + (asked.year && asked.year !== year ? 1 : 0) + ofSerial;
  }

  class Finder {
    #site;
    #kept = new Map(); // what was read of the index

    constructor(site) {
      this.#site = new URL(site, document.baseURI);
    }

    errand(signal) {
      return new Errand(this.#site, this.#kept, signal);
    }

    // The cables that an id means, however it is spelled, else those of nearly that id, unless `isExact`; null where the text is
    // no id
    async lookUp(text, { isExact = false, signal } = {}) {
      const asked = readId(text);
      if (!asked) return null;
      const errand = this.errand(signal);
      const firsts = (await errand.get("start"))?.ids ?? [];
      const beside = async (posts) => {
        const places = posts.map((post) => placeOf(post.toLowerCase() + asked.serial, firsts, compare));
        const known = [...new Set(places)].filter((at) => at >= 0);
        const pieces = await Promise.all(known.map((at) => errand.get(`ids/${escaped(firsts[at])}`)));
        return pieces.flatMap((piece) => piece?.split(",").map(readLine) ?? []);
      };
      const named = (lines) => lines.map(({ id, address }) => ({ id, address }));
      const told = (ids, nearest = []) => ({ ids: named(ids), nearest: named(nearest), notes: errand.notes("a cable of this id may not be found") });
      const lines = await beside([asked.post]);
      const ids = lines.filter((line) => !mistakes(asked, line));
      if (ids.length || isExact) return told(ids);

      const posts = Object.keys((await errand.get("names"))?.posts ?? {}).filter((post) => distance(post, asked.post) < 3);
      const others = await beside([asked.post, ...posts.slice(0, 3)]);
      const near = others.map((line) => ({ ...line, off: mistakes(asked, line) })).filter(({ off }) => off < 4);
      return told([], near.sort((a, b) => a.off - b.off).slice(0, 5));
    }
  }

  return { piece, readers, escaped, tokens, compare, placeOf, distance, Finder, open: (site) => new Finder(site) };
})();
