// The search page as people use it: by typing, with the mouse, by keyboard alone, and without a script.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fitsSideways, open, serve } from './harness.mjs';

const server = await serve();

const box = (page) => page.getByRole('combobox', { name: /search roles/i });
const found = (page) => page.locator('#summary [role="status"]');
const titles = (page) => page.locator('.hit .open').allTextContents();
const address = (page) => new URL(page.url());

/** Until something holds of the page's address. */
const until = (page, holds) => page.waitForURL((url) => holds(url.searchParams));

test('what is typed is answered as one types, and is one entry of the history', async (t) => {
  const page = await open(t, `${server}/`);
  const before = await found(page).textContent();
  await box(page).pressSequentially('kubernetes leadership', { delay: 30 });
  await until(page, (query) => query.get('q') === 'kubernetes leadership');
  await page.waitForFunction(() => document.querySelector('.hit .open').textContent === 'Kubernetes Platform Engineer');
  const sentence = page.locator('.hit').first().locator('.snippet').first();
  assert.deepEqual((await sentence.locator('mark').allTextContents()).map((word) => word.toLowerCase()), ['kubernetes', 'leadership']);
  assert.match(await page.title(), /^kubernetes leadership/);
  await page.goBack();
  await until(page, (query) => !query.has('q'));
  await page.waitForFunction((text) => document.querySelector('#summary [role="status"]').textContent.split(' · ')[0] === text, before.split(' · ')[0]);
  assert.equal(await box(page).inputValue(), '');
  await page.goForward();
  await until(page, (query) => query.get('q') === 'kubernetes leadership');
  await page.getByRole('heading', { name: 'Kubernetes Platform Engineer' }).waitFor();
  assert.equal(await box(page).inputValue(), 'kubernetes leadership');
});

test('roles, skills and sections are suggested apart, and one that is chosen narrows', async (t) => {
  const page = await open(t, `${server}/`);
  await box(page).pressSequentially('s');
  const list = page.getByRole('listbox', { name: 'Suggestions' });
  await list.waitFor();
  await box(page).pressSequentially('e');
  await list.getByRole('group', { name: 'Sections' }).waitFor();
  await box(page).fill('kube');
  await list.getByRole('group', { name: 'Skills' }).getByRole('option', { name: /Kubernetes/ }).first().click();
  await until(page, (query) => query.get('skill') === 'kubernetes' && !query.has('q'));
  await page.getByRole('link', { name: 'Skill Kubernetes (take back)' }).waitFor();
  assert.equal(await list.isVisible(), false);
  assert.equal(await box(page).inputValue(), '');
});

test('a facet narrows, says so in a chip, and is taken back', async (t) => {
  const page = await open(t, `${server}/?q=cloud`);
  const all = await found(page).textContent();
  const value = page.locator('a.value[data-key="section:requirements"]');
  const count = await value.locator('.count').textContent();
  await value.click();
  await until(page, (query) => query.get('section') === 'requirements' && query.get('q') === 'cloud');
  const chip = page.getByRole('link', { name: 'Section Requirements (take back)' });
  await chip.waitFor();
  assert.match(await found(page).textContent(), new RegExp(`· ${count} section`));
  assert.equal(await value.getAttribute('aria-current'), 'true');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.key), 'section:requirements');
  // What is typed now stays within what is set.
  await box(page).fill('cloud security');
  await until(page, (query) => query.get('q') === 'cloud security' && query.get('section') === 'requirements');
  await chip.click();
  await until(page, (query) => query.get('q') === 'cloud security' && !query.has('section'));
  await chip.waitFor({ state: 'detached' });
  await page.goBack();
  await chip.waitFor();
  await page.goBack();
  await page.goBack();
  await until(page, (query) => query.get('q') === 'cloud' && !query.has('section'));
  await chip.waitFor({ state: 'detached' });
  assert.equal((await found(page).textContent()).split(' · ')[0], all.split(' · ')[0]);
});

