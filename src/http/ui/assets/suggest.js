// Suggestions below a box that is typed in: names of roles, skills and sections, apart. The box goes on working as
// it is; what is chosen leads to what it names, or takes the place of what was typed of it. (The combobox pattern of the
// ARIA Authoring Practices.)
{
  const KINDS = [['role', 'Roles'], ['skill', 'Skills'], ['section', 'Sections'], ['heading', 'Headings']];
  const SETTLE = 60; // Milliseconds without a key before names are asked for.
  const LONGEST = 100; // Bytes that are completed.

  // A name with what was typed of it in bold; places are in code points.
  const named = ({ label, highlights }) => {
    const chars = [...label];
    const name = document.createElement('span');
    let at = 0;
    for (const { start, end } of highlights) {
      const typed = document.createElement('b');
      typed.textContent = chars.slice(start, end).join('');
      name.append(chars.slice(at, start).join(''), typed);
      at = end;
    }
    name.append(chars.slice(at).join(''));
    name.dir = 'auto';
    return name;
  };

  const element = (role, { className = '', text = '', ...attributes } = {}) => {
    const made = document.createElement('div');
    if (role) made.setAttribute('role', role);
    if (className) made.className = className;
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };

  // Completes a box: `term` is what of its text is completed, `take` what becomes of a suggestion that is chosen.
  const complete = (box, { kinds, most, term, take }) => {
    const list = element('listbox', { className: 'suggestions', id: `${box.id}-suggestions`, 'aria-label': 'Suggestions' });
    let underWay = null;
    let timer = 0;
    let chosen = -1;
    list.hidden = true;
    box.parentElement.classList.add('completed');
    box.parentElement.append(list);
    const combobox = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id };
    for (const [name, value] of Object.entries(combobox)) box.setAttribute(name, value);

    const options = () => [...list.querySelectorAll('[role="option"]')];

    const close = () => {
      clearTimeout(timer);
      underWay?.abort();
      list.hidden = true;
      chosen = -1;
      box.setAttribute('aria-expanded', 'false');
      box.removeAttribute('aria-activedescendant');
    };

    const option = (suggestion, at) => {
      const made = element('option', { id: `${list.id}-${at}`, 'aria-selected': 'false' });
      const roles = `${suggestion.pages.toLocaleString('en')} ${suggestion.pages === 1 ? 'role' : 'roles'}`;
      made.append(named(suggestion), element('', { className: 'count', text: roles }));
      made.suggestion = suggestion;
      return made;
    };

    const render = (suggestions) => {
      let at = 0;
      const groups = [];
      for (const [kind, title] of KINDS) {
        const of = suggestions.filter((suggestion) => suggestion.kind === kind);
        if (of.length === 0) continue;
        const group = element('group', { 'aria-label': title });
        group.append(element('', { className: 'group', text: title, 'aria-hidden': 'true' }), ...of.map((suggestion) => option(suggestion, at++)));
        groups.push(group);
      }
      list.replaceChildren(...groups);
      chosen = -1;
      box.removeAttribute('aria-activedescendant');
      list.hidden = at === 0;
      box.setAttribute('aria-expanded', String(at > 0));
    };

    const ask = async () => {
      const typed = term();
      underWay?.abort();
      if (typed.trim() === '' || new TextEncoder().encode(typed).length > LONGEST) return close();
      const mine = (underWay = new AbortController());
      try {
        const answer = await fetch(`/suggest?${new URLSearchParams({ q: typed, limit: 50 })}`, { signal: mine.signal });
        if (!answer.ok) return close();
        const { suggestions } = await answer.json();
        const wanted = suggestions.filter(({ kind }) => kinds.includes(kind)).slice(0, most);
        if (!mine.signal.aborted && term() === typed && document.activeElement === box) render(wanted);
      } catch { /* Nothing is suggested: the box works without. */ }
    };

    const choose = (step) => {
      const all = options();
      // Beyond either end lies the box itself.
      chosen = (chosen + step + all.length + 2) % (all.length + 1) - 1;
      all.forEach((made, at) => made.setAttribute('aria-selected', String(at === chosen)));
      if (chosen < 0) return box.removeAttribute('aria-activedescendant');
      box.setAttribute('aria-activedescendant', all[chosen].id);
      all[chosen].scrollIntoView({ block: 'nearest' });
    };

    const accept = (made) => {
      close();
      take(made.suggestion);
    };

    box.addEventListener('input', (event) => {
      clearTimeout(timer);
      if (event.isTrusted) timer = setTimeout(ask, SETTLE);
    });
    box.addEventListener('blur', close);
    box.form.addEventListener('submit', close);
    list.addEventListener('mousedown', (event) => event.preventDefault());
    list.addEventListener('click', (event) => {
      const made = event.target.closest('[role="option"]');
      if (made) accept(made);
    });
    box.addEventListener('keydown', (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') choose(event.key === 'ArrowDown' ? 1 : -1);
      else if (event.key === 'Enter' && chosen >= 0) accept(options()[chosen]);
      else if (event.key === 'Escape') close();
      else return;
      event.preventDefault();
    });
  };

  // In the search box what is chosen narrows what is set already: what was typed was its name.
  const narrow = ({ kind, id, label }) => {
    const here = new URL(location.pathname === '/' ? location.href : '/', location.href);
    for (const name of ['q', 'offset', 'more']) here.searchParams.delete(name);
    if (kind === 'heading') here.searchParams.set('q', `heading:"${label}"`);
    else if (!here.searchParams.getAll(kind).includes(id)) here.searchParams.append(kind, id);
    if (location.pathname !== '/') return location.assign(here);
    live.settle();
    live.fill(here);
    live.show(here);
  };

  const q = document.getElementById('q');
  complete(q, { kinds: KINDS.map(([kind]) => kind), most: 12, term: () => q.value, take: narrow });

  // In a field of several names, with commas between them, the last is completed.
  for (const field of document.querySelectorAll('input[data-suggest]')) {
    const before = () => field.value.slice(0, field.value.lastIndexOf(',') + 1);
    complete(field, {
      kinds: field.dataset.suggest.split(' '),
      most: 8,
      term: () => field.value.slice(before().length).trimStart(),
      take: ({ id, label }) => {
        field.value = `${before()} ${label.includes(',') ? id : label}, `.trimStart();
        field.dispatchEvent(new Event('input', { bubbles: true }));
      },
    });
  }
}
