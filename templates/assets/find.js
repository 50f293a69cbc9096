// The search: answers questions about the archive from the pieces of its index. What they hold is told in
// generator/search/README.md. A piece is a script below search/ that hands its values to cablepress.piece; so the search
// works from disk too. A cable is known by its number, in the order of days; a span is a run of cables indexed together.

(() => {
  "use strict";

  const FIELDS = ["tag", "from", "to", "signer", "class", "has"];
  const LONGEST_TOKEN = 64;
  const LONGEST_QUERY = 4000; // letters
  const MOST_TERMS = 32; // words of a query
  const SHORTEST_TYPED = 3; // letters of a word that is still typed, from which on it stands for all that begin so
  const MOST_OF_PREFIX = 24; // pieces of words
  const AT_ONCE = 6; // pieces asked for
  const PATIENCE = 20000; // milliseconds for a piece
  const MISSING = Symbol("missing");

  // Pieces

  const takers = new WeakMap(); // for each script that is on its way, what takes its values

  function piece(name, ...values) {
    takers.get(document.currentScript)?.(name, values);
  }

  function fetchPiece(address, name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const end = (settle, value) => {
        clearTimeout(timer);
        script.remove();
        settle(value);
      };
      const fail = () => end(reject, new Error(`${name} could not be read`));
      const timer = setTimeout(fail, PATIENCE);
      takers.set(script, (given, values) => given === name && end(resolve, values));
      script.onload = script.onerror = fail; // too late to matter where the values came
      script.src = address;
      document.head.append(script);
    });
  }

  // What is made of the values of a piece, by its folder
  const readers = { words: readWords, lists: (base64) => blocksByDay(bytesOf(base64)), places: (base64) => blocksInOrder(bytesOf(base64)), facets: readFacets };

  // One question, which asks for pieces and may be called off. Of those that wait, the newest cables go first.
  class Errand {
    constructor(site, kept, signal) {
      Object.assign(this, { site, kept, signal, unread: new Set() });
      this.asked = new Map();
      this.free = AT_ONCE;
      this.waiting = [];
      this.calledOff = new Promise((_, reject) => {
        const callOff = () => reject(new DOMException("The search was called off.", "AbortError"));
        if (signal?.aborted) callOff();
        signal?.addEventListener("abort", callOff, { once: true });
      });
      this.calledOff.catch(() => {});
    }

    // What a piece holds, or MISSING. Those that failed may be asked for by another errand.
    get(name, day = Infinity) {
      if (!this.asked.has(name)) this.asked.set(name, this.#fetch(name, day));
      return this.asked.get(name);
    }

    async #fetch(name, day) {
      if (!this.free) await new Promise((go) => this.waiting.push({ day, go }));
      else this.free -= 1;
      try {
        if (this.signal?.aborted) await this.calledOff;
        if (!this.kept.has(name)) this.kept.set(name, this.#read(name));
        return await Promise.race([this.kept.get(name), this.calledOff]);
      } catch (error) {
        if (this.signal?.aborted) throw error;
        this.unread.add(name);
        return MISSING;
      } finally {
        this.waiting.sort((one, other) => one.day - other.day);
        if (this.waiting.length) this.waiting.pop().go();
        else this.free += 1;
      }
    }

    async #read(name) {
      try {
        const values = await fetchPiece(new URL(`search/${name}.js`, this.site), name);
        const read = name.includes("/") && readers[name.split("/")[0]];
        return read ? read(...values) : values[0];
      } catch (error) {
        this.kept.delete(name);
        throw error;
      }
    }
  }

  const escaped = (word) => `${word.replace(/[^a-z0-9]/gu, (letter) => `_${letter.codePointAt(0).toString(16)}_`)}-`;

  // Bytes and bits

  const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

  class Row {
    constructor(bytes) {
      this.bytes = bytes;
      this.at = 0; // in bytes
      this.bit = 0; // in bits; a row is read in one way or the other
    }

    take(count) {
      const taken = this.bytes.subarray(this.at, this.at + count);
      if (taken.length < count) throw new RangeError("The row is cut short.");
      this.at += count;
      return taken;
    }

    number(count) {
      return this.take(count).reduce((number, byte) => number * 256 + byte, 0);
    }

    varint() {
      let number = 0;
      for (let scale = 1; ; scale *= 128) {
        const byte = this.number(1);
        number += (byte % 128) * scale;
        if (byte < 128) return number;
      }
    }

    days() {
      let day = 0;
      return Array.from({ length: this.varint() }, () => (day += this.varint()));
    }

    zeros() {
      let count = 0;
      while (!this.bits(1)) count += 1;
      return count;
    }

    bits(count) {
      let number = 0;
      for (; count > 0; count -= 1, this.bit += 1) {
        if (this.bit >= this.bytes.length * 8) throw new RangeError("The row is cut short.");
        number = number * 2 + ((this.bytes[this.bit >> 3] >> (7 - (this.bit & 7))) & 1);
      }
      return number;
    }

    gamma() {
      const count = this.zeros();
      return 2 ** count + this.bits(count);
    }

    rice(k) {
      return this.zeros() * 2 ** k + this.bits(k);
    }
  }

  // Lists: a word with all its blocks, or with the first days of the pieces that hold them

  function readWords(words, lists) {
    const row = new Row(bytesOf(lists));
    const read = new Map();
    for (const word of words.split(" ")) {
      const size = row.varint();
      if (size) read.set(word, { word, documents: row.take(size), places: row.take(row.varint()) });
      else read.set(word, { word, cables: row.varint(), parts: row.days(), placeParts: row.days() });
    }
    return read;
  }

  // Document blocks by the first day of their span
  function blocksByDay(bytes) {
    const row = new Row(bytes);
    const blocks = new Map();
    while (row.at < bytes.length) {
      const since = row.number(2);
      const day = since === 0xffff ? row.number(3) : since + 693596;
      blocks.set(day, row.take(row.varint()));
    }
    return blocks;
  }

  function blocksInOrder(bytes) {
    const row = new Row(bytes);
    const blocks = [];
    while (row.at < bytes.length) blocks.push(row.take(row.varint()));
    return blocks;
  }

  // The blocks of a word whose lists lie beside it are read when it is first asked for.
  function opened(list) {
    if (list?.documents && !list.blocks) {
      list.blocks = blocksByDay(list.documents);
      const places = blocksInOrder(list.places);
      list.placesByDay = new Map([...list.blocks.keys()].map((day, at) => [day, places[at]]));
      list.cables = [...list.blocks.values()].reduce((sum, block) => sum + new Row(block).gamma(), 0);
    }
    return list;
  }

  // Which cables of a span hold a word, by their place in it, and how often in each of their parts
  function usesIn(block, size) {
    const row = new Row(block);
    const count = row.gamma();
    let k = 0;
    while (2 ** (k + 1) * count <= size) k += 1;
    let at = -1;
    const uses = Array.from({ length: count }, () => ({ at: (at += 1 + row.rice(k)), subject: 0, summary: 0, head: 0, text: 0 }));
    for (const use of uses) {
      const isTextAlone = !row.bits(1);
      if (!isTextAlone) for (const part of ["subject", "summary", "head"]) use[part] = row.gamma() - 1;
      use.text = row.gamma() - (isTextAlone ? 0 : 1);
    }
    return uses;
  }

  // The places of a word in each cable of a span, by the cable's place in it
  function placesIn(block, uses) {
    const row = new Row(block);
    const k = row.bits(4);
    return new Map(
      uses.map((use) => {
        let place = -1;
        return [use.at, Array.from({ length: use.subject + use.text }, () => (place += 1 + row.rice(k)))];
      }),
    );
  }

  function readFacets(facets) {
    let day = 0;
    return { ...facets, days: facets.days.map((since) => (day += since)) };
  }

  // Words

  const TOKENS = /[\p{L}\p{Nl}\p{No}]\.(?:[\p{L}\p{Nl}\p{No}]\.)+|[\p{L}\p{N}]+/gu;

  function tokens(text) {
    const plain = text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replaceAll("ς", "σ");
    return (plain.match(TOKENS) || []).map((token) => {
      const whole = token.replaceAll(".", "");
      return whole.length > LONGEST_TOKEN ? [...whole].slice(0, LONGEST_TOKEN).join("") : whole;
    });
  }

  // JavaScript compares halves of letters; the index is in the order of whole ones.
  function compare(one, other) {
    const [ones, others] = [[...one], [...other]];
    const at = ones.findIndex((letter, at) => letter !== others[at]);
    if (at < 0) return ones.length - others.length;
    return at < others.length ? ones[at].codePointAt(0) - others[at].codePointAt(0) : 1;
  }

  // The place of the last that is not behind `key`
  function placeOf(key, sorted, order = (one, other) => one - other) {
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (order(sorted[middle], key) > 0) to = middle;
      else from = middle + 1;
    }
    return from - 1;
  }

  // How many letters one has to mend, at most 2: 3 stands for more.
  function distance(one, other) {
    if (Math.abs(one.length - other.length) > 2) return 3;
    let [before, row] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= other.length; j += 1) {
        next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (one[i - 1] !== other[j - 1]));
        const isSwapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (isSwapped && i > 1 && j > 1) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      [before, row] = [row, next];
    }
    return Math.min(row[other.length], 3);
  }

  // Days: a number each, 1 for the first of the year 1; 0 for cables without a date

  const DATE = /^\d{4}(-\d\d){0,2}$/;
  const RANGE = /^(\d{4}(?:-\d\d){0,2})?\.\.(\d{4}(?:-\d\d){0,2})?$/;
  const yearOf = (day) => new Date((day - 719163) * 86400000).getUTCFullYear();

  // First and last day of '2008', '2008-11' or '2008-11-03'; null where there is no such date
  function daysOf(text) {
    const [year, month, day] = text.split("-").map(Number);
    const dayOf = (...date) => new Date(0).setUTCFullYear(...date) / 86400000 + 719163;
    const first = dayOf(year, (month ?? 1) - 1, day ?? 1);
    const last = day ? first : dayOf(year, month ?? 12, 0);
    const isDate = DATE.test(text) && year > 0 && month !== 0 && !(month > 12) && day !== 0 && !(day && last > dayOf(year, month, 0));
    return isDate ? { from: first, to: last } : null;
  }

  function rangeOf(text) {
    const range = RANGE.exec(text);
    if (!range) return daysOf(text);
    if (!range[1] && !range[2]) return null;
    const first = range[1] ? daysOf(range[1]) : { from: 1 };
    const last = range[2] ? daysOf(range[2]) : { to: Infinity };
    return first && last && first.from <= last.to ? { from: first.from, to: last.to } : null;
  }

  // Queries

  const TERM = /(?=\S)(-?)(?:(\p{L}+):)?(?:"([^"]*)("?)|([^\s"]*))/gu;
  const short = (text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

  // A query as clauses, which all must hold, or must not where they are excluded. A clause has choices, of which one is
  // enough: a word, a prefix, a phrase, all of several words, or days. Words with a colon in them are marks.
  function parseQuery(text, { isTyping = false, fields = FIELDS } = {}) {
    const notes = [];
    const note = (kind, words, more = {}) => notes.push({ kind, text: words, ...more });
    const clauses = [];
    const whole = text.slice(0, LONGEST_QUERY).replace(/[“”„«»]/g, '"');
    let left = MOST_TERMS;
    let cutAt = text.length > LONGEST_QUERY ? text.slice(LONGEST_QUERY) : "";
    let isOr = false;

    for (const term of whole.matchAll(TERM)) {
      if (!left) {
        cutAt = whole.slice(term.index);
        break;
      }
      if (term[5] === "OR" && term[0] === "OR") {
        if (clauses.length && !clauses.at(-1).isExcluded && !isOr && /\s\S/.test(whole.slice(term.index + 2))) {
          isOr = true;
          continue;
        }
        note("or", "OR joins what stands on both sides of it; here it was searched as a word.");
      }
      if (term[0] === "AND" && clauses.length) {
        note("and", "All words are looked for anyway: AND was left out.");
        continue;
      }
      const choice = choiceOf(term, { note, fields, isTyping: isTyping && term.index + term[0].length === whole.length });
      if (!choice) continue;
      if (choice.words) {
        choice.words = choice.words.slice(0, left);
        left -= choice.words.length;
      }
      const isExcluded = term[1] === "-" && !/\S/.test(whole[term.index - 1] ?? "");
      if (isOr && isExcluded) note("or", "OR cannot join what is excluded: each stands by itself.");
      if (isOr && !isExcluded) clauses.at(-1).choices.push(choice);
      else clauses.push({ isExcluded, choices: [choice] });
      if (clauses.at(-1).choices.length > 1 && /\(/.test(term[0])) note("brackets", "Brackets join nothing: OR joins its two neighbours.");
      isOr = false;
    }
    if (cutAt) note("cut", `Only the first ${MOST_TERMS - left} words were searched, nothing from “${short(cutAt)}” on.`);
    if (!clauses.length) note("nothing", "There is nothing to search for.");
    else if (clauses.every((clause) => clause.isExcluded)) {
      note("excluded", "Only what is excluded was named: a word to look for is needed too.");
    }
    return { clauses, notes };
  }

  // What a term asks for; null where it is nothing, and a note says so.
  function choiceOf([all, , named, quoted, end, bare], { note, fields, isTyping }) {
    const value = quoted ?? bare;
    const field = named?.toLowerCase();
    if (quoted !== undefined && !end) note("quote", `A quotation mark is not closed: “${short(quoted)}” was searched as a phrase.`);
    const isDate = field === "date" || (!named && bare !== undefined && /^\d{4}-\d\d(-\d\d)?$|^(\d{4}.*)?\.\.(\d{4}.*)?$/.test(bare));
    if (isDate && value) {
      const days = value.length > 2 ? rangeOf(value) : null;
      if (days) return { kind: "date", ...days };
      if (value !== "..") note("date", `“${short(value)}” is no date, as 2008, 2008-11, 2008-11-03 or 2007..2009 are${named ? "" : "; it was searched as words"}.`);
      if (named) return null;
    }
    const isField = fields.includes(field);
    const isPrefix = /[^*]\*$/.test(bare ?? "");
    if (value.slice(0, isPrefix ? -1 : undefined).includes("*")) note("star", `In “${short(all)}” * was left out: it stands for letters at the end of a word only.`);
    const found = tokens(value);
    if (!found.length && !(named && tokens(named).length)) {
      note("empty", `“${short(all)}” holds no letters or digits and was left out.`);
      return null;
    }
    if (isField && found.length) return markChoice(field, value, isPrefix);
    if (named) {
      if (isField || field === "date") note("empty", `Nothing stands behind ${named}: so it was searched as a word.`);
      else if (found.length) note("operator", `There is no operator ${named}:; ${[named, ...found].slice(0, 6).join(" and ")} were searched as words.`);
      found.unshift(...tokens(named));
      return found.length > 1 ? { kind: "all", words: found } : { kind: "word", words: found };
    }
    if (isPrefix && found.length > 1) note("star", `In “${short(all)}” * was left out: it stands for letters at the end of a word only.`);
    if (found.length > 1) return { kind: "phrase", words: found };
    const isTyped = isTyping && quoted === undefined && !/-$/.test(bare) && [...found[0]].length >= SHORTEST_TYPED;
    return { kind: isPrefix || isTyped ? "prefix" : "word", words: found };
  }

  // Names have a mark for each word; TAGS and levels one for letters and digits together.
  function markChoice(field, value, isPrefix) {
    const joined = (text) => tokens(text).join("");
    const isName = ["from", "to", "signer"].includes(field);
    const values = isName ? tokens(value) : field === "class" ? [joined(value)] : value.split(/\s/).map(joined).filter(Boolean);
    const words = values.map((one) => `${field}:${one}`);
    return { kind: words.length > 1 ? "all" : isPrefix ? "prefix" : "word", words, isMark: true };
  }

  // The index: where its pieces lie

  class Index {
    constructor(errand, start, { spans, words, lengths, facets }) {
      Object.assign(this, { errand, start, words, lengths, facets, spans: [] });
      let number = 0;
      for (let at = 0; at < spans.length; at += 2) {
        this.spans.push({ day: spans[at], size: spans[at + 1], number, next: spans[at + 2] ?? Infinity });
        number += spans[at + 1];
      }
    }

    static async of(errand) {
      const [start, words] = await Promise.all([errand.get("start"), errand.get("words")]);
      return start === MISSING || words === MISSING ? null : new Index(errand, start, words);
    }

    spanOf(number) {
      return this.spans[placeOf({ number }, this.spans, (one, other) => one.number - other.number)];
    }

    // The piece of a folder that covers a span, and the number of the first cable that it tells of
    async covering(folder, span) {
      const day = this[folder][placeOf(span.day, this[folder])];
      const first = this.spans[placeOf(day - 1, this.spans.map((one) => one.day)) + 1].number;
      return { first, piece: await this.errand.get(`${folder}/${day}`, span.day) };
    }

    piecesOfWords(first, last) {
      return this.words.slice(first, last).map((word) => this.errand.get(`words/${escaped(word)}`));
    }

    // The list of a word; null where it is in no cable, MISSING where that is not known
    async list(word) {
      const at = placeOf(word, this.words, compare);
      if (at < 0) return null;
      const [piece] = await Promise.all(this.piecesOfWords(at, at + 1));
      return piece === MISSING ? MISSING : opened(piece.get(word) ?? null);
    }

    // The lists of all words that begin so; marks only where a mark is asked for
    async listsOf(prefix, most) {
      const from = Math.max(placeOf(prefix, this.words, compare), 0);
      let to = from + 1;
      while (to < this.words.length && this.words[to].startsWith(prefix)) to += 1;
      const pieces = await Promise.all(this.piecesOfWords(from, Math.min(to, from + most)));
      const lists = pieces.flatMap((piece) => (piece === MISSING ? [] : [...piece.values()]));
      const isMeant = ({ word }) => word.startsWith(prefix) && word.includes(":") === prefix.includes(":");
      return { lists: lists.filter(isMeant).map(opened), isCut: to > from + most, isMissing: pieces.includes(MISSING) };
    }

    // Words of the archive that are spelled nearly so. Of a mistaken beginning only that is looked for which costs little.
    async near(word) {
      const field = /^.*:|/.exec(word)[0];
      const name = word.slice(field.length);
      const swapped = name.replace(/^(.)(.)/u, "$2$1");
      const begins = [name, swapped, name.replace(/^./u, "")].map((one) => placeOf(field + one, this.words, compare));
      const places = this.words.length < 6 ? [...this.words.keys()] : [...new Set(begins)].filter((at) => at >= 0);
      const pieces = await Promise.all(places.flatMap((at) => this.piecesOfWords(at, at + 1)));
      const most = name.length < 5 ? 1 : 2;
      return pieces
        .flatMap((piece) => (piece === MISSING ? [] : [...piece.values()]))
        .filter((list) => list.word.startsWith(field) && list.word.includes(":") === field.includes(":"))
        .map((list) => ({ list, off: distance(list.word.slice(field.length), name) }))
        .filter(({ off }) => off <= most)
        .sort((one, other) => one.off - other.off || opened(other.list).cables - opened(one.list).cables)
        .slice(0, 5)
        .map(({ list }) => list.word);
    }

    // The document block of a word in a span; null where there is none
    async documents(list, span) {
      if (list.blocks) return list.blocks.get(span.day) ?? null;
      const part = list.parts[placeOf(span.day, list.parts)];
      if (part === undefined) return null;
      const blocks = await this.errand.get(`lists/${escaped(list.word)}${part}`, span.day);
      return blocks === MISSING ? null : blocks.get(span.day) ?? null;
    }

    // The place block. A piece of them does not name the spans: they are those that the document blocks are of.
    async places(list, span) {
      if (list.blocks) return list.placesByDay.get(span.day) ?? null;
      const part = list.placeParts[placeOf(span.day, list.placeParts)];
      if (part === undefined) return null;
      const names = list.parts
        .slice(Math.max(placeOf(part, list.parts), 0), placeOf(span.day, list.parts) + 1)
        .map((day) => `lists/${escaped(list.word)}${day}`);
      const pieces = [`places/${escaped(list.word)}${part}`, ...names].map((name) => this.errand.get(name, span.day));
      const [places, ...documents] = await Promise.all(pieces);
      if (places === MISSING || documents.includes(MISSING)) return null;
      const days = documents.flatMap((blocks) => [...blocks.keys()]).filter((day) => day >= part);
      return places[days.indexOf(span.day)] ?? null;
    }
  }

  // A search. Each span is answered by itself, as soon as all is there that it needs, the newest first.

  class Search {
    constructor(index, query, { order, plain }) {
      Object.assign(this, { index, order, plain, clauses: query.clauses, notes: query.notes });
      this.errand = index.errand;
      this.found = []; // for each span with matches: its span, cables, how often each choice stands in them
      this.undated = 0; // cables without a date: they have the lowest numbers
      const isFruitless = this.clauses.every((clause) => clause.isExcluded);
      this.spans = isFruitless ? [] : index.spans.toReversed();
    }

    async prepare() {
      const choices = this.clauses.flatMap((clause) => clause.choices.map((choice) => ({ clause, choice })));
      await Promise.all(choices.map(({ clause, choice }) => this.#findLists(choice, clause)));
      const words = this.clauses.filter((clause) => !clause.isExcluded).flatMap((clause) => clause.choices);
      this.scored = words.filter((choice) => choice.words && !choice.isMark);
      // Neighbours in the query whose places are at hand
      const isNear = ({ kind, lists }) => kind === "word" && lists[0]?.places?.length;
      this.pairs = this.scored.slice(1).flatMap((choice, at) => {
        const pair = [this.scored[at], choice];
        return !this.plain && pair.every(isNear) && pair[0].words[0] !== pair[1].words[0] ? [pair.map((one) => one.lists[0])] : [];
      });
      // What costs nothing comes first, then what is rare, then phrases.
      const cost = (choice) => (choice.kind === "phrase" ? 1e9 : 0) + (choice.lists ?? []).reduce((sum, list) => sum + (list.parts ? list.cables : 0), 0);
      const costOf = new Map(this.clauses.map((clause) => [clause, Math.max(...clause.choices.map(cost))]));
      this.clauses = [...this.clauses].sort((one, other) => costOf.get(one) - costOf.get(other));
      const needed = this.clauses.filter((clause) => !clause.isExcluded);
      const mayHold = (span) => needed.every((clause) => clause.choices.some((choice) => mayBeIn(choice, span)));
      if (!this.plain) this.spans = this.spans.filter(mayHold);
      this.isEverywhere = this.plain || this.clauses.length < 2;
    }

    async #findLists(choice, { isExcluded }) {
      if (!choice.words) return;
      const [word] = choice.words;
      choice.times = 0; // cables in which it was found
      choice.lists = [];
      if (choice.kind === "phrase" && !this.index.start.positions) {
        choice.kind = "all";
        this.notes.push({ kind: "positions", text: `This index keeps no places: the words of “${choice.words.join(" ")}” were searched wherever they stand.` });
      }
      if (choice.kind === "prefix") {
        const { lists, isCut, isMissing } = await this.index.listsOf(word, MOST_OF_PREFIX);
        choice.lists = lists;
        if (isCut) this.notes.push({ kind: "prefix", text: `Very many words begin with ${word}: only those up to ${lists.at(-1)?.word} were searched.` });
        if (!lists.length && !isMissing) this.notes.push({ kind: "missing", word: `${word}*`, nearest: [], text: `No word of the archive begins with ${word}.` });
        choice.byDay = joined(lists);
        return;
      }
      const lists = await Promise.all(choice.words.map((each) => this.index.list(each)));
      choice.isImpossible = lists.some((list) => !list || list === MISSING);
      choice.lists = lists.filter((list) => list && list !== MISSING);
      const missing = choice.words.filter((_, at) => lists[at] === null);
      for (const each of missing) {
        const nearest = await this.index.near(each);
        const hint = nearest.length ? ` Near it: ${nearest.join(", ")}.` : "";
        const effect = isExcluded ? " There was nothing to exclude." : "";
        this.notes.push({ kind: "missing", word: each, nearest, text: `${each} is in no cable of this archive.${effect}${hint}` });
      }
    }

    async run(onArrival) {
      const answered = this.spans.map(async (span) => {
        const found = await this.#answer(span);
        if (found) this.found.push(found);
        onArrival();
      });
      await Promise.all(answered);
    }

    async #answer(span) {
      const times = new Map(); // how often each choice stands in each cable
      const isHeld = new Uint8Array(span.size).fill(1);
      for (const { choices, isExcluded } of this.clauses) {
        const inAny = new Uint8Array(span.size);
        for (const choice of choices) {
          const row = await this.#times(choice, span, this.plain ? null : isHeld);
          times.set(choice, row);
          row.forEach((count, at) => count && (inAny[at] = 1));
          choice.times += row.reduce((sum, count) => sum + (count > 0), 0);
        }
        inAny.forEach((isIn, at) => isIn === Number(isExcluded) && (isHeld[at] = 0));
        if (!this.plain && !isHeld.includes(1)) return null;
      }
      const places = [...isHeld.keys()].filter((at) => isHeld[at]);
      if (!places.length) return null;
      const nearness = await this.#nearness(span, places);
      let lengths = null;
      if (this.order === "relevance" && this.scored.length) {
        const { first, piece } = await this.index.covering("lengths", span);
        if (piece !== MISSING) lengths = (at) => 16 * 2 ** ((piece.charCodeAt(span.number - first + at) - 35) / 10);
      }
      if (this.order === "oldest" && span.day === 0) {
        const { piece } = await this.index.covering("facets", span);
        if (piece !== MISSING) this.undated = piece.days.filter((day) => !day).length;
      }
      return places.map((at) => ({
        number: span.number + at,
        times: this.scored.map((choice) => times.get(choice)[at]),
        length: lengths?.(at),
        nearness: nearness.get(at) ?? 1,
      }));
    }

    // How often a choice stands in each cable of a span; places are asked for only where `isHeld` leaves cables.
    async #times(choice, span, isHeld) {
      const row = new Float64Array(span.size);
      if (choice.kind === "date") return this.#inDays(choice, span, row);
      if (choice.isImpossible) return row;
      if (choice.kind === "word" || choice.kind === "prefix") {
        const big = choice.lists.filter((list) => list.parts);
        const small = choice.byDay ? choice.byDay.get(span.day) ?? [] : choice.lists.map((list) => list.blocks?.get(span.day));
        const blocks = [...small, ...(await Promise.all(big.map((list) => this.index.documents(list, span))))];
        for (const block of blocks) {
          if (block) for (const use of usesIn(block, span.size)) row[use.at] += this.#weight(use);
        }
        return row;
      }
      const uses = [];
      const cables = isHeld ? [...isHeld.keys()].filter((at) => isHeld[at]) : [...row.keys()];
      let inAll = new Set(cables);
      for (const list of choice.lists) {
        const block = await this.index.documents(list, span);
        uses.push(block ? usesIn(block, span.size) : []);
        const here = new Set(uses.at(-1).map((use) => use.at));
        inAll = new Set([...inAll].filter((at) => here.has(at)));
        if (!inAll.size) return row;
      }
      if (choice.kind === "all") {
        for (const use of uses.flat()) if (inAll.has(use.at)) row[use.at] += this.#weight(use);
        return row;
      }
      const blocks = await Promise.all(choice.lists.map((list) => this.index.places(list, span)));
      if (blocks.includes(null)) return row;
      const [first, ...others] = blocks.map((block, at) => placesIn(block, uses[at]));
      for (const use of uses[0]) {
        if (!inAll.has(use.at)) continue;
        const sets = others.map((places) => new Set(places.get(use.at)));
        first.get(use.at).forEach((place, nth) => {
          const isPhrase = sets.every((places, at) => places.has(place + at + 1));
          if (isPhrase) row[use.at] += nth < use.subject && !this.plain ? 5 : 1;
        });
      }
      return row;
    }

    #weight({ subject, summary, head, text }) {
      return this.plain ? subject + text + head : 5 * subject + text + summary + 2 * head;
    }

    async #inDays({ from, to }, span, row) {
      if (!mayBeIn({ kind: "date", from, to }, span)) return row;
      if (span.day >= from && span.next - 1 <= to) return row.fill(1);
      const { first, piece } = await this.index.covering("facets", span);
      if (piece === MISSING) return row;
      return row.map((_, at) => {
        const day = piece.days[span.number - first + at];
        return day >= from && day <= to ? 1 : 0;
      });
    }

    // By which factor neighbours of the query that stand close together raise a cable
    async #nearness(span, places) {
      const nearness = new Map();
      const placesOf = (list) => placesIn(list.placesByDay.get(span.day), usesIn(list.blocks.get(span.day), span.size));
      for (const pair of this.pairs) {
        if (!pair.every((list) => list.blocks.has(span.day))) continue;
        const [ones, others] = pair.map(placesOf);
        for (const at of places) {
          const gap = smallestGap(ones.get(at) ?? [], others.get(at) ?? []);
          nearness.set(at, Math.max(nearness.get(at) ?? 1, 1 + 0.5 / gap));
        }
      }
      return nearness;
    }

    // The cables found so far, in order
    answer(isWhole) {
      const found = this.found.flat();
      const { cables: all, words } = this.index.start;
      const average = words / all || 1;
      const idfs = this.scored.map((choice) => {
        const isCounted = this.isEverywhere || choice.kind === "phrase" || choice.kind === "all";
        const held = isCounted ? choice.times : Math.min(all, choice.lists.reduce((sum, list) => sum + list.cables, 0));
        return Math.max(Math.log((all - held + 0.5) / (held + 0.5)), 1e-6);
      });
      for (const cable of found) {
        const share = 1.2 * (0.25 + (0.75 * (cable.length ?? average)) / average);
        const score = cable.times.reduce((sum, times, at) => sum + (idfs[at] * times * 2.2) / (times + share), 0);
        cable.score = score * cable.nearness;
      }
      const isDated = (cable) => cable.number >= this.undated;
      const newest = (one, other) => other.number - one.number;
      const orders = {
        relevance: (one, other) => other.score - one.score || newest(one, other),
        oldest: (one, other) => isDated(other) - isDated(one) || one.number - other.number,
        newest,
      };
      const marked = this.scored.flatMap(({ kind, words: some }) => {
        if (kind === "phrase") return [];
        return kind === "prefix" ? [{ prefix: some[0] }] : some;
      });
      return {
        cables: found.sort(orders[this.order]).map((cable) => cable.number),
        isWhole,
        notes: [...this.notes, ...unreadNotes(this.errand, this.clauses)],
        words: marked,
        phrases: this.scored.filter((choice) => choice.kind === "phrase").map((choice) => choice.words),
      };
    }
  }

  function mayBeIn(choice, span) {
    if (choice.kind === "date") return choice.from < span.next && choice.to >= Math.max(span.day, 1);
    if (choice.isImpossible) return false;
    const mayHold = (list) => (list.blocks ? list.blocks.has(span.day) : list.parts[0] <= span.day);
    if (choice.byDay?.has(span.day)) return true;
    return choice.kind === "prefix" ? choice.lists.some((list) => list.parts && mayHold(list)) : choice.lists.every(mayHold);
  }

  // The document blocks of many words, by day
  function joined(lists) {
    const byDay = new Map();
    for (const { blocks } of lists) {
      for (const [day, block] of blocks ?? []) {
        if (!byDay.has(day)) byDay.set(day, []);
        byDay.get(day).push(block);
      }
    }
    return byDay;
  }

  function smallestGap(ones, others) {
    let gap = Infinity;
    for (let i = 0, j = 0; i < ones.length && j < others.length; ones[i] < others[j] ? (i += 1) : (j += 1)) {
      gap = Math.min(gap, Math.abs(ones[i] - others[j]));
    }
    return gap;
  }

  function unreadNotes({ unread }, clauses = []) {
    const more = clauses.some((clause) => clause.isExcluded) ? ", or hold some that were to be left out" : "";
    return [...unread].map((name) => ({
      kind: "unread",
      piece: name,
      text: `A part of the index (${name}) could not be read; these results may lack some cables${more}.`,
    }));
  }

  // Ids

  // Year, post and serial as someone wrote them, '' for no year; null where it is no id
  function readId(text) {
    const name = text.length < 200 ? text.split(/[?#]/)[0].split("/").at(-1).replace(/(-[0-9a-f]{6})?\.html$/i, "") : "";
    const plain = name.normalize("NFKD").toUpperCase().replace(/[\s.,'’_\p{Pd}\p{M}]/gu, "");
    const [, year, post, serial] = /^(\d{4}|\d\d)?([A-Z]{2,24})0*([1-9]\d{0,6})$/.exec(plain) ?? [];
    return post ? { year: year?.slice(-2) ?? "", post, serial } : null;
  }

  function idOf(line) {
    const [id, folder, address] = line.split(" ");
    const [, year, post, serial] = /^(\d\d)([A-Z]+)(\d+)$/.exec(id);
    return { id, year, post, serial, address: address ?? `cable/${folder.replace("-", "/")}/${id}.html` };
  }

  class Finder {
    #site;
    #kept = new Map(); // what was read of the index

    constructor(site) {
      this.#site = new URL(site, document.baseURI);
    }

    #errand(signal) {
      return new Errand(this.#site, this.#kept, signal);
    }

    // The numbers of all cables that answer a query
    async search(text, { order = "relevance", plain = false, isTyping = false, signal, onProgress } = {}) {
      const errand = this.#errand(signal);
      const index = await Index.of(errand);
      const query = parseQuery(text, { isTyping, fields: index?.start.fields });
      if (!index) return { cables: [], isWhole: true, notes: [...query.notes, ...unreadNotes(errand)], words: [], phrases: [] };
      const search = new Search(index, query, { order, plain });
      await search.prepare();
      // Many spans end with the same piece, so progress is told in a task of its own; and seldom, where it takes long.
      let timer = 0;
      let pause = 0;
      const tell = () => {
        const begun = performance.now();
        onProgress(search.answer(false));
        pause = 4 * (performance.now() - begun);
        timer = 0;
      };
      try {
        await search.run(() => {
          if (onProgress && !timer) timer = setTimeout(tell, pause);
        });
      } finally {
        clearTimeout(timer);
      }
      return search.answer(true);
    }

    // What a list shows of cables; null for one that could not be read
    async cables(numbers, signal) {
      const index = await Index.of(this.#errand(signal));
      return Promise.all(
        numbers.map(async (number) => {
          const span = index?.spanOf(number);
          const rows = span ? await index.errand.get(`cables/${span.day}`) : MISSING;
          const row = rows === MISSING ? null : rows[number - span.number];
          if (!row) return null;
          const [name, subject, date, post, level, address] = row;
          return { name, subject, date, post, level, address: address ?? `cable/${date.slice(0, 7).replace("-", "/")}/${name}.html` };
        }),
      );
    }

    // How many cables each year, TAG, post, country and level has
    async facets(numbers, signal, onProgress) {
      const errand = this.#errand(signal);
      const [index, names] = await Promise.all([Index.of(errand), errand.get("names")]);
      const { tags = {}, posts = {} } = names === MISSING ? {} : names;
      const counts = { years: new Map(), tags: new Map(), posts: new Map(), countries: new Map(), levels: new Map() };
      const add = (kind, value) => value && counts[kind].set(value, (counts[kind].get(value) ?? 0) + 1);
      const rows = (kind, more = () => []) =>
        [...counts[kind]]
          .map(([value, count]) => [value, ...more(value), count])
          .sort((one, other) => other.at(-1) - one.at(-1) || (one[0] < other[0] ? -1 : 1));
      const told = () => ({
        years: [...counts.years].map(([year, count]) => [year === "undated" ? "" : year, count]).sort(([one], [other]) => (one < other ? -1 : 1)),
        tags: rows("tags", (code) => [tags[code] ?? ""]),
        posts: rows("posts", (post) => posts[post] ?? [post, ""]),
        countries: rows("countries"),
        levels: rows("levels"),
        notes: unreadNotes(errand),
      });
      const bySpan = new Map();
      for (const number of index ? numbers : []) {
        const span = index.spanOf(number);
        bySpan.set(span, [...(bySpan.get(span) ?? []), number]);
      }
      const counted = [...bySpan].map(async ([span, some]) => {
        const { first, piece } = await index.covering("facets", span);
        if (piece === MISSING) return;
        for (const at of some.map((number) => number - first)) {
          const post = piece.posts[piece.post[at]];
          add("years", piece.days[at] ? String(yearOf(piece.days[at])).padStart(4, "0") : "undated");
          add("posts", post);
          add("countries", posts[post]?.[1]);
          add("levels", piece.levels[piece.level[at]]);
          for (const tag of piece.tag[at]) add("tags", piece.tags[tag]);
        }
        onProgress?.(told());
      });
      await Promise.all(counted);
      return told();
    }

    // The cables that an id names, in any spelling, or those with nearly that id; null where the text is no id
    async lookUp(text, signal) {
      const asked = readId(text);
      if (!asked) return null;
      const errand = this.#errand(signal);
      const start = await errand.get("start");
      const firsts = start === MISSING ? [] : start.ids;
      const near = async (posts) => {
        const keys = posts.map((post) => placeOf(post.toLowerCase() + asked.serial, firsts, compare));
        const places = [...new Set(keys)].filter((at) => at >= 0);
        const pieces = await Promise.all(places.map((at) => errand.get(`ids/${escaped(firsts[at])}`)));
        return pieces.flatMap((piece) => (piece === MISSING ? [] : piece.split(",").map(idOf)));
      };
      const told = ({ id, address }) => ({ id, address });
      const ids = await near([asked.post]);
      const isAsked = (one) => one.post === asked.post && one.serial === asked.serial && (!asked.year || one.year === asked.year);
      const found = ids.filter(isAsked).map(told);
      if (found.length) return { ids: found, nearest: [] };

      const names = await errand.get("names");
      const posts = Object.keys(names === MISSING ? {} : names.posts).filter((post) => post !== asked.post && distance(post, asked.post) < 3);
      const others = posts.length ? await near(posts.slice(0, 3)) : [];
      // A wrong year counts as one mistake, so does a serial with another digit or a few more or less.
      const off = (one) => {
        const apart = Math.abs(one.serial - asked.serial);
        const serial = apart && (apart < 6 || distance(one.serial, asked.serial) < 2 ? 1 : 2 + apart / 10);
        return 1.5 * distance(one.post, asked.post) + (asked.year && one.year !== asked.year ? 1 : 0) + serial;
      };
      const nearest = [...new Map([...ids, ...others].map((one) => [one.address, one])).values()]
        .map((one) => ({ one, off: off(one) }))
        .filter(({ off: mistakes }) => mistakes < 4)
        .sort((one, other) => one.off - other.off)
        .slice(0, 5)
        .map(({ one }) => told(one));
      return { ids: [], nearest };
    }

    // The most frequent words of the archive that begin so
    async complete(word, signal) {
      const index = await Index.of(this.#errand(signal));
      const [begin, ...others] = tokens(word);
      if (!index || !begin || others.length) return [];
      const { lists } = await index.listsOf(begin, 3);
      return lists
        .sort((one, other) => other.cables - one.cables || compare(one.word, other.word))
        .slice(0, 8)
        .map(({ word: whole, cables }) => ({ word: whole, count: cables }));
    }
  }

  globalThis.cablepress = { piece, tokens, parseQuery, open: (site) => new Finder(site) };
})();
