// Suggestions below a box that is typed in: names of roles, skills and sections, apart. The box goes on working as
// it is; what is chosen leads to what it names. (The combobox pattern of the ARIA Authoring Practices.)
{
  const box = document.getElementById('q');
  const list = document.getElementById('suggestions');
  const KINDS = [['role', 'Roles'], ['skill', 'Skills'], ['section', 'Sections'], ['heading', 'Headings']];
  const MOST = 12;
  let underWay = null;
  let timer = 0;
  let chosen = -1;

  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'suggestions' })) {
    box.setAttribute(name, value);
  }
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Suggestions');

  const options = () => [...list.querySelectorAll('[role="option"]')];

  const close = () => {
    clearTimeout(timer);
    underWay?.abort();
    list.hidden = true;
    chosen = -1;
    box.setAttribute('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
  };

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

  const option = (suggestion, at) => {
    const element = document.createElement('div');
    element.setAttribute('role', 'option');
    element.setAttribute('aria-selected', 'false');
    element.id = `suggestion-${at}`;
    const count = document.createElement('span');
    count.className = 'count';
    count.textContent = `${suggestion.pages.toLocaleString('en')} ${suggestion.pages === 1 ? 'role' : 'roles'}`;
    element.append(named(suggestion), count);
    element.suggestion = suggestion;
    return element;
  };

  const render = (suggestions) => {
    let at = 0;
    const groups = [];
    for (const [kind, title] of KINDS) {
      const of = suggestions.filter((suggestion) => suggestion.kind === kind);
      if (of.length === 0) continue;
      const group = document.createElement('div');
      group.setAttribute('role', 'group');
      group.setAttribute('aria-label', title);
      const head = document.createElement('div');
      head.className = 'group';
      head.setAttribute('aria-hidden', 'true');
      head.textContent = title;
      group.append(head, ...of.map((suggestion) => option(suggestion, at++)));
      groups.push(group);
    }
    list.replaceChildren(...groups);
    chosen = -1;
    box.removeAttribute('aria-activedescendant');
    list.hidden = at === 0;
    box.setAttribute('aria-expanded', String(at > 0));
  };

  const ask = async () => {
    const typed = box.value;
    underWay?.abort();
    if (typed.trim() === '') return close();
    const mine = (underWay = new AbortController());
    try {
      const answer = await fetch(`/suggest?${new URLSearchParams({ q: typed.slice(0, 100), limit: MOST })}`, { signal: mine.signal });
      if (!answer.ok) return close();
      const { suggestions } = await answer.json();
      if (!mine.signal.aborted && box.value === typed && document.activeElement === box) render(suggestions);
    } catch { /* Nothing is suggested: the box works without. */ }
  };

  const choose = (at) => {
    const all = options();
    chosen = (at + all.length + 1) % (all.length + 1);
    if (chosen === all.length) chosen = -1;
    all.forEach((element, index) => element.setAttribute('aria-selected', String(index === chosen)));
    if (chosen < 0) return box.removeAttribute('aria-activedescendant');
    box.setAttribute('aria-activedescendant', all[chosen].id);
    all[chosen].scrollIntoView({ block: 'nearest' });
  };

  // What is chosen narrows what is set already; what was typed was its name.
  const take = ({ kind, id, label }) => {
    close();
    const here = location.pathname === '/' ? new URL(location.href) : new URL('/', location.href);
    for (const name of ['q', 'offset', 'more']) here.searchParams.delete(name);
    if (kind === 'heading') here.searchParams.set('q', `heading:"${label}"`);
    else if (!here.searchParams.getAll(kind).includes(id)) here.searchParams.append(kind, id);
    if (location.pathname !== '/') return location.assign(here);
    live.settle();
    live.fill(here);
    live.show(here);
  };

  box.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 60); });
  box.addEventListener('blur', () => setTimeout(close, 150));
  box.form.addEventListener('submit', close);
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const element = event.target.closest('[role="option"]');
    if (element) take(element.suggestion);
  });
  box.addEventListener('keydown', (event) => {
    if (event.isComposing || list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      choose(chosen + steps[event.key]);
    } else if (event.key === 'Enter' && chosen >= 0) {
      take(options()[chosen].suggestion);
    } else if (event.key === 'Escape') {
      close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
}
