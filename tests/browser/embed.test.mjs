// The search box for other sites, in a page of another origin that does all to break it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fitsSideways, open, serve, site } from './harness.mjs';

const HOSTILE = `
* { box-sizing: content-box !important; margin: 17px !important; border: 4px dashed lime !important; }
rolecall-search, div, ul, li, a, mark, form, input, button {
  display: inline !important; visibility: hidden !important; color: #fff !important; background: #fff !important;
  font: 5px cursive !important; position: absolute !important; text-transform: uppercase !important; width: 7px !important;
}
html, body, main { display: block !important; border: 0 !important; margin: 0 !important; padding: 0 !important; }
body { color: #222; background: #fff; font: 16px Georgia; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #111; } }`;

/** A page with these tags, and what the server says of its policy. */
function page(server, tags, head = '') {
  const named = (tags) => tags.replaceAll('EMBED', `${server}/embed.js`);
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Careers at Acme</title>
    <meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/hostile.css"><script src="/keys.js"></script>
    ${named(head)}</head><body><main><h1>Careers at Acme</h1>${named(tags)}</main></body></html>`;
  const policy = `default-src 'none'; style-src 'self'; script-src 'self' ${server}; connect-src ${server}; require-trusted-types-for 'script'`;
  return { body, headers: { 'content-security-policy': policy } };
}

// A port cannot be named before it is taken, so the sites stand first and learn of the server then.
const pages = {
  '/hostile.css': { body: HOSTILE, type: 'text/css' },
  '/keys.js': {
    type: 'text/javascript',
    body: `var stolen = []; var before = Object.getOwnPropertyNames(window);
      addEventListener('keydown', (event) => { if (event.key.length === 1) { stolen.push(event.key); event.preventDefault(); } });`,
  },
};
const host = await site(pages);
const server = await serve('--allow-origin', host);
const shut = await serve();
const tag = '<script src="EMBED" async></script>';
Object.assign(pages, {
  '/': page(server, tag),
  '/head': page(server, '', tag),
  '/shut': page(shut, tag),
  '/options': page(server, `<script src="EMBED" async data-target="#there" data-limit="2" data-source="pages" data-placeholder="Jobs"
    data-label="Jobs" data-theme="dark" data-open="new"></script><section id="there"></section>`),
  '/two': page(server, `<p>One:</p>${tag}<p>Two:</p>${tag}`),
});

const field = (page, at = 0) => page.locator('rolecall-search').getByRole('combobox').nth(at);
const hits = (page) => page.locator('rolecall-search li.hit');

/** Types and waits for the results. */
async function type(page, text, at = 0) {
  await field(page, at).click();
  await field(page, at).pressSequentially(text, { delay: 10 });
  await hits(page).first().waitFor();
  await settled(page);
}

/** Nothing is asked any more. */
async function settled(page) {
  await page.waitForTimeout(200);
  await page.locator('rolecall-search .busy').waitFor({ state: 'detached' });
}

for (const [width, scheme] of [[1280, 'light'], [390, 'dark'], [280, 'light'], [280, 'dark']]) {
  test(`it stands in a page that breaks everything, at ${width} pixels in ${scheme}`, async (t) => {
    const page = await open(t, `${host}/`, { width, scheme });
    await type(page, 'kubernetes leadership');
    assert.equal(await hits(page).count(), 5);
    const box = await page.locator('rolecall-search').boundingBox();
    assert.equal(box.x, 0);
    assert.equal(box.width, width);
    assert(await hits(page).first().isVisible());
    const marks = await hits(page).first().locator('mark').allTextContents();
    assert(marks.includes('Kubernetes') && marks.includes('leadership'), marks.join());
    const left = await page.evaluate(() => Object.getOwnPropertyNames(window).filter((name) => !before.includes(name)));
    assert.deepEqual(left, [], 'names left in the page');
    assert.deepEqual(await page.evaluate(() => stolen), [], 'keys that the page saw');
    await fitsSideways(page);
    await axe(page);
  });
}

test('markup in pages is shown as text, and marks lie where they should', async (t) => {
  const page = await open(t, `${host}/`, { width: 280 });
  await type(page, 'zymurgy');
  const titles = await hits(page).locator('.title').allTextContents();
  assert(titles.some((title) => title.includes("<script>fault('title')</script>")), titles.join('\n'));
  assert((await hits(page).allTextContents()).some((text) => text.includes("<img src=x onerror=fault('text')>")));
  // One snippet has letters of two units, and of several code points, before its mark.
  for (const mark of await page.locator('rolecall-search li.hit mark').allTextContents()) {
    assert.equal(mark.toLowerCase(), 'zymurgy');
  }
  assert.equal(await page.locator('rolecall-search li.hit[lang=ar] mark').count(), 2);
  await fitsSideways(page);
  await axe(page);
});

test('a result leads to the sentence at its site, else to the server’s own page of it', async (t) => {
  const page = await open(t, `${host}/`);
  await type(page, 'zymurgy');
  const lead = page.locator('rolecall-search li.hit', { hasText: 'Zymurgy Lead' });
  const text = await lead.locator('.quote').textContent();
  const address = await lead.locator('.title').getAttribute('href');
  const [at, fragment] = address.split(':~:text=');
  assert.equal(at, 'https://example.org/zymurgy-lead?from=a&to=b#part-1');
  const [begin, end] = fragment.split(',').map(decodeURIComponent);
  assert(text.startsWith(begin) && text.endsWith(end) && begin.split(' ').length === 5, address);
  const sections = lead.getByRole('link', { name: /^\d+ more sections$/ });
  assert.equal(await sections.getAttribute('href'), `${server}/ui/pages/pages~many-sections.html`);

  const own = page.locator('rolecall-search li.hit', { hasText: 'Zymurgy Tester' }).locator('.title');
  assert.match(await own.getAttribute('href'), new RegExp(`^${server}/ui/pages/pages~markup\\.html#s\\d+-\\d+$`));
});

