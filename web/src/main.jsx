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

import { DOC_EXPLORER_PLUGIN } from '@graphiql/plugin-doc-explorer';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';

import { defaultTabs, newTabQuery } from './tabs.js';

const endpoint =
  document.querySelector('meta[name="civigraph-endpoint"]')?.content ||
  '/graphql';

// No subscriptionUrl: the page opens no socket.
const fetcher = createGraphiQLFetcher({ url: endpoint });

// A first visit shows the documentation beside the query, where there is room
// for both. Later visits keep what the reader chose: GraphiQL remembers an open
// panel but not a closed one, and its stored tabs tell that somebody was here.
function panelForFirstVisit() {
  const beenHere = () => {
    try {
      return localStorage.getItem('graphiql:tabState') !== null;
    } catch {
      return false; // storage is switched off: every visit is the first
    }
  };
  const wideEnough = window.matchMedia('(min-width: 64rem)').matches;
  return wideEnough && !beenHere() ? DOC_EXPLORER_PLUGIN : undefined;
}

// Computed once: GraphiQL resets its panel whenever this property changes.
const visiblePlugin = panelForFirstVisit();

createRoot(document.getElementById('graphiql')).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={defaultTabs}
    defaultQuery={newTabQuery}
    visiblePlugin={visiblePlugin}
    // Headers may hold a token: they are never written to the browser's storage.
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>Civigraph</GraphiQL.Logo>
  </GraphiQL>,
);
