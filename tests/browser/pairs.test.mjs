// Roles side by side and what somebody lacks, as people use them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fitsSideways, open, serve } from './harness.mjs';

const server = await serve();
const LEAD = 'corpus~backend~backend-engineering-lead.html';
const CLOUD = 'corpus~cloud~kubernetes-platform-engineer.html';
const HOSTILE = 'pages~markup.html';

test('two roles are found one after the other and stand side by side', async (t) => {
  const page = await open(t, `${server}/ui/compare`);
  await page.getByLabel(/role/i).last().fill('kubernetes platform engineer');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.locator('main').getByRole('link', { name: /Kubernetes Platform Engineer/ }).first().click();
  await page.waitForURL((url) => url.searchParams.getAll('page').length === 1);
  await page.locator('main').getByRole('searchbox').or(page.locator('main input[name="find"]')).first().fill('backend engineering lead');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.locator('main').getByRole('link', { name: /Backend Engineering Lead/ }).first().click();
  await page.waitForURL((url) => url.searchParams.getAll('page').length === 2);
  await page.getByRole('heading', { level: 1, name: '2 roles side by side' }).waitFor();
  await page.getByRole('rowheader', { name: 'Kubernetes' }).first().waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as CSV' }).click()]);
  const table = (await import('node:fs')).readFileSync(await download.path(), 'utf8');
  assert.match(table, /Kubernetes/);
  await page.getByRole('link', { name: /Take out.*Lead|Remove.*Lead|Lead.*(remove|take)/i }).first().click();
  await page.waitForURL((url) => url.searchParams.getAll('page').length === 1);
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: '2 roles side by side' }).waitFor();
});

test('what one has is typed and completed, and the closest roles say what is missing', async (t) => {
  const page = await open(t, `${server}/ui/gap`);
  const have = page.getByLabel('Your skills');
  await have.pressSequentially('kube', { delay: 30 });
  await page.getByRole('option', { name: /^Kubernetes/ }).click();
  assert.equal(await have.inputValue(), 'Kubernetes, ');
  await page.waitForURL((url) => /Kubernetes/.test(url.searchParams.get('have')));
  await have.pressSequentially('pyth', { delay: 30 });
  await page.getByRole('option', { name: /^Python/ }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => /Python/.test(url.searchParams.get('have')));
  const closest = page.getByRole('heading', { name: 'The closest roles' });
  await closest.waitFor();
  await page.waitForFunction(() => !document.querySelector('[aria-busy]'));
  // A skill that is missing is one link away from being had, and back.
  const before = await have.inputValue();
  const added = page.locator('#gap a[href*="have="]').filter({ hasText: /./ }).locator('visible=true');
  const sql = added.filter({ hasText: 'SQL' }).first();
  await sql.click();
  await page.waitForURL((url) => /SQL/.test(url.searchParams.get('have')));
  assert.match(await have.inputValue(), /SQL/);
  await page.goBack();
  await page.waitForURL((url) => !/SQL/.test(url.searchParams.get('have')));
  assert.equal((await have.inputValue()).replace(/[, ]+$/, ''), before.replace(/[, ]+$/, ''));
});

test('both work without a script', async (t) => {
  const page = await open(t, `${server}/ui/gap`, { js: false });
  await page.getByLabel('Your skills').fill('k8s, python');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('heading', { name: 'The closest roles' }).waitFor();
  await page.getByRole('link', { name: 'Compare the first 3' }).click();
  await page.getByRole('heading', { level: 1, name: '3 roles side by side' }).waitFor();
});

test('what a page says is text', async (t) => {
  for (const address of [`/ui/compare?page=${HOSTILE}&page=${LEAD}`, `/ui/gap?have=python&page=${HOSTILE}`, '/ui/gap?have=<script>fault()</script>', '/ui/compare?find=<script>fault()</script>']) {
    const page = await open(t, server + address, { width: 390 });
    assert.equal(await page.evaluate(() => document.querySelectorAll('main script, main img').length), 0, address);
    await fitsSideways(page);
  }
});

for (const scheme of ['light', 'dark']) {
  for (const width of [1280, 390]) {
    test(`everybody can use them: ${scheme}, ${width} pixels`, async (t) => {
      for (const address of [
        '/ui/compare', `/ui/compare?page=${LEAD}`, `/ui/compare?page=${LEAD}&page=${CLOUD}`, `/ui/compare?page=${LEAD}&page=${CLOUD}&page=${HOSTILE}`,
        '/ui/gap', '/ui/gap?have=python,+kubernetes,+nonsence', `/ui/gap?have=python&page=${LEAD}`, `/ui/gap?page=${LEAD}`,
      ]) {
        const page = await open(t, server + address, { scheme, width });
        await axe(page);
        await fitsSideways(page);
        await page.close();
      }
    });
  }
}