test('a long facet is searched, and goes on being typed in while it changes', async (t) => {
  const page = await open(t, `${server}/`);
  const field = page.getByRole('searchbox', { name: 'Search in Skill' });
  await field.pressSequentially('kuber', { delay: 150 });
  await until(page, (query) => query.get('find_skill') === 'kuber');
  const values = page.getByRole('region', { name: 'Skill' }).locator('a.value .label');
  await page.waitForFunction(() => document.querySelectorAll('[data-key^="skill:"]').length < 4);
  assert((await values.allTextContents()).every((label) => /kuber/i.test(label)));
  assert.equal(await field.inputValue(), 'kuber');
  assert.equal(await field.evaluate((element) => element === document.activeElement), true);
  await page.getByRole('region', { name: 'Section' }).getByRole('link', { name: /^More/ }).click();
  await until(page, (query) => query.get('more') === 'section');
  await page.getByRole('link', { name: 'Fewer of Section' }).waitFor();
});

test('pay is narrowed by a slider over its chart, by figures, and in another currency', async (t) => {
  const page = await open(t, `${server}/`);
  const low = page.getByRole('slider', { name: 'pay from' });
  await low.focus();
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight');
  await until(page, (query) => query.has('pay_min'));
  const chip = page.getByRole('link', { name: /^Pay at least/ });
  await chip.waitFor();
  const bars = page.getByRole('region', { name: /^Pay/ }).locator('rect');
  assert.equal(await bars.nth(3).evaluate((bar) => bar.classList.contains('on')), false);
  assert.equal(await bars.nth(4).evaluate((bar) => bar.classList.contains('on')), true);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'slide-pay-min');
  await page.getByRole('spinbutton', { name: 'Pay to' }).fill('150000');
  await until(page, (query) => query.get('pay_max') === '150000');
  await page.getByRole('link', { name: /^Pay .* to / }).waitFor();
  await page.getByRole('combobox', { name: 'Currency' }).selectOption('USD');
  await until(page, (query) => query.get('currency') === 'USD' && !query.has('pay_min'));
});

test('all of it is done by keyboard alone', async (t) => {
  const page = await open(t, `${server}/?q=cloud`);
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  assert.equal(await box(page).inputValue(), 'cloud');
  await page.keyboard.type('kubernetes');
  await page.getByRole('listbox').waitFor();
  await page.keyboard.press('ArrowDown');
  assert.match(await box(page).getAttribute('aria-activedescendant'), /^q-suggestions-/);
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('listbox').isVisible(), false);
  assert.equal(await box(page).inputValue(), 'kubernetes');
  await until(page, (query) => query.get('q') === 'kubernetes');
  await page.waitForFunction(() => !document.querySelector('[aria-busy]'));
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  const [first, second] = await titles(page);
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), first);
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), second);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/ui\/pages\//);
});

test('Enter asks at once, and takes the suggestion that is chosen', async (t) => {
  const page = await open(t, `${server}/`);
  await box(page).fill('nurse');
  await page.keyboard.press('Enter');
  await until(page, (query) => query.get('q') === 'nurse');
  assert.equal(await page.getByRole('listbox').isVisible(), false);
  await box(page).fill('leadersh');
  const option = page.getByRole('option').first();
  await option.waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await until(page, (query) => !query.has('q') && [...query.keys()].length === 1);
});

test('a slip of the keyboard, words that no role has, and nothing at all are said', async (t) => {
  const page = await open(t, `${server}/?q=kuberntes`);
  await page.getByRole('link', { name: 'kubernetes', exact: true }).click();
  await until(page, (query) => query.get('q') === 'kubernetes');
  await box(page).fill('"no page says exactly that" kubernetes');
  await page.getByText('No role has all of these words').or(page.getByText(/^No role says/)).waitFor();
  await box(page).fill('xqzvwk');
  await page.getByRole('heading', { name: /No role says/ }).waitFor();
  await page.goto(`${server}/?q=xqzvwk&skill=kubernetes`);
  await page.goto(`${server}/?q=kubernetes&skill=nobody-has-this`);
  await page.getByRole('link', { name: 'Take back what is set' }).click();
  await until(page, (query) => query.get('q') === 'kubernetes' && !query.has('skill'));
  await page.locator('.hit').first().waitFor();
});

test('sections that answer too are unfolded', async (t) => {
  const page = await open(t, `${server}/?q=zymurgy+section`);
  const more = page.getByText(/^also in \d+ more sections$/).first();
  const hit = page.locator('.hit').filter({ has: more });
  const before = await hit.locator('.snippet:visible').count();
  await more.click();
  assert((await hit.locator('.snippet:visible').count()) > before);
});

