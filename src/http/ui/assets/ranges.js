// A slider with two thumbs over a chart: each steps from bucket to bucket, the ends mean no bound. The fields below say the
// same in figures and are what is sent.
{
  const thumb = (title, name, most) => {
    const input = document.createElement('input');
    input.type = 'range';
    input.min = 0;
    input.max = most;
    input.step = 1;
    input.id = `slide-${title}-${name}`;
    input.setAttribute('aria-label', `${title} ${name === 'min' ? 'from' : 'to'}`);
    return input;
  };

  const dress = (facet) => {
    const slider = facet.querySelector('.slider');
    if (!slider || slider.childElementCount > 0) return;
    const edges = facet.dataset.edges.split(' ').map(Number);
    const most = edges.length;
    const field = (name) => facet.querySelector(`[name="${facet.dataset.range}_${name}"]`);
    const [low, high] = ['min', 'max'].map((name) => thumb(facet.dataset.range, name, most));
    const bars = [...facet.querySelectorAll('rect')];

    // Where a bound lies among the edges; the last stands for no bound.
    const place = (value, missing) => (value === '' ? missing : edges.filter((edge) => edge < Number(value)).length);
    const show = () => {
      const [from, to] = [Number(low.value), Number(high.value)];
      bars.forEach((bar, at) => bar.classList.toggle('on', at >= from && at < to));
      const text = (at, none) => (at === none ? 'no bound' : field('min').form ? edges[at].toLocaleString('en') : '');
      low.setAttribute('aria-valuetext', text(from, 0));
      high.setAttribute('aria-valuetext', text(to, most));
    };
    low.value = place(field('min').value, 0);
    high.value = place(field('max').value, most);
    show();

    const slide = (event) => {
      // A thumb does not pass the other.
      if (Number(low.value) >= Number(high.value)) {
        if (event.target === low) low.value = Number(high.value) - 1;
        else high.value = Number(low.value) + 1;
      }
      field('min').value = Number(low.value) === 0 ? '' : edges[low.value];
      field('max').value = Number(high.value) === most ? '' : edges[high.value];
      show();
    };
    const ask = () => field('min').dispatchEvent(new Event('input', { bubbles: true }));
    for (const input of [low, high]) {
      input.addEventListener('input', slide);
      input.addEventListener('change', ask);
    }
    slider.append(low, high);
    slider.hidden = false;
  };

  const dressAll = () => document.querySelectorAll('[data-range]').forEach(dress);
  dressAll();
  document.addEventListener('live', dressAll);
  // A currency that is chosen changes what the bounds mean.
  document.addEventListener('change', (event) => {
    if (event.target.name !== 'currency') return;
    for (const name of ['pay_min', 'pay_max']) document.querySelector(`[name="${name}"]`).value = '';
    live.settle();
    live.show(live.addressOf(event.target.form));
  });
}
