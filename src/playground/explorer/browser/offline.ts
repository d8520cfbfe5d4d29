import type { EditorContext, Fetcher } from './classic-scripts.js';
import { element, freshVariables, notice, operations } from './page-data.js';
import { PLACEHOLDER, tokenIn, withAuthorization } from './token.js';

/* GraphiQL with a tab for every shipped operation. */

const json = (value: object) => JSON.stringify(value, null, 2);

const defaultTabs = operations.map(({ document, variables }) => ({
  query: document,
  variables: json(variables),
  headers: json({ Authorization: PLACEHOLDER }),
}));

/** Keeps nothing: a kept tab would come back with a code that was used, a kept header would be a token on the disk. */
const storage = {
  length: 0,
  getItem: () => null,
  setItem: () => undefined,
  removeItem: () => undefined,
  clear: () => undefined,
};

/** What this page has put into Authorization so far. */
const ours = new Set([PLACEHOLDER]);

function putAuthorization({ headerEditor }: EditorContext, authorization: string): void {
  const text = headerEditor?.getValue() ?? '';
  try {
    const headers = withAuthorization(JSON.parse(text) as Record<string, string>, ours, authorization);
    ours.add(authorization);
    if (json(headers) !== text) headerEditor?.setValue(json(headers));
  } catch {
    // Somebody is writing there.
  }
}

async function putNewVariables({ activeTabIndex, tabs, variableEditor }: EditorContext): Promise<void> {
  const name = tabs[activeTabIndex]?.operationName ?? '';
  try {
    variableEditor?.setValue(json(await freshVariables(name)));
    notice('');
  } catch {
    notice(`There are no new values for ${name || 'this tab'}.`);
  }
}

/** A button for new variables. It stands in GraphiQL's toolbar, where the open tab can be reached. */
function ToolbarContent({ authorization }: { readonly authorization: string }): unknown {
  const editor = GraphiQL.React.useEditorContext();
  // A tab has its headers in the editor only while it is open.
  React.useEffect(() => {
    if (editor !== null) putAuthorization(editor, authorization);
  }, [authorization, editor?.activeTabIndex, editor?.headerEditor]);
  const onClick = () => {
    if (editor !== null) void putNewVariables(editor);
  };
  return React.createElement(
    GraphiQL.React.ToolbarButton,
    { label: 'New values: a fresh code or tap', onClick },
    '\u21bb',
  );
}

function Explorer(): unknown {
  const [authorization, setAuthorization] = React.useState(PLACEHOLDER);
  const fetcher: Fetcher = async (request, { headers = {} } = {}) => {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    const answer = (await response.json()) as object;
    const token = tokenIn(answer);
    if (token !== undefined) {
      setAuthorization(`Bearer ${token}`);
      notice('Logged in: the token is in the Authorization header of every tab.');
    }
    return answer;
  };
  return React.createElement(GraphiQL, {
    fetcher,
    defaultTabs,
    // GraphiQL takes only the document of the first of defaultTabs.
    variables: defaultTabs[0]?.variables,
    headers: defaultTabs[0]?.headers,
    storage,
    toolbar: { additionalContent: React.createElement(ToolbarContent, { authorization }) },
    defaultEditorToolsVisibility: 'variables',
    showPersistHeadersSettings: false,
  });
}

if (location.hash === '#sandbox-unreachable') {
  notice("Apollo Sandbox's script did not come. This explorer needs no internet.");
}
ReactDOM.createRoot(element('explorer')).render(React.createElement(Explorer, {}));