test('without a script everything is a link or a form', async (t) => {
  const page = await open(t, `${server}/`, { js: false });
  await page.locator('#q').fill('kubernetes');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await until(page, (query) => query.get('q') === 'kubernetes');
  await page.locator('a.value[data-key="section:requirements"]').click();
  await until(page, (query) => query.get('section') === 'requirements');
  await page.getByRole('spinbutton', { name: 'Pay from' }).fill('50000');
  await page.getByRole('button', { name: 'Apply' }).click();
  await until(page, (query) => query.get('pay_min') === '50000' && query.get('section') === 'requirements' && query.get('q') === 'kubernetes');
  await page.getByRole('link', { name: /^Pay at least .*take back/ }).click();
  await until(page, (query) => !query.has('pay_min') && query.get('section') === 'requirements');
  await page.goto(`${server}/?q=engineer`);
  await page.getByRole('link', { name: 'Next' }).click();
  await until(page, (query) => query.get('offset') === '10');
  for (const pick of await page.locator('.pick input').all().then((all) => all.slice(0, 2))) await pick.check();
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.waitForURL(/\/ui\/compare\?page=.+&page=/);
});

test('roles that are ticked stay so from search to search', async (t) => {
  const page = await open(t, `${server}/?q=kubernetes`);
  await page.locator('.pick input').first().check();
  await box(page).fill('data');
  await until(page, (query) => query.get('q') === 'data');
  await page.waitForFunction(() => !document.querySelector('[aria-busy]'));
  await page.locator('.pick input').first().check();
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.waitForURL(/\/ui\/compare\?page=.+&page=/);
});

test('on a phone the columns are a sheet', async (t) => {
  const page = await open(t, `${server}/?q=kubernetes`, { width: 390, height: 844 });
  await fitsSideways(page);
  const value = page.locator('a.value[data-key="section:requirements"]');
  assert.equal(await value.isVisible(), false);
  await page.getByRole('button', { name: 'Filters' }).click();
  await value.click();
  await until(page, (query) => query.get('section') === 'requirements');
  // The sheet stays for the next.
  assert.equal(await value.isVisible(), true);
  await fitsSideways(page);
  await page.getByRole('button', { name: 'Show roles' }).click();
  assert.equal(await value.isVisible(), false);
  await page.getByRole('link', { name: 'Section Requirements (take back)' }).waitFor();
});

test('what a page says is text, whatever it says', async (t) => {
  for (const width of [1280, 390]) {
    const page = await open(t, `${server}/?q=zymurgy&limit=50`, { width });
    await page.locator('.hit').first().waitFor();
    assert((await titles(page)).some((title) => title.includes('<script>')), 'a title with markup is shown as it is written');
    assert.equal(await page.evaluate(() => document.querySelectorAll('main script, main img, main iframe').length), 0);
    assert.equal(await page.locator('a[href^="javascript:" i]').count(), 0);
    await fitsSideways(page);
    await axe(page);
  }
});

test('a question that is markup is text', async (t) => {
  const q = '"><script>fault()</script><img src=x onerror=fault()>';
  const page = await open(t, `${server}/?q=${encodeURIComponent(q)}`);
  assert.equal(await box(page).inputValue(), q);
  assert.equal(await page.evaluate(() => document.querySelectorAll('main script, main img').length), 0);
});

for (const scheme of ['light', 'dark']) {
  for (const width of [1280, 390]) {
    test(`everybody can use it: ${scheme}, ${width} pixels`, async (t) => {
      for (const query of ['', '?q=kubernetes+leadership&skill=kubernetes&pay_min=1', '?q=kuberntes', '?q=xqzvwk']) {
        const page = await open(t, `${server}/${query}`, { scheme, width });
        await axe(page);
        await fitsSideways(page);
      }
      const page = await open(t, `${server}/`, { scheme, width });
      await box(page).fill('kube');
      await page.waitForURL(/q=kube/);
      await page.getByRole('option').first().waitFor();
      await axe(page);
    });
  }
}

test('an address that cannot be used says why', async (t) => {
  const page = await open(t, `${server}/?pay_min=much`, { expected: [/400/] });
  await page.getByText(/pay_min/).waitFor();
  assert.equal(address(page).pathname, '/');
});
