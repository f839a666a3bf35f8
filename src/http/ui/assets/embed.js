// The search box for other sites: `<script src="…/embed.js" async></script>` puts it where the script stands.
//
// It lives in a shadow root, so neither the site's style nor its scripts and this one get in each other's way. All that is
// shown of an answer is text: nothing of it is ever read as HTML.

const script = document.currentScript;
const { origin } = new URL(script.src);
const { source, language, limit, placeholder, label, theme, open, target } = script.dataset;

/** How long typing rests before it is asked, and how long an answer may take, in milliseconds. */
const REST = 130;
const PATIENCE = 12000;
/** The longest text that is shown, in code points: of a title or a heading, and of a quote. */
const LONG = 160;
const LONG_QUOTE = 320;
/** A sentence longer than this is named in an address by its beginning and its end, of so many words each. */
const LONG_SENTENCE = 80;
const ENDS = 5;

const HITS = Math.min(Math.max(parseInt(limit, 10) || 5, 1), 20);
/** What can be asked for by a click. */
const KINDS = ['role', 'skill', 'section'];
/** What holds for every question. */
const ALWAYS = [
  ...list(source).map((value) => ['source', value]),
  ...list(language).map((value) => ['language', value]),
];

function list(values) {
  return (values ?? '').split(/[\s,]+/).filter(Boolean);
}

/** An element with attributes, listeners (`onclick`) and children; texts stay texts. */
function el(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child));
  return made;
}

function cut(text) {
  const points = [...text];
  return points.length > LONG ? `${points.slice(0, LONG).join('')}…` : text;
}

/** A text with marks; the marks count code points. */
function marked(text, marks, most = LONG) {
  const points = [...text];
  const cutAt = Math.min(points.length, most);
  const parts = [];
  let at = 0;
  for (const { start, end } of marks) {
    if (start < at || end > cutAt) continue;
    parts.push(points.slice(at, start).join(''), el('mark', null, points.slice(start, end).join('')));
    at = end;
  }
  parts.push(points.slice(at, cutAt).join('') + (cutAt < points.length ? '…' : ''));
  return parts.filter((part) => part !== '');
}

