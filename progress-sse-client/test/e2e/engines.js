// Browsers, driven by what each of them has of WebDriver: no other driver speaks to all three as Debian has them.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const MINI_BROWSER = ['4.1', '4.0', '6.0'].map((version) => `/usr/lib/x86_64-linux-gnu/webkit2gtk-${version}/MiniBrowser`).find(existsSync);

/** Which there are, and how to get those that are not. */
export const engines = [
  { name: 'Chromium', start: chromium, missing: !onPath('chromedriver') && 'apt-get install chromium chromium-driver' },
  { name: 'Firefox', start: firefox, missing: !onPath('firefox-esr') && 'apt-get install firefox-esr' },
  {
    name: 'WebKit', start: webkit,
    missing: !(onPath('WebKitWebDriver') && onPath('Xvfb') && MINI_BROWSER) && 'apt-get install webkit2gtk-driver xvfb',
  },
].map(({ missing, ...engine }) => ({ ...engine, missing: missing && `NO BROWSER: not tested in ${engine.name} (${missing})` }));

function onPath(name) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, name)));
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function run(command, args, env = {}) {
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, ...env } });
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill);
  return {
    async stop() {
      process.off('exit', kill);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await Promise.race([ended, pause(3000).then(kill)]);
    },
  };
}

async function chromium() {
  const port = await freePort();
  const driver = run('chromedriver', [`--port=${port}`]);
  const browser = await overHttp(port, {
    'goog:chromeOptions': { binary: '/usr/bin/chromium', args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] },
  });
  const network = (offline) => browser.send('POST', 'chromium/network_conditions',
    { network_conditions: { offline, latency: 0, download_throughput: -1, upload_throughput: -1 } });
  const crash = () => browser.send('POST', 'goog/cdp/execute', { cmd: 'Page.crash', params: {} }).catch(() => {});
  return pageOf(browser, { network, crash, stop: () => driver.stop() });
}

