import type { RunnableOperation } from './operations.js';

/** Origins of Apollo Sandbox's script, and of the page that it embeds. */
const SANDBOX_CDN = 'https://embeddable-sandbox.cdn.apollographql.com';
const SANDBOX_FRAME = 'https://sandbox.embed.apollographql.com';
const SANDBOX_SCRIPT = `${SANDBOX_CDN}/v2/embeddable-sandbox.umd.production.min.js`;

/** Page with Apollo Sandbox. It redirects to the GraphiQL page if Apollo's CDN cannot be reached. */
export function sandboxPage(operations: readonly RunnableOperation[]): string {
  return page({
    title: 'Apollo Sandbox',
    policy: `script-src 'self' ${SANDBOX_CDN}; style-src 'self'; connect-src 'self'; frame-src ${SANDBOX_FRAME}; img-src data:`,
    operations,
    attributes: `data-script="${SANDBOX_SCRIPT}" data-frame="${SANDBOX_FRAME}"`,
    bar: `<nav id="operations" aria-label="Operations"></nav>
      <span id="notice" role="status"></span>
      <a href="/explorer">GraphiQL, without the internet</a>`,
    body: '<main id="explorer" class="sandbox"></main>',
    scripts: '<script type="module" src="/explorer/assets/sandbox.js"></script>',
  });
}

/** Page with GraphiQL. The gateway serves everything on it. */
export function graphiqlPage(operations: readonly RunnableOperation[]): string {
  return page({
    title: 'GraphiQL',
    // GraphiQL's menus add a style element while they are open.
    policy: "script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:; font-src data:",
    operations,
    attributes: '',
    bar: `<span id="notice" role="status"></span>
      <a href="/graphql">Apollo Sandbox, from Apollo's servers</a>`,
    body: '<main id="explorer"></main>',
    scripts: `<link rel="stylesheet" href="/explorer/assets/graphiql.css" />
    <script src="/explorer/assets/react.js"></script>
    <script src="/explorer/assets/react-dom.js"></script>
    <script src="/explorer/assets/graphiql.js"></script>
    <script type="module" src="/explorer/assets/offline.js"></script>`,
  });
}

interface Parts {
  readonly title: string;
  /** Directives of the content security policy in addition to default-src 'none'. */
  readonly policy: string;
  readonly operations: readonly RunnableOperation[];
  readonly attributes: string;
  readonly bar: string;
  readonly body: string;
  readonly scripts: string;
}

function page({ title, policy, operations, attributes, bar, body, scripts }: Parts): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'; ${policy}" />
    <meta name="viewport" content="width=device-width,initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/explorer/assets/explorer.css" />
    <title>${title}: weixin-phone-gateway</title>
  </head>
  <body ${attributes}>
    <header>
      <strong>${title}</strong>
      ${bar}
    </header>
    ${body}
    <noscript>The explorers need JavaScript.</noscript>
    <script type="application/json" id="data">${json(operations)}</script>
    ${scripts}
  </body>
</html>
`;
}

/** JSON that cannot end the script element. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}