/** All but letters, digits and a few signs encoded, as a text fragment has it. */
function encoded(text) {
  return encodeURIComponent(text).replace(/[-!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Where people read it: at the page's own site, there at the sentence, else on the server's page of it. */
function place({ id, url }, section) {
  if (!/^https?:\/\//.test(url ?? '')) {
    const spot = section ? `#s${section.section.index}${section.block === null ? '' : `-${section.block}`}` : '';
    return `${origin}/ui/pages/${id}${spot}`;
  }
  const [page, own] = url.split(/#(.*)/s);
  const anchor = section?.anchor ? encoded(section.anchor).replaceAll('%2D', '-') : own;
  // The cells of a row are apart in the page: the longest is looked for.
  const cells = (section?.snippet.text ?? '').split(' | ');
  const text = cells.reduce((long, cell) => (cell.length > long.length ? cell : long)).trim();
  const words = text.split(/\s+/);
  const isLong = text.length > LONG_SENTENCE && words.length > 2 * ENDS;
  const ends = [words.slice(0, ENDS), words.slice(-ENDS)].map((end) => encoded(end.join(' ')));
  const fragment = isLong ? ends.join(',') : encoded(text);
  if (!anchor && !text) return page;
  return `${page}#${anchor ?? ''}${text ? `:~:text=${fragment}` : ''}`;
}

function count(number, one) {
  return `${number.toLocaleString('en')} ${one}${number === 1 ? '' : 's'}`;
}

function pay({ currency, low, high }) {
  const amount = new Intl.NumberFormat('en', { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 });
  const to = high === null ? ' or more' : high > low ? `–${amount.format(high)}` : '';
  return `${amount.format(low)}${to} a year`;
}

function years({ low, high }) {
  if (high === null) return `${low}+ years`;
  return high > low ? `${low}–${high} years` : count(low, 'year');
}

/** A link that opens where the site wants it. */
function link(address, attributes, ...children) {
  const isNew = open === 'new';
  const where = isNew ? { target: '_blank' } : {};
  return el('a', { href: address, rel: 'noopener', ...where, ...attributes }, ...children,
    isNew ? el('span', { class: 'hidden' }, ' (opens in a new tab)') : '');
}

function show(host) {
  const root = host.attachShadow({ mode: 'open' });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(el('style', null, STYLE));
  }

  const others = document.querySelectorAll(host.localName).length;
  const name = `${label ?? 'Search roles, skills and pay'}${others > 1 ? ` (${others})` : ''}`;
  const input = el('input', {
    type: 'search', role: 'combobox', 'aria-label': name, 'aria-autocomplete': 'list', 'aria-expanded': 'false',
    'aria-controls': 'chips', placeholder: placeholder ?? 'Search roles, skills and pay', maxlength: '256', autocomplete: 'off',
    autocapitalize: 'off', spellcheck: 'false', enterkeyhint: 'search',
    oninput: () => { isOpen = true; rest(); }, onkeydown: keys,
  });
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  icon.append(document.createElementNS(icon.namespaceURI, 'path'));
  icon.firstChild.setAttribute('d', 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13m5 11.5l5 5');
  const chips = el('ul', { id: 'chips', class: 'chips', role: 'listbox', 'aria-label': 'Suggestions', hidden: true });
  const set = el('div', { class: 'chips set', role: 'group', 'aria-label': 'Only', hidden: true });
  const status = el('p', { class: 'hidden', role: 'status' });
  const results = el('div', { onkeydown: walk });
  const form = el('form', { role: 'search', 'aria-label': name, onsubmit: (event) => { event.preventDefault(); isOpen = false; ask(); } },
    icon, input);
  const box = el('div', { class: 'box' }, form, set, chips, status, results);
  root.append(box);
  // A site's own keys (`/`, `s` …) are not for what is typed here; from outside, the field cannot be told for one.
  for (const type of ['keydown', 'keypress', 'keyup']) root.addEventListener(type, (event) => event.stopPropagation());

  /** What is asked for besides the words: `{ kind, id, label }`. */
  let filters = [];
  /** Whether suggestions are wanted, which of them is chosen, and what they are. */
  let isOpen = false;
  let active = -1;
  let suggested = [];
  let timer, speaker, asking;

  function rest() {
    clearTimeout(timer);
    timer = setTimeout(ask, REST);
  }

  /** The parameters of what is asked. */
  function asked() {
    const q = input.value.trim();
    return [...(q ? [['q', q]] : []), ...ALWAYS, ...filters.map(({ kind, id }) => [kind, id])];
  }

  async function get(path, params, signal) {
    // Nothing that the visitor has with the server goes along.
    const answer = await fetch(`${origin}${path}?${new URLSearchParams(params)}`, { signal, credentials: 'omit' });
    if (answer.ok) return answer.json();
    const { detail } = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(detail), { status: answer.status });
  }

  /** Asks what is typed; what was asked before is given up, and its answer no longer counts. */
  async function ask() {
    clearTimeout(timer);
    asking?.abort();
    const mine = (asking = new AbortController());
    const q = input.value.trim();
    if (!q && !filters.length) {
      box.classList.remove('busy');
      suggest([]);
      return tell([], '');
    }
    const late = setTimeout(() => mine.abort('late'), PATIENCE);
    box.classList.add('busy');
    results.setAttribute('aria-busy', 'true');
    const names = isOpen && q ? suggestions(q, mine.signal).catch(() => []) : [];
    try {
      const params = [...asked(), ['limit', HITS], ['sections_per_hit', 1], ['facets', '']];
      const [answer, known] = await Promise.all([get('/search', params, mine.signal), names]);
      if (mine !== asking) return;
      suggest(known);
      answered(answer, q);
    } catch (error) {
      if (mine === asking) failed(error.status, error.message);
    } finally {
      clearTimeout(late);
      if (mine === asking) {
        box.classList.remove('busy');
        results.removeAttribute('aria-busy');
      }
    }
  }

  /** Names that may be meant; where not every page counts, only those that these pages have. */
  async function suggestions(q, signal) {
    const taken = ({ kind, id }) => filters.some((filter) => filter.kind === kind && filter.id === id);
    let known;
    if (ALWAYS.length || filters.length) {
      const fields = KINDS.map((kind) => ['facet_query', `${kind}:${q}`]);
      const params = [...asked().filter(([name]) => name !== 'q'), ['limit', 0], ['facets', ''], ['facet_limit', 3], ...fields];
      const { facets } = await get('/search', params, signal);
      known = Object.entries(facets).flatMap(([kind, values]) => values.map((value) => ({ ...value, kind, highlights: [] })));
    } else {
      known = (await get('/suggest', [['q', q], ['limit', 12]], signal)).suggestions;
    }
    return known.filter((name) => KINDS.includes(name.kind) && name.pages && !taken(name)).slice(0, 4);
  }

  function suggest(names) {
    suggested = isOpen ? names : [];
    active = -1;
    input.removeAttribute('aria-activedescendant');
    input.setAttribute('aria-expanded', String(suggested.length > 0));
    chips.hidden = !suggested.length;
    chips.replaceChildren(...suggested.map((name, at) => el('li',
      // The field keeps the focus.
      { id: `chip${at}`, role: 'option', 'aria-selected': 'false', onmousedown: (event) => event.preventDefault(), onclick: () => choose(name) },
      el('span', { dir: 'auto' }, ...marked(name.label, name.highlights)), el('small', null, ` ${name.kind}`))));
  }

  function choose(name) {
    filters = [...filters, name];
    input.value = '';
    isOpen = false;
    refilter();
  }

  function refilter() {
    set.hidden = !filters.length;
    set.replaceChildren(...filters.map((filter) => el('button', {
      type: 'button',
      onclick: () => { filters = filters.filter((other) => other !== filter); refilter(); input.focus(); },
    }, el('span', { dir: 'auto' }, el('span', { class: 'hidden' }, 'Remove '), cut(filter.label)), el('small', null, ` ${filter.kind}`), el('span', { 'aria-hidden': 'true' }, '✕'))));
    suggest([]);
    ask();
  }

  function tell(parts, said) {
    results.replaceChildren(...parts.filter(Boolean));
    clearTimeout(speaker);
    // Not at every letter.
    speaker = setTimeout(() => { status.textContent = said; }, 500);
  }

  function answered({ total, hits, query }, q) {
    const meant = query.did_you_mean;
    const slip = meant ? el('p', { class: 'said' }, 'Did you mean ', el('button',
      { type: 'button', class: 'plain', dir: 'auto', onclick: () => { input.value = meant; input.focus(); ask(); } }, cut(meant)), '?') : null;
    if (!hits.length) {
      const nothing = q ? `Nothing found for “${cut(q)}”.` : 'Nothing found.';
      return tell([el('p', { class: 'said' }, `${nothing} Fewer or other words may help.`), slip], nothing);
    }
    const some = q && query.matched === 'some' && !total.pages_with_all ? ' No page has all of the words; these come closest.' : '';
    const found = count(total.pages, 'result');
    const shown = hits.length < total.pages ? `${hits.length} of ${found}` : found;
    tell([
      el('p', { class: 'said' }, `${shown}.${some}`),
      slip,
      el('ol', { 'aria-label': 'Results' }, ...hits.map(result)),
      hits.length < total.pages && link(`${origin}/?${new URLSearchParams(asked())}`, { class: 'foot' }, `All ${found}`),
    ], `${shown}.${some}${suggested.length ? ` ${count(suggested.length, 'suggestion')}.` : ''}`);
  }

  function result(hit) {
    const [section] = hit.sections;
    const further = hit.sections_total - 1;
    const facts = [hit.pay && pay(hit.pay), hit.experience && years(hit.experience)].filter(Boolean);
    const said = section && [section.section.label, section.heading].filter((part, at, parts) => part && parts.indexOf(part) === at);
    return el('li', { class: 'hit', lang: hit.language ?? undefined },
      link(place(hit, section), { class: 'title', dir: 'auto' }, ...marked(hit.title, hit.title_highlights)),
      el('p', { class: 'at', dir: 'auto' },
        said ? el('span', null, el('b', null, said[0]), said[1] ? ` · ${cut(said[1])}` : '') : '',
        ...facts.map((fact) => el('span', { lang: 'en' }, fact))),
      section ? el('p', { class: 'quote', dir: 'auto' }, ...marked(section.snippet.text, section.snippet.highlights, LONG_QUOTE)) : '',
      further > 0 ? el('p', { class: 'more', lang: 'en' }, link(`${origin}/ui/pages/${hit.id}`, null, `${count(further, 'more section')}`)) : '');
  }

  function failed(status, detail) {
    const said = status === 503 || status === 429 ? 'The search is busy. Please try again in a moment.'
      : status >= 400 && status < 500 && detail ? `This cannot be searched for: ${detail}.`
      : status ? 'The search failed. Please try again later.'
      : 'The search cannot be reached right now.';
    suggest([]);
    tell([el('div', { class: 'failed' }, el('p', null, said),
      el('button', { type: 'button', class: 'plain', onclick: () => { input.focus(); ask(); } }, 'Try again'))], said);
  }

  /** Goes through the suggestions; behind the last one come the results. */
  function keys(event) {
    const { key, isComposing } = event;
    if (isComposing) return;
    if (key === 'ArrowDown' && active === suggested.length - 1) results.querySelector('a')?.focus();
    else if (key === 'ArrowDown') activate(active + 1);
    else if (key === 'ArrowUp') activate(Math.max(active - 1, -1));
    else if (key === 'Enter' && active >= 0) choose(suggested[active]);
    else if (key === 'Escape' && suggested.length) { isOpen = false; suggest([]); }
    else if (key === 'Escape') { input.value = ''; ask(); }
    else if (key === 'Backspace' && !input.value && filters.length) { filters = filters.slice(0, -1); refilter(); }
    else return;
    event.preventDefault();
  }

  function activate(at) {
    active = at;
    [...chips.children].forEach((chip, index) => chip.setAttribute('aria-selected', String(index === at)));
    if (at >= 0) input.setAttribute('aria-activedescendant', `chip${at}`);
    else input.removeAttribute('aria-activedescendant');
  }

  /** Goes from result to result; before the first one is the field. */
  function walk(event) {
    const links = [...results.querySelectorAll('.title, .foot')];
    const at = links.findIndex((one) => one.closest('li, .foot').contains(event.target));
    if (event.key === 'Escape') input.focus();
    else if (at >= 0 && event.key === 'ArrowDown') links[Math.min(at + 1, links.length - 1)].focus();
    else if (at >= 0 && event.key === 'ArrowUp') (links[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  }
}

/** A place of its own, whose name no style of the site means. */
function start() {
  const host = document.createElement('rolecall-search');
  host.setAttribute('theme', theme ?? 'auto');
  const at = target ? document.querySelector(target) : null;
  if (at) at.append(host);
  else if (target) return console.error(`rolecall: data-target="${target}" is nothing in this page`);
  else if (script.parentElement?.closest('body')) script.after(host);
  else document.body.append(host);
  show(host);
}

// The target may stand behind the script, and the script in the head.
const isThere = target ? document.querySelector(target) : document.body;
if (isThere || document.readyState !== 'loading') start();
else document.addEventListener('DOMContentLoaded', start);
