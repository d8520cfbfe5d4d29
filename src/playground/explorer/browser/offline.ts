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

/** Stores nothing: a stored tab would bring back a used code, a stored header would keep a token on disk. */
const storage = {
  length: 0,
  getItem: () => null,
  setItem: () => undefined,
  removeItem: () => undefined,
  clear: () => undefined,
};

/** Values that this page has set in Authorization. */
const ours = new Set([PLACEHOLDER]);

function putAuthorization({ headerEditor }: EditorContext, authorization: string): void {
  const text = headerEditor?.getValue() ?? '';
  try {
    const headers = withAuthorization(JSON.parse(text) as Record<string, string>, ours, authorization);
    ours.add(authorization);
    if (json(headers) !== text) headerEditor?.setValue(json(headers));
  } catch {
    // The user is editing the headers, which are not JSON at the moment.
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

/** Button for new variables. It is in GraphiQL's toolbar, where the open tab is accessible. */
function ToolbarContent({ authorization }: { readonly authorization: string }): unknown {
  const editor = GraphiQL.React.useEditorContext();
  // A tab's headers are in the editor only while the tab is open.
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
    // Of the first tab, GraphiQL takes only the document: https://github.com/graphql/graphiql/issues/3392
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
