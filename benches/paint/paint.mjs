// How soon the search page is there: tests/browser/run ../../benches/paint/paint.mjs
//
// Ten loads, each in a browser that has kept nothing, on loopback. What counts is the time from the end of the server's answer
// to the first paint of content, which has the first hits in it: they stand in the page as it is sent. What the page takes
// on the wire is counted with its style and its script.

import { test } from 'node:test';
import { open, serve } from '../../tests/browser/harness.mjs';

const LOADS = 10;
const server = await serve();

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

for (const address of ['/?q=kubernetes+leadership', '/']) {
  test(`first paint of ${address}`, async (t) => {
    const loads = [];
    for (let load = 0; load < LOADS; load++) {
      const page = await open(t, server + address);
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
      loads.push(await page.evaluate(() => {
        const [navigation] = performance.getEntriesByType('navigation');
        const [paint] = performance.getEntriesByName('first-contentful-paint');
        const parts = [navigation, ...performance.getEntriesByType('resource')];
        return {
          server: navigation.responseStart - navigation.requestStart,
          paint: paint.startTime - navigation.responseEnd,
          bytes: parts.reduce((sum, { transferSize }) => sum + transferSize, 0),
        };
      }));
      await page.context().close();
    }
    const of = (name) => loads.map((load) => load[name]);
    t.diagnostic(
      `median of ${LOADS}: the server's answer ${median(of('server')).toFixed(1)} ms, ` +
      `then painted within ${median(of('paint')).toFixed(1)} ms (slowest ${Math.max(...of('paint')).toFixed(1)} ms), ` +
      `${(median(of('bytes')) / 1024).toFixed(1)} KiB in all`,
    );
  });
}