async function webkit() {
  const [port, display] = [await freePort(), 90 + (process.pid % 100)];
  const screen = run('Xvfb', [`:${display}`, '-screen', '0', '1024x768x24', '-nolisten', 'tcp']);
  await until(() => existsSync(`/tmp/.X11-unix/X${display}`));
  const driver = run('WebKitWebDriver', [`--port=${port}`], {
    DISPLAY: `:${display}`, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  });
  const browser = await overHttp(port, { 'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] } });
  return pageOf(browser, { stop: async () => { await driver.stop(); await screen.stop(); } });
}

/** Firefox has its half of WebDriver built in, over a socket of its own. */
async function firefox() {
  const [port, profile] = [await freePort(), mkdtempSync(join(tmpdir(), 'progress-sse-firefox-'))];
  writeFileSync(join(profile, 'user.js'), `user_pref("marionette.port", ${port});\nuser_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);\nuser_pref("network.manage-offline-status", false);\n`);
  const browser = run('firefox-esr', ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile],
    { HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' });
  const socket = await connected(port);
  const answers = new Map();
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const colon = rest.indexOf(':');
      const length = Number(rest.subarray(0, colon).toString());
      if (colon < 0 || rest.length < colon + 1 + length) return;
      const message = JSON.parse(rest.subarray(colon + 1, colon + 1 + length).toString());
      rest = rest.subarray(colon + 1 + length);
      if (Array.isArray(message)) {
        const [, id, error, result] = message;
        const { resolve, reject } = answers.get(id);
        if (error) reject(new Error(`${error.error}: ${error.message}`));
        else resolve(result && 'value' in result ? result.value : result);
      }
    }
  });
  let id = 0;
  const command = (name, parameters = {}) => new Promise((resolve, reject) => {
    answers.set(++id, { resolve, reject });
    const text = JSON.stringify([0, id, name, parameters]);
    socket.write(`${Buffer.byteLength(text)}:${text}`);
  });
  await command('WebDriver:NewSession', { capabilities: { alwaysMatch: {} } });
  const names = {
    'POST url': 'WebDriver:Navigate', 'POST back': 'WebDriver:Back', 'POST execute/async': 'WebDriver:ExecuteAsyncScript',
    'POST window/new': 'WebDriver:NewWindow', 'POST window': 'WebDriver:SwitchToWindow', 'GET window': 'WebDriver:GetWindowHandle',
    'DELETE window': 'WebDriver:CloseWindow', 'POST timeouts': 'WebDriver:SetTimeouts',
  };
  const network = async (offline) => {
    await command('Marionette:SetContext', { value: 'chrome' });
    await command('WebDriver:ExecuteScript', { script: `Services.io.offline = ${offline}`, args: [] });
    await command('Marionette:SetContext', { value: 'content' });
  };
  const crash = async () => {
    await command('Marionette:SetContext', { value: 'chrome' });
    const script = `return gBrowser.browsers.map(({ browsingContext }) => browsingContext.currentWindowGlobal.osPid)
      .sort((one) => one === gBrowser.selectedBrowser.browsingContext.currentWindowGlobal.osPid ? -1 : 1)`;
    const [pid, ...others] = await command('WebDriver:ExecuteScript', { script, args: [] });
    await command('Marionette:SetContext', { value: 'content' });
    if (others.includes(pid)) throw new Error('all tabs are of one process');
    process.kill(pid, 'SIGKILL');
  };
  return pageOf({ send: (method, path, body) => command(names[`${method} ${path}`], body) }, {
    network,
    crash,
    async stop() {
      socket.destroy();
      await browser.stop();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  });
}

async function connected(port) {
  for (let tries = 0; ; tries++) {
    const socket = connect(port, '127.0.0.1');
    const error = await new Promise((resolve) => {
      socket.once('connect', () => resolve(null));
      socket.once('error', resolve);
    });
    if (!error) return socket;
    if (tries > 150) throw error;
    await pause(200);
  }
}

async function overHttp(port, options) {
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  await until(async () => (await ask('GET', '/status')).ready);
  const { sessionId } = await ask('POST', '/session', { capabilities: { alwaysMatch: options } });
  return {
    send: (method, path, body) => ask(method, `/session/${sessionId}/${path}`, body),
    end: () => ask('DELETE', `/session/${sessionId}`),
  };
}

async function until(condition) {
  for (let tries = 0; !(await Promise.resolve().then(condition).catch(() => false)); tries++) {
    if (tries > 100) throw new Error(`It did not become so: ${condition}`);
    await pause(100);
  }
}

async function pageOf({ send, end }, { network, crash, stop }) {
  await send('POST', 'timeouts', { script: 60_000, pageLoad: 30_000 });
  return {
    /** Takes the network away or gives it back; absent where the engine has no way to. */
    network,
    /** Kills the process of the tab that is shown; absent where others would die with it. */
    crash,
    open: (url) => send('POST', 'url', { url }),
    back: () => send('POST', 'back', {}),
    /** What a function of the page returns or fulfils. */
    async run(action, ...args) {
      const script = `const done = arguments[arguments.length - 1]; const args = [...arguments].slice(0, -1);
        Promise.resolve().then(() => (${action})(...args)).then((value) => done({ value }), (error) => done({ error: String(error.stack ?? error) }));`;
      const { value, error } = await send('POST', 'execute/async', { script, args });
      if (error) throw new Error(error);
      return value;
    },
    async newTab() {
      const { handle } = await send('POST', 'window/new', { type: 'tab' });
      const before = await send('GET', 'window');
      await send('POST', 'window', { handle });
      return { before, handle };
    },
    tab: async () => ({ handle: await send('GET', 'window') }),
    show: (handle) => send('POST', 'window', { handle }),
    async closeTab(then) {
      await send('DELETE', 'window');
      await send('POST', 'window', { handle: then });
    },
    async quit() {
      await end?.().catch(() => {});
      await stop();
    },
  };
}
