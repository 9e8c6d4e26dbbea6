/** As much of the peers as is used here: nothing of theirs has to be installed to check this folder. */

declare module 'pouchdb-browser' {
  interface Found {
    readonly docs: readonly unknown[];
  }
  export interface Pouch {
    readonly bulkDocs: (docs: readonly object[]) => Promise<unknown>;
    readonly allDocs: (how: object) => Promise<{ readonly rows: readonly { readonly doc?: object }[] }>;
    readonly get: (id: string) => Promise<Record<string, unknown>>;
    readonly put: (doc: object) => Promise<unknown>;
    readonly query: (
      view: string,
      how: object,
    ) => Promise<{ readonly rows: readonly { readonly key: unknown; readonly value: number }[] }>;
    readonly createIndex: (index: object) => Promise<unknown>;
    readonly find: (query: object) => Promise<Found>;
    readonly info: () => Promise<{ readonly doc_count: number }>;
    readonly close: () => Promise<void>;
    readonly replicate: {
      readonly from: (url: string, how: object) => Promise<unknown>;
      readonly to: (url: string, how: object) => Promise<unknown>;
    };
  }
  interface PouchMaker {
    new (name: string, options?: object): Pouch;
    readonly plugin: (plugin: unknown) => PouchMaker;
  }
  const PouchDB: PouchMaker;
  export default PouchDB;
}
declare module 'pouchdb-find' {
  const plugin: unknown;
  export default plugin;
}
declare module 'pouchdb-adapter-indexeddb' {
  const plugin: unknown;
  export default plugin;
}

declare module 'rxdb' {
  export interface RxDocument {
    readonly incrementalPatch: (patch: object) => Promise<unknown>;
    readonly toJSON: () => Record<string, unknown>;
  }
  interface RxQuery<T> {
    readonly exec: () => Promise<T>;
  }
  export interface RxCollection {
    readonly bulkInsert: (docs: readonly object[]) => Promise<{ readonly error: readonly unknown[] }>;
    readonly bulkUpsert: (docs: readonly object[]) => Promise<unknown>;
    readonly find: (query?: object) => RxQuery<readonly RxDocument[]>;
    readonly findOne: (id: string) => RxQuery<RxDocument | null>;
    readonly count: (query: object) => RxQuery<number>;
  }
  export interface RxDatabase {
    readonly addCollections: (
      collections: Readonly<Record<string, { readonly schema: object }>>,
    ) => Promise<Readonly<Record<string, RxCollection>>>;
    readonly close: () => Promise<unknown>;
  }
  export function createRxDatabase(options: object): Promise<RxDatabase>;
}
declare module 'rxdb/plugins/storage-dexie' {
  export function getRxStorageDexie(): unknown;
}

declare module 'rxdb/plugins/replication' {
  import type { RxCollection } from 'rxdb';
  export interface Replication {
    readonly awaitInitialReplication: () => Promise<void>;
    readonly awaitInSync: () => Promise<unknown>;
    readonly pause: () => Promise<unknown>;
    readonly start: () => Promise<void>;
  }
  export function replicateRxCollection<C>(how: {
    readonly collection: RxCollection;
    readonly replicationIdentifier: string;
    readonly live: boolean;
    readonly pull: {
      readonly batchSize: number;
      readonly handler: (
        last: C | undefined,
      ) => Promise<{ readonly documents: readonly object[]; readonly checkpoint: C }>;
    };
    readonly push?: {
      readonly batchSize: number;
      readonly handler: (rows: readonly unknown[]) => Promise<readonly unknown[]>;
    };
  }): Replication;
}

declare module 'pouchdb-core' {
  interface Served {
    readonly bulkDocs: (docs: readonly object[]) => Promise<unknown>;
    readonly allDocs: (how: object) => Promise<{
      readonly rows: readonly { readonly id: string; readonly value: { readonly rev: string } }[];
    }>;
  }
  interface Maker {
    new (name: string): Served;
    readonly plugin: (plugin: unknown) => Maker;
    readonly defaults: (how: object) => Maker;
  }
  const core: Maker;
  export default core;
}
declare module 'pouchdb-adapter-memory' {
  const plugin: unknown;
  export default plugin;
}
declare module 'pouchdb-replication' {
  const plugin: unknown;
  export default plugin;
}
declare module 'pouchdb-mapreduce' {
  const plugin: unknown;
  export default plugin;
}
declare module 'express' {
  import type { IncomingMessage, RequestListener } from 'node:http';
  interface Answering {
    readonly header: (name: string, value: string) => void;
    readonly status: (code: number) => { readonly end: () => void };
  }
  interface App extends RequestListener {
    readonly use: {
      (handle: (request: IncomingMessage, response: Answering, next: () => void) => void): void;
      (path: string, app: unknown): void;
    };
  }
  export default function express(): App;
}
declare module 'express-pouchdb' {
  export default function expressPouch(maker: unknown, how: object): unknown;
}

declare module 'minisearch' {
  export default class MiniSearch {
    constructor(options: object);
    addAll(documents: readonly object[]): void;
    search(text: string, options?: object): readonly { readonly id: string }[];
  }
}
declare module 'flexsearch' {
  export class Document {}
}

declare module 'echarts' {
  interface Chart {
    readonly setOption: (option: object) => void;
    readonly renderToSVGString: () => string;
    readonly dispose: () => void;
  }
  export const init: (element: null, theme: null, how: object) => Chart;
}
