// Monaco asks for its workers while it loads, so they are set up first.
import 'graphiql/setup-workers/vite';

// `graphiql/style.css` would hold all of this and a second copy of Monaco's
// style sheet, which Monaco brings along itself when it is bundled.
import '@graphiql/react/font/roboto.css';
import '@graphiql/react/font/fira-code.css';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './style.css';

import { useMonaco } from '@graphiql/react';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';

import { defaultTabs, newTabQuery } from './tabs.js';

const endpoint =
  document.querySelector('meta[name="civigraph-endpoint"]')?.content ||
  '/graphql';

// No subscriptionUrl: the page opens no socket.
const fetcher = createGraphiQLFetcher({ url: endpoint });

// Queries come on one long line when they are pasted from elsewhere. GraphiQL has
// no property for this, so it is set on its editors, those there and those to come.
function WrappedLines() {
  const { monaco } = useMonaco();
  useEffect(() => {
    if (!monaco) return;
    const wrap = (editor) => editor.updateOptions({ wordWrap: 'on' });
    monaco.editor.getEditors().forEach(wrap);
    const listener = monaco.editor.onDidCreateEditor(wrap);
    return () => listener.dispose();
  }, [monaco]);
  return null;
}

createRoot(document.getElementById('graphiql')).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={defaultTabs}
    defaultQuery={newTabQuery}
    // Headers may hold a token: they are never written to the browser's storage.
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>Civigraph</GraphiQL.Logo>
    <WrappedLines />
  </GraphiQL>,
);
