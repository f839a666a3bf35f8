// What is asked changes the page in place: the page that a link or a form leads to is fetched, and what it marks as
// live takes the place of what is shown. The address always says what is seen, so that it can be shared and gone back to.
const live = (() => {
  const SETTLE = 120; // Milliseconds without a key before what is typed is asked.
  const SLOW = 200; // Milliseconds before an answer is said to be under way.
  const progress = document.getElementById('progress');
  let underWay = null;
  let typing = null; // The form whose entry of the history is still being typed.
  let timer = 0;

  const regions = (page) => page.querySelectorAll('[data-live]');
  const isLive = () => regions(document).length > 0;

  // The address that a form leads to; empty fields say nothing.
  const addressOf = (form) => {
    const url = new URL(form.getAttribute('action') || location.pathname, location.href);
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string' && value.trim() !== '');
    url.search = new URLSearchParams(fields).toString();
    return url;
  };

  // What has the focus, by what it is called on the other page, too.
  const focused = () => {
    const element = document.activeElement;
    if (!element || !element.closest('[data-live]')) return () => {};
    const { id, name, value } = element;
    const key = element.dataset.key;
    const selection = element.type === 'search' || element.type === 'text' ? [element.selectionStart, element.selectionEnd] : null;
    return (isTyped) => {
      const same = (id && document.getElementById(id))
        || (key && document.querySelector(`[data-key="${CSS.escape(key)}"]`))
        || (name && document.querySelector(`[data-live] [name="${CSS.escape(name)}"]`));
      if (!same) return document.getElementById('q')?.focus({ preventScroll: true });
      if (isTyped && 'value' in same) same.value = value;
      same.focus({ preventScroll: true });
      if (selection) same.setSelectionRange(...selection);
    };
  };

  const swap = (page, isTyped) => {
    const restore = focused();
    for (const region of regions(document)) {
      const next = page.getElementById(region.id);
      if (next) region.replaceChildren(...document.adoptNode(next).childNodes);
    }
    document.title = page.title;
    document.dispatchEvent(new CustomEvent('live'));
    restore(isTyped);
  };

  const busy = (is) => {
    for (const region of regions(document)) {
      if (is) region.setAttribute('aria-busy', 'true');
      else region.removeAttribute('aria-busy');
    }
    if (!is) progress.hidden = true;
  };

  // Shows what an address leads to. `entry` is `push`, `replace` or nothing.
  const show = async (url, { entry = 'push', isTyped = false, top = false } = {}) => {
    underWay?.abort();
    const mine = (underWay = new AbortController());
    if (entry === 'push') history.pushState({ live: true }, '', url);
    if (entry === 'replace') history.replaceState({ live: true }, '', url);
    busy(true);
    const slow = setTimeout(() => { progress.hidden = false; }, SLOW);
    try {
      // What is on the way to a question is no question yet: the server's log leaves it out.
      const headers = { accept: 'text/html', ...(isTyped && { 'rolecall-typed': '1' }) };
      const answer = await fetch(url, { signal: mine.signal, headers });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (mine.signal.aborted) return;
      // Where the page is another, or says that it failed, the browser goes there.
      const isSame = [...regions(document)].every((region) => page.getElementById(region.id));
      if (!answer.ok || !isSame) return location.replace(url);
      swap(page, isTyped);
      if (top) window.scrollTo({ top: 0 });
    } catch (error) {
      if (error.name !== 'AbortError') location.assign(url);
    } finally {
      clearTimeout(slow);
      if (underWay === mine) { underWay = null; busy(false); }
    }
  };

  // What is typed is one entry of the history, however many keys it took.
  const typed = (form) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const url = addressOf(form);
      if (url.href === location.href) return;
      show(url, { entry: typing === form ? 'replace' : 'push', isTyped: true });
      typing = form;
    }, SETTLE);
  };

  const settle = () => { clearTimeout(timer); typing = null; };

  document.addEventListener('input', (event) => {
    const { target } = event;
    const form = target.form;
    if (!form?.matches('[data-live-form]') || target.matches('[type="range"], [data-quiet]')) return;
    if (!isLive() || new URL(form.action).pathname !== location.pathname) return;
    typed(form);
  });

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!form.matches('[data-live-form]') || !isLive()) return;
    const url = addressOf(form);
    if (url.pathname !== location.pathname) return;
    event.preventDefault();
    settle();
    show(url, { entry: url.href === location.href ? 'replace' : 'push' });
  });

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-live-link]');
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname !== location.pathname || !isLive()) return;
    event.preventDefault();
    settle();
    fill(url);
    show(url, { top: link.dataset.liveLink === 'top' });
  });

  // Fields outside of what is swapped say what the address does.
  const fill = (url) => {
    for (const form of document.querySelectorAll('[data-live-form]')) {
      if (new URL(form.action).pathname !== url.pathname) continue;
      for (const field of form.querySelectorAll('input[name]:not([type="hidden"])')) {
        const value = url.searchParams.get(field.name) ?? '';
        if (field.value !== value) field.value = value;
      }
    }
  };

  window.addEventListener('popstate', () => {
    if (!isLive()) return;
    settle();
    const url = new URL(location.href);
    fill(url);
    show(url, { entry: null });
  });

  return { show, addressOf, settle, fill };
})();
