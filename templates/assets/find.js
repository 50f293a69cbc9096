// The search: teaches the Finder of `lookup.js`, which comes before it, to answer queries from the pieces of an index, as
// generator/search/README.md describes them. A cable is its number in the order of days, a span a run of cables that are indexed
// together, a choice what a query asks for in one place, a list what there is of a word.

(() => {
  "use strict";

  const { escaped, tokens, compare, placeOf, distance } = cablepress;
  const LONGEST_QUERY = 4000; // letters
  const MOST_TERMS = 32;
  const MOST_OF_PREFIX = 24; // pieces of words that begin alike
  const OF_PIECE = 32; // cables of a span whose names a piece has
  const IN_BLOCK = 8; // cables of a document block that holds their places itself
  const ENOUGH = 10; // cables to be told before the others are looked for

  Object.assign(cablepress.readers, {
    words: readWords,
    lists: (text) => documentBlocks(bytesOf(text)),
    places: (text) => placeBlocks(bytesOf(text)),
    facets: (facets) => ({ ...facets, days: summed(facets.days) }),
  });

  // Bytes and bits

  // A character holds seven bits.
  function bytesOf(text) {
    const bytes = new Uint8Array((text.length * 7) >> 3);
    for (let at = 0, bits = 0; at < text.length; at += 1) {
      bits = ((bits << 7) | text.charCodeAt(at)) & 0x7fff;
      const read = (at + 1) * 7;
      bytes[(read >> 3) - 1] = bits >> (read & 7);
    }
    return bytes;
  }

  function summed(numbers) {
    let sum = 0;
    return numbers.map((number) => (sum += number));
  }

  // Bytes, read as bytes or as bits
  class Row {
    at = 0;

    constructor(bytes) {
      this.bytes = bytes;
    }

    take(count) {
      this.at += count;
      if (this.at > this.bytes.length) throw new RangeError("cut short");
      return this.bytes.subarray(this.at - count, this.at);
    }

    number(count) {
      return this.take(count).reduce((number, byte) => number * 256 + byte, 0);
    }

    varint() {
      const [byte] = this.take(1);
      return byte < 128 ? byte : byte - 128 + 128 * this.varint();
    }

    days() {
      return summed(Array.from({ length: this.varint() }, () => this.varint()));
    }

    bits(count) {
      let number = 0;
      for (; count > 0; count -= 1, this.at += 1) {
        if (this.at >= this.bytes.length * 8) throw new RangeError("cut short");
        number = number * 2 + ((this.bytes[this.at >> 3] >> (7 - (this.at & 7))) & 1);
      }
      return number;
    }

    zeros() {
      let count = 0;
      while (!this.bits(1)) count += 1;
      return count;
    }

    gamma() {
      const count = this.zeros();
      return 2 ** count + this.bits(count);
    }

    // `count` numbers that rise, as gaps
    rising(k, count) {
      let last = -1;
      return Array.from({ length: count }, () => (last += 1 + this.zeros() * 2 ** k + this.bits(k)));
    }
  }

  // Lists by their words: with all blocks, or with the first days of the pieces that hold these
  function readWords(words, lists) {
    const row = new Row(bytesOf(lists));
    const read = (word) => {
      const size = row.varint();
      if (!size) return { word, cables: row.varint(), parts: row.days(), placeParts: row.days() };
      const documents = documentBlocks(row.take(size));
      const places = placeBlocks(row.take(row.varint()));
      const cables = [...documents.values()].reduce((sum, block) => sum + countOf(block), 0);
      return { word, cables, documents, places: new Map(daysWithPlaces(documents).map((day, at) => [day, places[at]])) };
    };
    return new Map(words.split(" ").map((word) => [word, read(word)]));
  }

  // By the first day of their span
  function documentBlocks(bytes) {
    const row = new Row(bytes);
    const blocks = new Map();
    while (bytes.length - row.at > 3) {
      const since = row.number(2);
      blocks.set(since < 0xffff ? since + 693596 : row.number(3), row.take(row.varint()));
    }
    return blocks;
  }

  function placeBlocks(bytes) {
    const row = new Row(bytes);
    const blocks = [];
    while (row.at < bytes.length) blocks.push(row.take(row.varint()));
    return blocks;
  }

  const countOf = (block) => new Row(block).gamma();
  const daysWithPlaces = (blocks) => [...blocks.keys()].filter((day) => countOf(blocks.get(day)) > IN_BLOCK);

  // How often a word stands in the parts of each cable that holds it, `at` being the place of that in the span; and the row,
  // in which the places may follow
  function readUses(block, span, isMark) {
    const row = new Row(block);
    const count = row.gamma();
    const uses = row.rising(31 - Math.clz32(span.size / count), count).map((at) => ({ at, subject: 0, summary: 0, head: 0, text: 1 }));
    for (const use of isMark ? [] : uses) {
      let zeros = 0;
      while (zeros < 4 && !row.bits(1)) zeros += 1;
      if (zeros === 1) use.text = row.gamma() + 1;
      if (zeros === 2) Object.assign(use, { text: row.gamma(), summary: 1 });
      if (zeros === 3) Object.assign(use, { text: 0, head: row.gamma() });
      if (zeros === 4) for (const part of ["subject", "summary", "head", "text"]) use[part] = row.gamma() - 1;
    }
    return { uses, row };
  }

  // The places of a word in each of these cables
  function readPlaces(row, uses) {
    return new Map(
      uses.map(({ at, subject, text }) => [at, row.rising(Math.max(Math.clz32(subject + text) - 22, 0), subject + text)]),
    );
  }

  // Days are numbers: 1 is the first of the year 1, 0 stands for none.

  const dayOf = (...date) => new Date(0).setUTCFullYear(...date) / 86400000 + 719163;
  const yearOf = (day) => new Date((day - 719163) * 86400000).toISOString().slice(0, 4);

  // First and last day of '2008', '2008-11', '2008-11-03'; null for no date
  function daysOf(text) {
    const [year, month = 0, day = 0] = /^\d{4}(-\d\d){0,2}$/.test(text) ? text.split("-").map(Number) : [0];
    const from = dayOf(year, (month || 1) - 1, day || 1);
    const to = day ? from : dayOf(year, month || 12, 0);
    return year && !/-00/.test(text) && month < 13 && (!day || to <= dayOf(year, month, 0)) ? { from, to } : null;
  }

  // And of '2007..2009', '..1975', '2007..'
  function rangeOf(text) {
    const [first, last = first] = text.split("..");
    const from = first === "" ? 1 : daysOf(first)?.from;
    const to = last === "" ? Infinity : daysOf(last)?.to;
    return from <= to && text !== ".." ? { from, to } : null;
  }

  // Queries

  const FIELDS = ["tag", "from", "to", "signer", "class", "has"];
  const TERM = /(?=\S)(-?)(?:(\p{L}+):)?(?:"([^"]*)("?)|([^\s"]*))/gu;
  const DATE = /^\d{4}-\d\d(-\d\d)?$|^(\d{4}[\d-]*)?\.\.(\d{4}[\d-]*)?$/;

  const short = (text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

  // A query as clauses, all of which must hold, or must not where `isExcluded`. One of its choices is enough for a clause:
  // { kind: "word", "prefix", "phrase" or "all", words }, marks where `isMark`, or { kind: "date", from, to }.
  function parseQuery(text, { isTyping = false } = {}) {
    const notes = [];
    const note = (kind, said) => notes.some((one) => one.text === said) || notes.push({ kind, text: said });
    const clauses = [];
    const query = text.slice(0, LONGEST_QUERY).replace(/[“”„«»]/g, '"');
    let cut = text.slice(LONGEST_QUERY);
    let left = MOST_TERMS;
    let isOr = false;

    for (const term of query.matchAll(TERM)) {
      const rest = query.slice(term.index + term[0].length);
      if (left < 1) cut = term[0] + rest + cut;
      if (left < 1) break;
      left -= 1;
      const before = clauses.at(-1);
      if (term[0] === "OR" && before && !before.isExcluded && !isOr && rest.trim()) {
        isOr = true;
        continue;
      }
      if (term[0] === "OR") note("or", "OR joins what stands on both sides of it; here it was searched as a word.");
      if (term[0] === "AND" && before) {
        note("and", "All words are looked for anyway: AND was left out.");
        continue;
      }
      const choice = choiceOf(term, isTyping && !rest, note);
      if (!choice) continue;
      if (choice.words) {
        cut = choice.words.splice(left + 1).join(" ") || cut;
        left -= choice.words.length - 1;
      }
      const isExcluded = term[1] === "-" && /^\s?$/.test(query.charAt(term.index - 1));
      if (isOr && isExcluded) note("or", "OR cannot join what is excluded: each stands by itself.");
      if (isOr && !isExcluded) before.choices.push(choice);
      else clauses.push({ isExcluded, choices: [choice] });
      isOr = false;
    }
    const isOrThere = clauses.some(({ choices }) => choices.length > 1);
    if (isOrThere && /[()]/.test(query)) note("brackets", "Brackets join nothing: OR joins its two neighbours.");
    if (cut) note("cut", `Only the first ${MOST_TERMS} words were searched, nothing from “${short(cut)}” on.`);
    if (!clauses.length) note("nothing", "There is nothing to search for.");
    else if (clauses.every((clause) => clause.isExcluded)) {
      note("excluded", "Only what is excluded was named: a word to look for is needed too.");
    }
    return { clauses, notes };
  }

  // What a term asks for; null where it is nothing, and a note says so
  function choiceOf([term, , field, quoted, end, bare], isTyped, note) {
    const value = quoted ?? bare;
    const operator = field?.toLowerCase();
    if (end === "") note("quote", `A quotation mark is not closed: “${short(quoted)}” was searched as a phrase.`);
    if (value && (operator === "date" || (!field && DATE.test(bare) && bare !== ".."))) {
      const days = rangeOf(value);
      if (days) return { kind: "date", ...days };
      const effect = field ? "" : "; it was searched as words";
      note("date", `“${short(value)}” is no date, as 2008, 2008-11, 2008-11-03 or 2007..2009 are${effect}.`);
      if (field) return null;
    }
    const words = tokens(value);
    const isMark = words.length && FIELDS.includes(operator);
    const isPrefix = /[^*]\*$/.test(bare) && (isMark || (words.length === 1 && !field));
    if (isPrefix ? bare.indexOf("*") < bare.length - 1 : value.includes("*")) {
      note("star", `In “${short(term)}” * was left out: it stands for letters at the end of a word only.`);
    }
    if (isMark) return marksOf(operator, value, isPrefix);
    if (field) {
      if (!words.length) note("empty", `Nothing stands behind ${field}: so it was searched as a word.`);
      else note("operator", `There is no operator ${field}:; ${[field, ...words].slice(0, 6).join(" and ")} were searched as words.`);
      return { kind: "all", words: [...tokens(field), ...words] };
    }
    if (!words.length) {
      note("empty", `“${short(term)}” holds no letters or digits and was left out.`);
      return null;
    }
    if (words.length > 1) return { kind: "phrase", words };
    const isBegun = isTyped && bare !== undefined && words[0].length > 2 && !bare.endsWith("-");
    return { kind: isPrefix || isBegun ? "prefix" : "word", words };
  }

  // Names have a mark for each word; TAGS and levels have one of their letters and digits together.
  function marksOf(field, value, isPrefix) {
    const joined = (text) => tokens(text).join("");
    const isName = ["from", "to", "signer"].includes(field);
    const values = isName ? tokens(value) : field === "class" ? [joined(value)] : value.split(/\s/).map(joined).filter(Boolean);
    const words = values.map((one) => `${field}:${one}`);
    return { kind: words.length > 1 ? "all" : isPrefix ? "prefix" : "word", words, isMark: true };
  }

  // Where the pieces of an index lie
  class Index {
    constructor(errand, start, { spans, words, lengths, facets }) {
      const sizes = spans.filter((_, at) => at % 2);
      const ends = summed(sizes);
      this.spans = sizes.map((size, at) => ({ day: spans[2 * at], next: spans[2 * at + 2] ?? Infinity, size, number: ends[at] - size }));
      const numbered = (days) => days.map((day) => ({ day, number: this.spans.find((span) => span.day >= day).number }));
      Object.assign(this, { errand, start, words, lengths: numbered(lengths), facets: numbered(facets) });
    }

    static async of(errand) {
      const [start, words] = await Promise.all([errand.get("start"), errand.get("words")]);
      return start && words && new Index(errand, start, words);
    }

    // The span, or piece of lengths or facets, that a cable is in
    covering(number, kind) {
      return this[kind][placeOf({ number }, this[kind], (a, b) => a.number - b.number)];
    }

    // Lists of the pieces at these places; null for a piece that cannot be read
    async pieces(places) {
      const known = [...new Set(places)].filter((at) => at in this.words);
      return Promise.all(known.map((at) => this.errand.get(`words/${escaped(this.words[at])}`)));
    }

    placeOf(word) {
      return placeOf(word, this.words, compare);
    }

    // Null where the word is in no cable, undefined where that is not known
    async list(word) {
      const [piece] = await this.pieces([this.placeOf(word)]);
      return piece === null ? undefined : piece?.get(word) ?? null;
    }

    // All words that begin so; marks only where a mark is asked for
    async beginning(prefix, most) {
      const from = Math.max(this.placeOf(prefix), 0);
      let to = from + 1;
      while (this.words[to]?.startsWith(prefix)) to += 1;
      const pieces = await this.pieces([...this.words.keys()].slice(from, Math.min(to, from + most)));
      const lists = pieces.flatMap((piece) => [...(piece?.values() ?? [])]);
      return {
        lists: lists.filter(({ word }) => word.startsWith(prefix) && word.includes(":") === prefix.includes(":")),
        isCut: to > from + most,
        isUnread: pieces.includes(null),
      };
    }

    // Words of the archive that are spelled nearly so. A mistaken beginning may be anywhere: only some are looked for.
    async near(word) {
      const field = /^.*:|/.exec(word)[0];
      const name = word.slice(field.length);
      const begins = [name, name.replace(/^(.)(.)/u, "$2$1"), name.replace(/^./u, "")].map((one) => this.placeOf(field + one));
      const pieces = await this.pieces(this.words.length < 6 ? this.words.keys() : begins);
      return pieces
        .flatMap((piece) => [...(piece?.values() ?? [])])
        .filter((list) => list.word.startsWith(field) && list.word.includes(":") === word.includes(":"))
        .map((list) => ({ ...list, off: distance(list.word.slice(field.length), name) }))
        .filter(({ off }) => off <= (name.length < 5 ? 1 : 2))
        .sort((a, b) => a.off - b.off || b.cables - a.cables)
        .slice(0, 5)
        .map((list) => list.word);
    }

    // The document block of a word in a span; undefined for none
    async documents(list, { day }) {
      if (list.documents) return list.documents.get(day);
      const part = list.parts[placeOf(day, list.parts)];
      return part === undefined ? undefined : (await this.errand.get(`lists/${escaped(list.word)}${part}`, day))?.get(day);
    }

    // The row of the places of a word in a span
    async places(list, { day }, { uses, row }) {
      if (uses.length <= IN_BLOCK) return row;
      const block = list.documents ? list.places.get(day) : await this.#placeBlock(list, day);
      return block && new Row(block);
    }

    // A piece does not say of which spans its place blocks are: of those whose document blocks leave places to them.
    async #placeBlock(list, day) {
      const part = list.placeParts[placeOf(day, list.placeParts)];
      if (part === undefined) return undefined;
      const parts = list.parts.slice(Math.max(placeOf(part, list.parts), 0), placeOf(day, list.parts) + 1);
      const names = [`places/${escaped(list.word)}${part}`, ...parts.map((first) => `lists/${escaped(list.word)}${first}`)];
      const [places, ...documents] = await Promise.all(names.map((name) => this.errand.get(name, day)));
      if (!places || documents.includes(null)) return undefined;
      return places[documents.flatMap(daysWithPlaces).filter((one) => one >= part).indexOf(day)];
    }
  }

  // Answers a query, each span by itself as soon as all is there that it needs.
  class Search {
    constructor(index, { clauses, notes }, order, isPlain) {
      Object.assign(this, { index, clauses, notes, order, isPlain });
      this.found = [];
      this.undated = 0; // how many cables have no date: they come first
      const wanted = clauses.filter((clause) => !clause.isExcluded).flatMap((clause) => clause.choices);
      this.scored = wanted.filter((choice) => choice.words && !choice.isMark);
    }

    async prepare() {
      const findAll = ({ choices, isExcluded }) => choices.map((choice) => this.#findLists(choice, isExcluded));
      await Promise.all(this.clauses.flatMap(findAll));
      // Neighbours in the query whose places are at hand
      const isNear = ({ kind, lists }) => kind === "word" && lists[0]?.documents;
      const pairs = this.scored.slice(1).map((choice, at) => [this.scored[at], choice]);
      const hasPlaces = this.index.start.positions && !this.isPlain;
      this.pairs = pairs.filter((pair) => hasPlaces && pair.every(isNear)).map((pair) => pair.map(({ lists }) => lists[0]));
      // What is at hand comes first, then what is rare, then phrases.
      const toFetch = (lists = []) => lists.reduce((sum, list) => sum + (list.parts ? list.cables : 0), 0);
      const cost = ({ kind, lists }) => toFetch(lists) + (kind === "phrase" ? 1e9 : 0);
      const costOf = ({ choices }) => Math.max(...choices.map(cost));
      this.clauses.sort((a, b) => costOf(a) - costOf(b));
      const wanted = this.clauses.filter((clause) => !clause.isExcluded);
      const mayMatch = (span) => this.isPlain || wanted.every(({ choices }) => choices.some((choice) => mayHold(choice, span)));
      const spans = wanted.length ? this.index.spans.filter(mayMatch) : [];
      this.spans = this.order === "oldest" ? spans : spans.reverse();
    }

    async #findLists(choice, isExcluded) {
      const { words } = choice;
      if (!words) return;
      const note = (kind, text, more) => this.notes.push({ kind, text, ...more });
      choice.held = 0; // cables that it was found in
      if (choice.kind === "phrase" && !this.index.start.positions) {
        choice.kind = "all";
        note("positions", `This index keeps no places: the words of “${words.join(" ")}” were searched wherever they stand.`);
      }
      if (choice.kind === "prefix") {
        const { lists, isCut, isUnread } = await this.index.beginning(words[0], MOST_OF_PREFIX);
        choice.lists = lists;
        if (isCut) note("prefix", `Very many words begin with ${words[0]}: only those up to ${lists.at(-1)?.word} were searched.`);
        if (!lists.length && !isUnread) note("missing", `No word of the archive begins with ${words[0]}.`, { word: words[0], nearest: [] });
      } else {
        choice.lists = await Promise.all(words.map((word) => this.index.list(word)));
        for (const word of words.filter((_, at) => choice.lists[at] === null)) {
          const nearest = await this.index.near(word);
          const more = (isExcluded ? " There was nothing to exclude." : "") + (nearest.length ? ` Near it: ${nearest.join(", ")}.` : "");
          note("missing", `${word} is in no cable of this archive.${more}`, { word, nearest });
        }
        if (!choice.lists.every(Boolean)) choice.lists = [];
      }
      // The document blocks that are at hand, by day: a word may begin many others.
      choice.atHand = new Map();
      for (const [day, block] of choice.lists.flatMap((list) => [...(list.documents ?? [])])) {
        if (!choice.atHand.get(day)?.push(block)) choice.atHand.set(day, [block]);
      }
    }

    // First results ask for little: for one of the spans that come first, then for twice as many, until enough was found.
    async begin() {
      for (let lot = 1; this.spans.length && this.found.length < ENOUGH; lot *= 2) {
        await Promise.all(this.spans.splice(0, lot).map((span) => this.#add(span)));
      }
    }

    finish(onArrival) {
      return Promise.all(this.spans.map((span) => this.#add(span).then(onArrival)));
    }

    async #add(span) {
      try {
        for (const cable of await this.#answer(span)) this.found.push(cable);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        this.index.errand.unread.add(`the cables of ${span.day}`);
      }
    }

    async #answer(span) {
      const times = new Map(); // how often each choice is in each cable
      const isLeft = new Uint8Array(span.size).fill(1);
      for (const { choices, isExcluded } of this.clauses) {
        const isIn = new Uint8Array(span.size);
        const rows = await Promise.all(choices.map((choice) => this.#times(choice, span, isLeft)));
        for (const [nth, choice] of choices.entries()) {
          times.set(choice, rows[nth]);
          rows[nth].forEach((count, at) => (isIn[at] |= count > 0));
          choice.held += rows[nth].filter(Boolean).length;
        }
        isLeft.forEach((_, at) => (isLeft[at] &= isIn[at] ^ isExcluded));
        if (!this.isPlain && !isLeft.includes(1)) return [];
      }
      const places = [...isLeft.keys()].filter((at) => isLeft[at]);
      if (!places.length) return [];
      const nearness = await this.#nearness(span);
      const isWeighed = this.order === "relevance" && this.scored.length;
      const { number, piece: lengths } = isWeighed ? await this.#beside("lengths", span) : {};
      if (this.order === "oldest" && !span.day) {
        const { piece } = await this.#beside("facets", span);
        this.undated = piece?.days.filter((day) => !day).length ?? 0;
      }
      return places.map((at) => ({
        number: span.number + at,
        times: this.scored.map((choice) => times.get(choice)[at]),
        length: lengths && 16 * 2 ** ((lengths.charCodeAt(span.number - number + at) - 35) / 10),
        nearness: nearness(at),
      }));
    }

    // The piece of lengths or facets that tells of a span, and its first cable
    async #beside(kind, span) {
      const { day, number } = this.index.covering(span.number, kind);
      return { number, piece: await this.index.errand.get(`${kind}/${day}`, span.day) };
    }

    async #times(choice, span, isLeft) {
      const row = new Float64Array(span.size);
      if (choice.kind === "date") return this.#inDays(choice, span, row);
      const add = ({ at, subject, summary, head, text }) =>
        (row[at] += this.isPlain ? subject + text + head : 5 * subject + text + summary + 2 * head);
      if (choice.kind === "word" || choice.kind === "prefix") {
        const others = choice.lists.filter((list) => list.parts).map((list) => this.index.documents(list, span));
        const blocks = [...(choice.atHand.get(span.day) ?? []), ...(await Promise.all(others))];
        for (const block of blocks) if (block) readUses(block, span, choice.isMark).uses.forEach(add);
        return row;
      }
      const reads = [];
      let inAll = new Set([...row.keys()].filter((at) => this.isPlain || isLeft[at]));
      for (const list of choice.lists) {
        const block = await this.index.documents(list, span);
        if (!block) return row;
        reads.push(readUses(block, span, choice.isMark));
        inAll = new Set(reads.at(-1).uses.map(({ at }) => at).filter((at) => inAll.has(at)));
        if (!inAll.size) return row;
      }
      const isInAll = ({ at }) => inAll.has(at);
      if (choice.kind === "all") reads.flatMap(({ uses }) => uses.filter(isInAll)).forEach(add);
      else await this.#findPhrase(choice.lists, span, reads, isInAll, row);
      return row;
    }

    async #findPhrase(lists, span, reads, isInAll, row) {
      const rows = await Promise.all(lists.map((list, at) => this.index.places(list, span, reads[at])));
      if (!rows.length || !rows.every(Boolean)) return;
      const [firsts, ...others] = rows.map((places, at) => readPlaces(places, reads[at].uses));
      for (const { at, subject } of reads[0].uses.filter(isInAll)) {
        const sets = others.map((places) => new Set(places.get(at)));
        firsts.get(at).forEach((place, nth) => {
          const isPhrase = sets.every((places, after) => places.has(place + after + 1));
          if (isPhrase) row[at] += nth < subject && !this.isPlain ? 5 : 1;
        });
      }
    }

    async #inDays({ from, to }, span, row) {
      if (!mayHold({ kind: "date", from, to }, span)) return row;
      if (span.day >= from && span.next - 1 <= to) return row.fill(1);
      const { number, piece } = await this.#beside("facets", span);
      const days = piece?.days.slice(span.number - number) ?? [];
      return row.map((_, at) => days[at] >= from && days[at] <= to);
    }

    // By which factor neighbours that stand close together raise a cable
    async #nearness(span) {
      const placesOf = async (list) => {
        const read = readUses(list.documents.get(span.day), span);
        return readPlaces(await this.index.places(list, span, read), read.uses);
      };
      const pairs = this.pairs.filter((pair) => pair.every((list) => list.documents.has(span.day)));
      const near = await Promise.all(pairs.map((pair) => Promise.all(pair.map(placesOf))));
      return (at) => Math.max(1, ...near.map((pair) => 1 + 0.5 / gap(...pair.map((all) => all.get(at) ?? []))));
    }

    // All that was found so far
    answer(isWhole) {
      const { cables: all, words: sum } = this.index.start;
      const average = sum / all || 1;
      const isLookedAtAll = this.isPlain || this.clauses.length < 2;
      const idfs = this.scored.map(({ kind, lists, held }) => {
        const isCounted = isLookedAtAll || kind === "phrase" || kind === "all";
        const count = isCounted ? held : Math.min(all, lists.reduce((total, list) => total + list.cables, 0));
        return Math.max(Math.log((all - count + 0.5) / (count + 0.5)), 1e-6);
      });
      for (const cable of this.found) {
        const share = 1.2 * (0.25 + (0.75 * (cable.length || average)) / average);
        cable.score = cable.nearness * cable.times.reduce((score, times, at) => score + (idfs[at] * times * 2.2) / (times + share), 0);
      }
      const newest = (a, b) => b.number - a.number;
      const isUndated = ({ number }) => number < this.undated;
      const orders = {
        newest,
        oldest: (a, b) => isUndated(a) - isUndated(b) || newest(b, a),
        relevance: (a, b) => b.score - a.score || newest(a, b),
      };
      const more = this.clauses.some((clause) => clause.isExcluded) ? ", or hold some that were excluded" : "";
      const marked = ({ kind, words }) => (kind === "phrase" ? [] : kind === "prefix" ? [{ prefix: words[0] }] : words);
      return {
        cables: this.found.sort(orders[this.order]).map(({ number }) => number),
        isWhole,
        notes: [...this.notes, ...this.index.errand.notes(`these results may lack some cables${more}`)],
        words: this.scored.flatMap(marked),
        phrases: this.scored.filter(({ kind }) => kind === "phrase").map(({ words }) => words),
      };
    }
  }

  // Whether a span may hold a choice, as far as that is known without asking for more
  function mayHold({ kind, from, to, lists, atHand }, { day, next }) {
    if (kind === "date") return from < next && to >= Math.max(day, 1);
    const isIn = (list) => (list.documents ? list.documents.has(day) : list.parts[0] <= day);
    return kind === "prefix" ? atHand.has(day) || lists.some((list) => list.parts && isIn(list)) : lists.length > 0 && lists.every(isIn);
  }

  // The smallest between two rising rows
  function gap(ones, others) {
    let smallest = Infinity;
    for (let i = 0, j = 0; i < ones.length && j < others.length; ones[i] < others[j] ? (i += 1) : (j += 1)) {
      smallest = Math.min(smallest, Math.abs(ones[i] - others[j]) || Infinity);
    }
    return smallest;
  }

  Object.assign(cablepress.Finder.prototype, {
    // All cables that answer a query; `onProgress` is told of them as they are found. What it returns the first time is waited for
    // before more is asked for.
    async search(text, { order = "relevance", plain = false, isTyping = false, signal, onProgress } = {}) {
      const errand = this.errand(signal);
      const index = await Index.of(errand);
      const query = parseQuery(text, { isTyping });
      if (!index) return { cables: [], isWhole: true, notes: [...query.notes, ...errand.notes("nothing can be searched")], words: [], phrases: [] };
      const search = new Search(index, query, order, plain);
      await search.prepare();
      await search.begin();
      if (onProgress && search.found.length && search.spans.length) await onProgress(search.answer(false));
      // Many spans end with one piece: they are told together. Where that takes long, it is done seldom.
      let [timer, pause] = [0, 0];
      const tell = () => {
        const begun = performance.now();
        onProgress(search.answer(false));
        pause = 4 * (performance.now() - begun);
        timer = 0;
      };
      try {
        await search.finish(() => {
          if (onProgress) timer ||= setTimeout(tell, pause);
        });
      } finally {
        clearTimeout(timer);
      }
      return search.answer(true);
    },

    // What lists show of cables; null for one that cannot be read
    async cables(numbers, signal) {
      const index = await Index.of(this.errand(signal));
      const tell = async (number) => {
        const span = index?.covering(number, "spans");
        const at = number - span?.number;
        const row = span && (await index.errand.get(`cables/${span.day}-${Math.floor(at / OF_PIECE)}`))?.[at % OF_PIECE];
        if (!row) return null;
        const [name, subject, date, post, level, address = `cable/${date.slice(0, 7).replace("-", "/")}/${name}.html`] = row;
        return { name, subject, date, post, level, address };
      };
      return Promise.all(numbers.map(tell));
    },

    // How many of these cables there are by year, TAG, post, country and level
    async facets(numbers, signal, onProgress) {
      const errand = this.errand(signal);
      const [index, names] = await Promise.all([Index.of(errand), errand.get("names")]);
      const counts = Object.fromEntries(["years", "tags", "posts", "countries", "levels"].map((kind) => [kind, new Map()]));
      const add = (kind, value) => value !== undefined && counts[kind].set(value, (counts[kind].get(value) ?? 0) + 1);
      const byValue = ([a], [b]) => (a < b ? -1 : 1);
      const rows = (kind, more = () => []) => {
        const sorted = [...counts[kind]].sort((a, b) => b[1] - a[1] || byValue(a, b));
        return sorted.map(([value, count]) => [value, ...more(value), count]);
      };
      const told = () => ({
        years: rows("years").sort(byValue),
        tags: rows("tags", (code) => [names?.tags[code] ?? ""]),
        posts: rows("posts", (post) => names?.posts[post] ?? [post, ""]),
        countries: rows("countries"),
        levels: rows("levels"),
        notes: errand.notes("these counts may lack some cables"),
      });
      const parts = new Map();
      for (const number of index ? numbers : []) {
        const part = index.covering(number, "facets");
        if (!parts.get(part)?.push(number)) parts.set(part, [number]);
      }
      const count = async ([{ day, number: first }, some]) => {
        const piece = await errand.get(`facets/${day}`, day);
        for (const at of piece ? some.map((number) => number - first) : []) {
          const post = piece.posts[piece.post[at]];
          add("years", piece.days[at] ? yearOf(piece.days[at]) : "");
          add("posts", post);
          add("countries", names?.posts[post]?.[1] || undefined);
          add("levels", piece.levels[piece.level[at]]);
          for (const tag of piece.tag[at]) add("tags", piece.tags[tag]);
        }
        onProgress?.(told());
      };
      await Promise.all([...parts].map(count));
      return told();
    },

    // The words of the archive that begin so, the most frequent first
    async complete(word, signal) {
      const index = await Index.of(this.errand(signal));
      const [begin, ...others] = tokens(word);
      if (!index || !begin || others.length) return [];
      const { lists } = await index.beginning(begin, 3);
      const sorted = lists.sort((a, b) => b.cables - a.cables);
      return sorted.slice(0, 8).map((list) => ({ word: list.word, count: list.cables }));
    },
  });

  cablepress.parseQuery = parseQuery;
})();
