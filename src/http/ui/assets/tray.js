// Roles that are ticked to be compared stay so from search to search, until the tab is closed.
{
  const form = document.getElementById('compare');
  const KEY = 'rolecall.compare';
  const MOST = 3;
  if (form) {
    const read = () => { try { return JSON.parse(sessionStorage.getItem(KEY)) ?? []; } catch { return []; } };
    const write = (kept) => { try { sessionStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* It is kept as long as the page. */ } };
    const said = form.querySelector('.tray-count');
    let kept = read();

    const show = () => {
      for (const box of document.querySelectorAll('.pick input')) {
        box.checked = kept.some(({ id }) => id === box.value);
        box.disabled = !box.checked && kept.length >= MOST;
      }
      form.classList.toggle('kept', kept.length > 0);
      form.querySelectorAll('[type="hidden"]').forEach((field) => field.remove());
      const shown = new Set([...document.querySelectorAll('.pick input')].map((box) => box.value));
      for (const { id } of kept.filter(({ id }) => !shown.has(id))) {
        const field = document.createElement('input');
        Object.assign(field, { type: 'hidden', name: 'page', value: id });
        form.append(field);
      }
      said.textContent = kept.length === 0 ? '' : kept.map(({ title }) => title).join(', ');
      form.querySelector('[type="submit"]').disabled = kept.length < 2;
    };

    document.addEventListener('change', ({ target }) => {
      if (!target.matches('.pick input')) return;
      kept = kept.filter(({ id }) => id !== target.value);
      if (target.checked) kept.push({ id: target.value, title: target.dataset.title });
      write(kept);
      show();
    });
    form.addEventListener('reset', (event) => { event.preventDefault(); kept = []; write(kept); show(); });
    document.addEventListener('live', show);
    show();
  }
}
