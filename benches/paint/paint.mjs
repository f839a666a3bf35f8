// How soon the search page is there: tests/browser/run ../../benches/paint/paint.mjs
//
// Ten loads each, on loopback: from the end of the server's answer to the first paint of content, which has the first hits in
// it, as they stand in the page as it is sent. Once in browsers that have kept nothing and begin a process for it, once in a
// tab that is in use, and as one types, where the page changes in place. Beside it a page of one word, which is what
// the browser itself takes on this machine. What the page takes on the wire is counted with its style and its script.

import { test } from 'node:test';
import { open, serve, site } from '../../tests/browser/harness.mjs';

const QUESTIONS = ['kubernetes leadership', 'python', 'nurse', 'data engineer', 'cloud', 'security', 'sql', 'communication', 'manager', 'aws'];
const server = await serve();
const bare = await site({ '/': '<!doctype html><title>bare</title><link rel="icon" href="data:,"><p>word' });
const address = (q) => `${server}/?q=${encodeURIComponent(q)}`;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const said = (numbers) => `median ${median(numbers).toFixed(0)} ms, slowest ${Math.max(...numbers).toFixed(0)} ms`;

/** From the end of the answer to the first paint, and bytes on the wire, once the page has been painted. */
async function painted(page) {
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    const parts = [navigation, ...performance.getEntriesByType('resource')];
    return { paint: paint.startTime - navigation.responseEnd, bytes: parts.reduce((sum, { transferSize }) => sum + transferSize, 0) };
  });
}

/** Loads each address in a browser of its own. */
async function cold(t, addresses) {
  const loads = [];
  for (const one of addresses) {
    const page = await open(t, one);
    loads.push(await painted(page));
    await page.context().close();
  }
  return loads;
}

test('a page of one word, in fresh browsers', async (t) => {
  t.diagnostic(said((await cold(t, QUESTIONS.map(() => bare))).map(({ paint }) => paint)));
});

test('the search page, in fresh browsers', async (t) => {
  const loads = await cold(t, QUESTIONS.map(address));
  t.diagnostic(`${said(loads.map(({ paint }) => paint))}; ${(median(loads.map(({ bytes }) => bytes)) / 1024).toFixed(1)} KiB in all`);
});

test('the search page, in a tab in use', async (t) => {
  const page = await open(t, `${server}/`);
  await painted(page);
  const loads = [];
  for (const q of QUESTIONS) {
    await page.goto(address(q));
    loads.push((await painted(page)).paint);
  }
  t.diagnostic(said(loads));
});

test('the search page, as one types', async (t) => {
  const page = await open(t, `${server}/`);
  await painted(page);
  const changes = [];
  for (const q of QUESTIONS) {
    changes.push(await page.evaluate((typed) => new Promise((resolve) => {
      document.addEventListener('live', () => {
        // The answer that was swapped in is the page whose address is shown.
        const answered = performance.getEntriesByName(location.href).at(-1).responseEnd;
        // The message comes after the frame that the callback is called for.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - answered);
        requestAnimationFrame(() => port2.postMessage(null));
      }, { once: true });
      const box = document.getElementById('q');
      box.value = typed;
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }), `${q} role`));
  }
  t.diagnostic(said(changes));
});
