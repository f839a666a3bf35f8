// The search in a browser's address bar: the description is XML, and what it names is there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, serve } from './harness.mjs';

const server = await serve();

test('the description leads to the search and to suggestions', async (t) => {
  const page = await open(t, `${server}/`);
  const parts = await page.evaluate(async () => {
    const { href, type, title } = document.querySelector('link[rel=search]');
    const answer = await fetch(href);
    const kind = answer.headers.get('content-type');
    const description = new DOMParser().parseFromString(await answer.text(), 'application/xml');
    const all = (name) => [...description.getElementsByTagNameNS('http://a9.com/-/spec/opensearch/1.1/', name)];
    return {
      type, title, kind,
      root: description.documentElement.localName,
      name: all('ShortName')[0].textContent,
      image: all('Image')[0].textContent,
      urls: Object.fromEntries(all('Url').map((url) => [url.getAttribute('type'), url.getAttribute('template')])),
    };
  });
  assert.equal(parts.root, 'OpenSearchDescription');
  assert.equal(parts.name, parts.title);
  assert(parts.kind.startsWith(parts.type), parts.kind);

  const address = (type, typed) => parts.urls[type].replace('{searchTerms}', encodeURIComponent(typed));
  await page.goto(address('text/html', 'c++ & "go"'));
  assert.equal(await page.locator('#q').inputValue(), 'c++ & "go"');

  const suggested = await (await fetch(address('application/x-suggestions+json', 'kube'))).json();
  assert.equal(suggested.length, 4);
  assert.equal(suggested[0], 'kube');
  assert(suggested[1].length > 1);
  for (const list of suggested.slice(2)) assert.equal(list.length, suggested[1].length);
  await page.goto(suggested[3][0]);
  assert((await fetch(parts.image)).ok);
});