test('an address that is code is no link', async (t) => {
  const page = await open(t, `${host}/`);
  await page.route('**/search?**', async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    for (const hit of answer.hits) hit.url = 'javascript:fault()//https://example.org';
    await route.fulfill({ response, json: answer });
  });
  await type(page, 'zymurgy');
  for (const link of await page.locator('rolecall-search a').all()) {
    assert((await link.getAttribute('href')).startsWith(`${server}/`));
  }
});

test('the keys go through suggestions and results', async (t) => {
  const page = await open(t, `${host}/`);
  await type(page, 'kubern');
  const input = field(page);
  assert.equal(await input.getAttribute('aria-expanded'), 'true');
  await input.press('ArrowDown');
  const chosen = page.getByRole('option', { selected: true });
  assert.equal(await chosen.getAttribute('id'), await input.getAttribute('aria-activedescendant'));
  assert.equal(await chosen.textContent(), 'Kubernetes skill');
  await axe(page);
  await input.press('Enter');
  await settled(page);
  assert.equal(await input.inputValue(), '');
  assert(await page.getByRole('button', { name: 'Remove Kubernetes skill' }).isVisible());
  const only = await page.locator('rolecall-search .foot').getAttribute('href');
  assert.equal(only, `${server}/?skill=kubernetes`);

  // Further suggestions are of those pages.
  await type(page, 'cloud');
  assert(await page.getByRole('option').count() > 0);
  await axe(page);
  await input.press('Escape');
  assert.equal(await page.getByRole('option').count(), 0);
  assert.equal(await input.getAttribute('aria-expanded'), 'false');

  const titles = hits(page).locator('.title');
  await input.press('ArrowDown');
  assert(await titles.first().evaluate((link) => link.getRootNode().activeElement === link));
  await page.keyboard.press('ArrowDown');
  assert(await titles.nth(1).evaluate((link) => link.getRootNode().activeElement === link));
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert(await input.evaluate((field) => field.getRootNode().activeElement === field));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  assert(await input.evaluate((field) => field.getRootNode().activeElement === field));

  await input.press('Escape');
  assert.equal(await input.inputValue(), '');
  await input.press('Backspace');
  assert.equal(await page.getByRole('button', { name: /^Remove/ }).count(), 0);
  await hits(page).first().waitFor({ state: 'detached' });
});

test('a suggestion can be clicked and taken back', async (t) => {
  const page = await open(t, `${host}/`);
  await type(page, 'kubern');
  await page.getByRole('option', { name: /^Kubernetes Platform/ }).click();
  await settled(page);
  assert.equal(await hits(page).count(), 1);
  await page.getByRole('button', { name: /^Remove Kubernetes Platform/ }).click();
  await hits(page).first().waitFor({ state: 'detached' });
  assert(await field(page).evaluate((input) => input.getRootNode().activeElement === input));
});

test('how many there are is said to those who do not see it', async (t) => {
  const page = await open(t, `${host}/`);
  await type(page, 'kubernetes leadership');
  const said = page.getByRole('status');
  await page.waitForFunction((status) => status.textContent, await said.elementHandle());
  assert.match(await said.textContent(), /^5 of \d+ results\./);
  await field(page).fill('qqqqwwwwxxxx');
  await page.getByText('Nothing found for “qqqqwwwwxxxx”. Fewer or other words may help.').waitFor();
  await page.waitForFunction((status) => status.textContent.startsWith('Nothing found'), await said.elementHandle());
  await axe(page);
});

