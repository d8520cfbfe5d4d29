import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../domain/metrics.js';
import { LoadGate, type LoadLimits } from './load-gate.js';
import { errorBody } from './request-error.js';

/**
 * The share of the time in which refusals are sent. Reading a request that is refused costs several times as much as that, so
 * refusing takes about a twentieth of the time in all.
 */
const REFUSING_SHARE = 0.01;

/** Milliseconds for which refusals are sent at a stretch. */
const MAX_REFUSING_TIME = 5;

/** Milliseconds between two such stretches, where the event loop has nothing better to do. */
const REFUSE_EVERY = 10;

/** Refusals that wait at a time; one more is sent at once. */
const MAX_WAITING_REFUSALS = 10_000;

/** Bytes of a refused request's body that are read and thrown away to keep its connection; all honest ones are shorter. */
const MAX_UNREAD_BYTES = 4 * 1024;

/** Seconds until a refused client may come back: long enough to matter, short enough for a user who waits. */
const RETRY_AFTER_SECONDS = 1;

const BODY = JSON.stringify(
  errorBody('The gateway has more requests than it can answer: send the same one again later.', 'OVERLOADED'),
);

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'content-length': String(Buffer.byteLength(BODY)),
  'retry-after': String(RETRY_AFTER_SECONDS),
};

/**
 * Refuses with 503 what is beyond these limits, on the routes of this server: before its body is read, so nothing of the
 * request has happened and it may be sent again.
 *
 * Refusing costs too. A client that sends again at once would otherwise have the gateway do nothing but refuse; so refusals
 * get a small share of the time, and the more there are, the longer they wait. A connection has one request at a time, and
 * brings no new one meanwhile.
 */
export function shedLoad(server: FastifyInstance, limits: LoadLimits, metrics: Metrics): void {
  const gate = new LoadGate(limits);
  const waiting: FastifyReply[] = [];
  let isSending = false;
  let sentAt = -Infinity;

  const send = () => {
    const now = performance.now();
    const until = now + Math.min((now - sentAt) * REFUSING_SHARE, MAX_REFUSING_TIME);
    sentAt = now;
    let sent = 0;
    do {
      const reply = waiting[sent];
      if (reply === undefined) break;
      refuse(reply);
      sent += 1;
    } while (performance.now() < until);
    waiting.splice(0, sent);
    isSending = waiting.length > 0;
    if (isSending) setTimeout(send, REFUSE_EVERY);
  };

  server.addHook('onRequest', (request, reply, done) => {
    if (gate.enter()) {
      // Comes once, whether the answer was sent or the client went away.
      reply.raw.on('close', gate.leave);
      done();
      return;
    }
    metrics.shed();
    if (!isBodySmall(request)) reply.header('connection', 'close');
    if (waiting.length >= MAX_WAITING_REFUSALS) {
      refuse(reply);
      return;
    }
    waiting.push(reply);
    if (isSending) return;
    isSending = true;
    setImmediate(send);
  });
}

/** Node reads what is left of a body before the next request on the connection, however long it is. */
function isBodySmall({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= MAX_UNREAD_BYTES;
}

/** Written at once, and not by way of the hooks: whoever sends refusals for a while must know when they were sent. */
function refuse(reply: FastifyReply): void {
  // The client may be gone by now, or have been told that it is too slow.
  if (reply.sent || reply.raw.destroyed) return;
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.raw.writeHead(503, HEADERS).end(BODY);
}
