// What the browser's tests run on: servers of the real program, sites of others, and pages that fail a test by themselves
// when something goes wrong in them.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

const { BROWSER_PROGRAM: program, BROWSER_INDEX: index, CHROMIUM = '/usr/bin/chromium' } = process.env;
assert(program && index, 'start the tests with tests/browser/run: it makes the index that they look at');

/** How long something that must happen may take, in milliseconds. */
export const PATIENCE = 15_000;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is to be ended when a file's tests are done, the last first. */
const started = [];
after(async () => {
  for (const end of started.reverse()) await end();
});

/** Starts `rolecall serve` with these further arguments on a port of its own choice; its address, without a slash. */
export async function serve(...args) {
  const { child, address } = await startServer(args);
  started.push(() => stopped(child));
  return address;
}

/** The same, to be ended within a test: `{ address, stop }`. */
export async function serveUntil(...args) {
  const { child, address } = await startServer(args);
  const stop = () => stopped(child);
  started.push(stop);
  return { address, stop };
}

async function startServer(args) {
  const child = spawn(program, ['serve', '--index', index, '--listen', '127.0.0.1:0', ...args], {
    // Without the variables of this process: ROLECALL_… would configure the server.
    env: {},
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Should the tests end otherwise than they should, the server ends all the same.
  process.on('exit', () => child.kill());
  const said = [];
  const lines = createInterface({ input: child.stderr });
  const address = await new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      const listens = line.match(/ on (http:\/\/127\.0\.0\.1:\d+)$/);
      if (listens) resolve(listens[1]);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`rolecall serve ended with ${code}:\n${said.join('\n')}`)));
  });
  return { child, address };
}

function stopped(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.on('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

/**
 * Starts a site of somebody else, which is another origin than the server's: `pages` gives for each path
 * `{ body, type, headers }`, or the body alone. Its address, without a slash.
 */
export async function site(pages) {
  const server = createServer((request, response) => {
    const found = pages[new URL(request.url, 'http://site').pathname];
    const { body, type = 'text/html; charset=utf-8', headers = {} } =
      typeof found === 'string' ? { body: found } : (found ?? { body: '' });
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': type, ...headers });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  started.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${server.address().port}`;
}

let browser;

function launched() {
  browser ??= chromium.launch({
    executablePath: CHROMIUM,
    // The sandbox cannot be had by root, as whom containers run.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  return browser;
}

// Before the servers, which wait for open connections.
after(async () => (await browser)?.close());

/**
 * Opens a page, in a browser of its own as far as cookies and storage go, and gives Playwright's `Page` of it.
 *
 * The test fails when until its end the page's console shows an error or a warning (a violation of its content security
 * policy is one), a script throws, or a request fails or is answered with 400 or more. A request that the page gave
 * up itself is none. What a test provokes it names in `expected`, patterns of the faults.
 *
 * @param {import('node:test').TestContext} t
 * @param {string} address
 * @param {{ width?: number, height?: number, scheme?: 'light' | 'dark', js?: boolean, expected?: RegExp[] }} options
 */
export async function open(t, address, options = {}) {
  const { width = 1280, height = 900, scheme = 'light', js = true, expected = [] } = options;
  const context = await (await launched()).newContext({
    viewport: { width, height },
    colorScheme: scheme,
    javaScriptEnabled: js,
    locale: 'en-GB',
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const faults = watch(page);
  t.after(async () => {
    await context.close();
    const unexpected = faults.filter((fault) => !expected.some((pattern) => pattern.test(fault)));
    assert.deepEqual(unexpected, [], `what went wrong in ${address}`);
  });
  await page.goto(address, { waitUntil: 'load' });
  return page;
}

/** What goes wrong in a page from now on, as a list that grows. */
function watch(page) {
  const faults = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? 'unknown';
    if (why !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`answered ${response.status()}: ${response.url()}`);
  });
  return faults;
}

/** Fails where axe-core finds something that people with disabilities would stumble over, in the whole page. */
export async function axe(page) {
  // While an answer is under way what is shown is pale.
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => (await globalThis.axe.run()).violations);
  const said = found.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}: ${node.failureSummary.replaceAll('\n', ' ')}`),
  );
  assert.deepEqual(said, [], `axe on ${page.url()}`);
}

/** Fails where the page can be scrolled sideways. */
export async function fitsSideways(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert(over <= 0, `${page.url()} is ${over} pixels wider than the window`);
}
