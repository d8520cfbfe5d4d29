import { element, freshVariables, notice, operations } from './page-data.js';
import { PLACEHOLDER, tokenIn, withAuthorization } from './token.js';

/** Deadline in milliseconds for loading Apollo's script. */
const SCRIPT_DEADLINE = 3_000;
/** Deadline in milliseconds for the first message of the frame, after the script has loaded. */
const FRAME_DEADLINE = 10_000;

/** API of Apollo's script: https://www.apollographql.com/docs/graphos/platform/sandbox */
interface Sandbox {
  dispose(): void;
}
type HandleRequest = (
  url: string,
  options: Omit<RequestInit, 'headers'> & { headers: Record<string, string> },
) => Promise<Response>;
declare global {
  interface Window {
    EmbeddedSandbox: new (options: {
      target: string;
      initialEndpoint: string;
      endpointIsEditable: boolean;
      hideCookieToggle: boolean;
      runTelemetry: boolean;
      allowDynamicStyles: boolean;
      initialState: object;
      handleRequest: HandleRequest;
    }) => Sandbox;
  }
}

const placeholder = new Set([PLACEHOLDER]);
let authorization = PLACEHOLDER;
let sandbox: Sandbox | undefined;

/**
 * Sends a request of Sandbox. The frame's URL contains Sandbox's initial headers, so these hold only a placeholder; the
 * token replaces it here.
 */
const handleRequest: HandleRequest = async (url, options) => {
  const headers = withAuthorization(options.headers, placeholder, authorization);
  const response = await fetch(url, { ...options, headers });
  const token = tokenIn(
    await response
      .clone()
      .json()
      .catch(() => undefined),
  );
  if (token !== undefined) {
    authorization = `Bearer ${token}`;
    notice('Logged in: the token stands in for the placeholder in Authorization.');
  }
  return response;
};

/** Opens Sandbox with this operation. */
function open(name: string, document: string, variables: object): void {
  sandbox?.dispose();
  sandbox = new window.EmbeddedSandbox({
    target: '#explorer',
    initialEndpoint: new URL('/graphql', location.href).href,
    endpointIsEditable: false,
    hideCookieToggle: true,
    runTelemetry: false,
    allowDynamicStyles: false,
    initialState: {
      document,
      variables,
      headers: { Authorization: PLACEHOLDER },
      includeCookies: false,
      pollForSchemaUpdates: false,
    },
    handleRequest,
  });
  for (const button of element('operations').querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.textContent === name));
  }
}

function goOffline(): void {
  location.replace('/explorer#sandbox-unreachable');
}

function whenLoaded(): void {
  const [first] = operations;
  for (const { name, document: text } of operations) {
    const button = document.createElement('button');
    button.textContent = name;
    button.addEventListener('click', () => void freshVariables(name).then((variables) => open(name, text, variables)));
    element('operations').append(button);
  }
  const silent = setTimeout(
    () => notice("Apollo's servers do not answer. The explorer on the right needs none."),
    FRAME_DEADLINE,
  );
  window.addEventListener('message', ({ origin }) => {
    if (origin === document.body.dataset['frame']) clearTimeout(silent);
  });
  if (first !== undefined) open(first.name, first.document, first.variables);
}

const script = document.createElement('script');
const late = setTimeout(goOffline, SCRIPT_DEADLINE);
script.addEventListener('error', goOffline);
script.addEventListener('load', () => {
  clearTimeout(late);
  whenLoaded();
});
script.src = document.body.dataset['script'] ?? '';
document.head.append(script);
