/** The parts of React 18 and GraphiQL 3 that the page uses. It loads both as classic scripts. */

interface Editor {
  getValue(): string;
  setValue(text: string): void;
}

export interface EditorContext {
  readonly activeTabIndex: number;
  readonly tabs: readonly { readonly operationName: string | null }[];
  readonly headerEditor: Editor | null;
  readonly variableEditor: Editor | null;
}

export type Fetcher = (request: object, options?: { readonly headers?: Record<string, string> }) => Promise<object>;

interface GraphiQLProps {
  readonly fetcher: Fetcher;
  readonly defaultTabs: readonly object[];
  readonly variables: string | undefined;
  readonly headers: string | undefined;
  readonly storage: object;
  readonly toolbar: { readonly additionalContent: unknown };
  readonly defaultEditorToolsVisibility: 'variables';
  readonly showPersistHeadersSettings: boolean;
}

type Component<Props> = (props: Props) => unknown;

declare global {
  const React: {
    createElement<Props>(type: Component<Props>, props: Props, ...children: readonly unknown[]): unknown;
    useState<T>(initial: T): [T, (next: T) => void];
    useEffect(effect: () => void, on: readonly unknown[]): void;
  };
  const ReactDOM: { createRoot(at: HTMLElement): { render(what: unknown): void } };
  const GraphiQL: Component<GraphiQLProps> & {
    readonly React: {
      readonly ToolbarButton: Component<{ readonly label: string; readonly onClick: () => void }>;
      useEditorContext(): EditorContext | null;
    };
  };
}
