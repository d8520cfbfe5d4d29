import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PACKAGE_ROOT } from '../package-root.js';

/** Folder of the built page. */
const BROWSER_FOLDER = new URL('dist/playground/page/', PACKAGE_ROOT);

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Allows only the page's own origin: no inline scripts or styles, no framing. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

interface PageFile {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
}

/** The page to try the gateway on. */
export interface LandingPage {
  /** `/` is the page itself. */
  readonly files: readonly PageFile[];
  /** The phone's side of the simulator, for the page to play on; undefined: the gateway has no simulator. */
  readonly simulatorRoutes: ((server: FastifyInstance) => void) | undefined;
}

/** Reads the page's files once. Only this list is served; no path is made from a request. */
export async function readLandingPage(simulatorRoutes: LandingPage['simulatorRoutes']): Promise<LandingPage> {
  const index = simulatorRoutes === undefined ? 'no-simulator.html' : 'index.html';
  // Without a build, as in unit tests, there is no page.
  const found = await readdir(BROWSER_FOLDER, { recursive: true }).catch(() => []);
  const names = found
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => extname(name) in TYPES && (extname(name) !== '.html' || name === index));
  const files = names.map((name) => readPageFile(name, name === index ? '/' : `/page/${name}`));
  return { files: await Promise.all(files), simulatorRoutes };
}

export function landingPageRoutes(server: FastifyInstance, { files, simulatorRoutes }: LandingPage): void {
  for (const file of files) {
    server.get(file.path, async (request, reply) => sendFile(file, request, reply));
  }
  if (simulatorRoutes === undefined) return;
  server.register(async (simulator) => simulatorRoutes(simulator), { prefix: '/simulator' });
}

/** Sends a file with its ETag; browsers revalidate their copy each time. */
function sendFile({ type, body, etag }: PageFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.headers({
    'cache-control': 'no-cache',
    etag,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'referrer-policy': 'no-referrer',
  });
  return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.type(type).send(body);
}

async function readPageFile(name: string, path: string): Promise<PageFile> {
  const body = await readFile(new URL(name, BROWSER_FOLDER));
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  return { path, type: TYPES[extname(name)] ?? '', body, etag };
}