test('a late answer to an earlier question is dropped', async (t) => {
  const page = await open(t, `${host}/`);
  const asked = [];
  await page.route('**/search?**', async (route) => {
    const q = new URL(route.request().url()).searchParams.get('q');
    asked.push(q);
    if (q === 'kubernetes') await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue().catch(() => {});
  });
  await field(page).fill('kubernetes');
  await page.locator('rolecall-search .busy').waitFor();
  await page.waitForTimeout(300);
  await field(page).fill('zymurgy');
  await hits(page).first().waitFor();
  assert.deepEqual(asked, ['kubernetes', 'zymurgy']);
  const titles = await hits(page).locator('.title').allTextContents();
  await page.waitForTimeout(1500);
  assert.deepEqual(await hits(page).locator('.title').allTextContents(), titles);
  assert(titles.some((title) => title.includes('Zymurgy')));
});

test('each letter is not asked for by itself', async (t) => {
  const page = await open(t, `${host}/`);
  let asked = 0;
  page.on('request', (request) => { asked += request.url().includes('/search?') ? 1 : 0; });
  await type(page, 'kubernetes leadership');
  assert(asked < 8, `${asked} questions for 21 letters`);
});

test('a server that answers no other site is said to be out of reach', async (t) => {
  const expected = [/CORS policy/, /ERR_FAILED/, /has been blocked/];
  const page = await open(t, `${host}/shut`, { expected });
  await field(page).fill('kubernetes');
  await page.getByText('The search cannot be reached right now.').waitFor();
  await axe(page);
});

test('what goes wrong is said, and can be tried again', async (t) => {
  const page = await open(t, `${host}/`, { expected: [/50[03]|400/] });
  const problem = (status, detail) => page.route('**/search?**', (route) => route.fulfill({
    status, json: { status, detail }, headers: { 'access-control-allow-origin': '*' },
  }));
  for (const [status, says] of [
    [503, 'The search is busy. Please try again in a moment.'],
    [500, 'The search failed. Please try again later.'],
    [400, 'This cannot be searched for: <b>too long</b>.'],
  ]) {
    await problem(status, '<b>too long</b>');
    await field(page).fill(`kubernetes ${status}`);
    await page.getByText(says, { exact: true }).waitFor();
    await page.unroute('**/search?**');
  }
  await page.getByRole('button', { name: 'Try again' }).click();
  await hits(page).first().waitFor();
});

test('its tag says what it is to do', async (t) => {
  const page = await open(t, `${host}/options`, { scheme: 'light' });
  const input = page.locator('#there').getByRole('combobox', { name: 'Jobs' });
  assert.equal(await input.getAttribute('placeholder'), 'Jobs');
  await type(page, 'zymurgy');
  assert.equal(await hits(page).count(), 2);
  const links = page.locator('rolecall-search a');
  for (const link of await links.all()) assert.equal(await link.getAttribute('target'), '_blank');
  assert.match(await links.first().textContent(), /opens in a new tab/);
  assert.equal(await page.locator('rolecall-search .foot').getAttribute('href'), `${server}/?q=zymurgy&source=pages`);
  const paper = await page.locator('rolecall-search .box').evaluate((box) => getComputedStyle(box).backgroundColor);
  assert.equal(paper, 'rgb(20, 23, 28)', 'dark, whatever the visitor prefers');
  await axe(page);
  // Only names that pages of the source have are suggested.
  await field(page).fill('kuber');
  await page.getByRole('option', { name: 'Kubernetes' }).waitFor();
  assert.deepEqual(await page.getByRole('option').allTextContents(), ['Kubernetes skill']);
});

test('a tag in the head is a box in the page', async (t) => {
  const page = await open(t, `${host}/head`);
  await type(page, 'zymurgy');
  assert.equal(await page.locator('body > rolecall-search').count(), 1);
});

test('several boxes do not know each other', async (t) => {
  const page = await open(t, `${host}/two`);
  await field(page, 1).waitFor();
  await type(page, 'zymurgy', 1);
  assert.equal(await field(page, 0).inputValue(), '');
  assert.equal(await page.locator('rolecall-search').first().locator('li.hit').count(), 0);
  await axe(page);
});

for (const width of [1280, 390]) {
  for (const scheme of ['light', 'dark']) {
    test(`the page that shows it, at ${width} pixels in ${scheme}`, async (t) => {
      const page = await open(t, `${server}/ui/embed`, { width, scheme });
      assert.match(await page.locator('pre').textContent(), new RegExp(`^<script src="${server}/embed.js" async`));
      await axe(page);
      await type(page, 'kubernetes');
      await fitsSideways(page);
      await axe(page);
    });
  }
}

test('the page that shows it says without scripts that it needs them', async (t) => {
  const page = await open(t, `${shut}/ui/embed`, { js: false });
  assert(await page.locator('noscript .notice').isVisible());
  assert(await page.getByText('--allow-origin https://your-site.example').isVisible());
});
