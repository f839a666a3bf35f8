// Keys: `/` goes to the search box, the arrows from there through what was found and back, Enter opens, Escape
// goes back to the box.
{
  const box = document.getElementById('q');
  const hits = () => [...document.querySelectorAll('.hit .open')];

  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isTyped = target.matches('input, textarea, select, [contenteditable]');
    if (key === '/' && !isTyped) {
      event.preventDefault();
      box.focus();
      box.select();
      return;
    }
    const at = hits().indexOf(target);
    if (key === 'Escape' && at >= 0) {
      box.focus();
    } else if (key === 'ArrowDown' && (target === box || at >= 0)) {
      hits()[at + 1]?.focus();
    } else if (key === 'ArrowUp' && at > 0) {
      hits()[at - 1].focus();
    } else if (key === 'ArrowUp' && at === 0) {
      box.focus();
    } else {
      return;
    }
    event.preventDefault();
  });
}
