// The browser, the server and the harness work at all.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fitsSideways, open, serve } from './harness.mjs';

const server = await serve();

for (const width of [1280, 390]) {
  for (const scheme of ['light', 'dark']) {
    test(`the first page opens at ${width} pixels in ${scheme}`, async (t) => {
      const page = await open(t, `${server}/`, { width, scheme });
      assert.match(await page.title(), /rolecall/);
      assert(await page.getByRole('search').isVisible());
      await fitsSideways(page);
    });
  }
}

test('a fault in a page fails its test', async (t) => {
  // The test's own end is the one that fails, so a stand-in takes what `open` leaves to be done then.
  let end;
  const page = await open({ after: (work) => (end = work) }, `${server}/`);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'alert(1)';
    document.body.append(script);
    document.body.append(Object.assign(new Image(), { src: '/ui/nothing.svg' }));
    setTimeout(() => { throw new Error('on purpose'); });
  });
  await page.waitForLoadState('networkidle');
  await assert.rejects(end, ({ actual }) => {
    const all = actual.join('\n');
    for (const part of [/Content Security Policy/, /thrown: on purpose/, /answered 404/]) assert.match(all, part);
    return true;
  });
});

test('axe finds what is wrong', async (t) => {
  const page = await open(t, `${server}/`);
  await page.evaluate(() => document.body.append(document.createElement('input')));
  await assert.rejects(() => axe(page), /axe on/);
});
