import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../../../src', import.meta.url));

const PAGES = fileURLToPath(new URL('.', import.meta.url));

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const TYPES = { '.js': 'text/javascript', '.html': 'text/html', '.css': 'text/css' };

/** Nothing inline, nothing evaluated, nothing of others. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; require-trusted-types-for 'script'";

/**
 * Serves the sources as the starter does, and the pages of these tests below /pages/, axe at /axe.js; what it does not have goes to the handler.
 *
 * @returns {Promise<{origin: string, close: () => void}>}
 */
export async function servePages(handler = (request, response) => response.writeHead(404).end()) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://here').pathname);
    const file = path === '/axe.js' ? AXE : path.startsWith('/pages/') ? join(PAGES, path.slice('/pages'.length)) : join(SOURCE, path);
    if (!(extname(path) in TYPES)) {
      handler(request, response);
      return;
    }
    try {
      const content = await readFile(file);
      response.writeHead(200, { 'Content-Type': `${TYPES[extname(path)]};charset=utf-8`, 'Content-Security-Policy': POLICY });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
