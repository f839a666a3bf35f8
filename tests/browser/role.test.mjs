// The page of a role, as people read it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fitsSideways, open, serve } from './harness.mjs';

const server = await serve();
const CLOUD = 'corpus~cloud~kubernetes-platform-engineer.html';
const page_of = (id) => `${server}/ui/pages/${id}`;

test('from what was found to the role, and to the sentence that says so', async (t) => {
  const page = await open(t, `${server}/?q=kubernetes+leadership`);
  await page.locator('.hit .open', { hasText: 'Kubernetes Platform Engineer' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Kubernetes Platform Engineer' }).waitFor();
  assert.match(await page.title(), /^Kubernetes Platform Engineer/);
  await page.getByRole('region', { name: 'Skills' }).or(page.locator('section', { has: page.getByRole('heading', { name: 'Skills', exact: true }) })).first().getByRole('link', { name: 'Kubernetes', exact: true }).first().click();
  await page.waitForURL(/#s\d+-\d+$/);
  const target = page.locator(':target');
  assert.match(await target.textContent(), /Kubernetes/);
  assert(await target.isVisible());
});

test('a link to the site of the page goes to the sentence', async (t) => {
  const page = await open(t, `${server}/?q=kubernetes+leadership`);
  const link = await page.locator('.hit').first().locator('.snippet').first().getAttribute('href');
  assert.match(link, /^https:\/\/careers\.example\.org\/.*#.*:~:text=/);
});

test('it says what it is to programs', async (t) => {
  const page = await open(t, page_of(CLOUD));
  const described = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
  assert.equal(described['@type'], 'Occupation');
  assert.equal(described.name, 'Kubernetes Platform Engineer');
});

test('what a page says is text, whatever it says', async (t) => {
  for (const id of ['pages~markup.html', 'pages~long-words.html', 'pages~right-to-left.html', 'pages~many-sections.html']) {
    for (const width of [1280, 390]) {
      const page = await open(t, page_of(id), { width });
      assert.equal(await page.evaluate(() => document.querySelectorAll('main script, main img, main iframe').length), 0);
      assert.equal(await page.locator('a[href^="javascript:" i]').count(), 0);
      await axe(page);
      await fitsSideways(page);
      await page.close();
    }
  }
});

test('it reads without a script', async (t) => {
  const page = await open(t, page_of(CLOUD), { js: false });
  await page.getByRole('heading', { level: 1, name: 'Kubernetes Platform Engineer' }).waitFor();
  await page.getByRole('link', { name: 'Compare', exact: true }).last().click();
  await page.waitForURL(/\/ui\/compare\?page=/);
});

test('a page that is not there is said so', async (t) => {
  const page = await open(t, page_of('nobody.html'), { expected: [/404/] });
  await page.getByText(/nobody\.html/).waitFor();
  await axe(page);
});

for (const scheme of ['light', 'dark']) {
  for (const width of [1280, 390]) {
    test(`everybody can read it: ${scheme}, ${width} pixels`, async (t) => {
      for (const id of [CLOUD, 'corpus~data~data-scientist.txt', 'corpus~backend~backend-engineering-lead.html']) {
        const page = await open(t, page_of(id), { scheme, width });
        await axe(page);
        await fitsSideways(page);
        await page.close();
      }
    });
  }
}
