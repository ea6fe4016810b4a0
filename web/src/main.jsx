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
import { createClient } from 'graphql-ws';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';

import { defaultTabs, newTabQuery } from './tabs.js';

const endpoint =
  document.querySelector('meta[name="civigraph-endpoint"]')?.content ||
  '/graphql';

// Subscriptions go to the same address over a WebSocket: ws: beside http:, wss:
// beside https:.
const socketUrl = new URL(endpoint, document.baseURI);
socketUrl.protocol = socketUrl.protocol === 'https:' ? 'wss:' : 'ws:';

const socket = createClient({
  url: socketUrl.href,
  // It is open only while a subscription runs.
  lazy: true,
  // When it is lost, that is shown. Connecting again unasked would leave out,
  // without a word, what was published in between.
  retryAttempts: 0,
  // Proxies close a socket on which nothing is said, many after a minute.
  keepAlive: 30_000,
});

// What ends a subscription: errors of GraphQL, or what became of the socket.
function errorsOf(reason) {
  if (Array.isArray(reason)) return reason;
  let message = `There is no connection to ${socketUrl.href}`;
  if (reason instanceof CloseEvent) {
    message = `The connection was closed: ${reason.code} ${reason.reason}`.trim();
  } else if (reason instanceof Error) {
    message = reason.message;
  }
  return [{ message }];
}

const fetcher = createGraphiQLFetcher({
  url: endpoint,
  wsClient: {
    // An error joins the last result, whose cursor is still wanted. Passed on as it
    // is, it would take its place, as a stack trace or as no more than an event,
    // and be left uncaught besides.
    subscribe(request, sink) {
      let last;
      return socket.subscribe(request, {
        ...sink,
        next(result) {
          last = result;
          sink.next(result);
        },
        error(reason) {
          sink.next({ errors: errorsOf(reason), data: last?.data });
          sink.complete();
        },
      });
    },
  },
});

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
