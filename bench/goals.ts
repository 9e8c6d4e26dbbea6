/** The goals of the project's performance table, by the name of the figure that answers for each. */

export interface Goal {
  /** The table's row, in lower case. */
  readonly row: string;
  /** In the figure's own unit. */
  readonly most?: number;
  readonly least?: number;
  /** Times the floor. */
  readonly mostOfFloor?: number;
  readonly leastOfFloor?: number;
  /** So many times better than each peer; 1 is as good. */
  readonly ahead?: Readonly<Record<string, number>>;
}

export const goals: Readonly<Record<string, Goal>> = {
  'store.write': { row: 'w', mostOfFloor: 1.8, ahead: { pouchdb: 10, rxdb: 14 } },
  'store.write.longest-task': { row: 'w', most: 50 },
  'store.first-list': { row: 'o', most: 150 },
  'store.all-readable': { row: 'o', mostOfFloor: 2.3 },
  'store.page-of-50': { row: 'q', most: 1 },
  'store.counts': { row: 'q', most: 0.2 },
  'store.save': { row: 'u', mostOfFloor: 3 },

  'search.find': { row: 's', most: 10 },
  'search.recall': { row: 's', least: 100 },
  'search.precision': { row: 's', least: 100 },
  'search.build': { row: 's', ahead: { minisearch: 50, flexsearch: 50 } },
  'search.memory': { row: 's', ahead: { minisearch: 5, flexsearch: 5 } },

  'sync.first-download': { row: 'd', mostOfFloor: 4.5, ahead: { rxdb: 8, pouchdb: 10 } },
  'sync.first-page': { row: 'd', most: 500 },
  'sync.changes': { row: 'delta', most: 100 },
  'sync.push': { row: 'p', mostOfFloor: 1.5, ahead: { rxdb: 1, pouchdb: 1 } },

  'server.push-single': { row: 'l', leastOfFloor: 0.9 },
  'server.push-batches': { row: 'l', leastOfFloor: 0.4 },
  'server.pglite': { row: 'l', leastOfFloor: 0.75 },
  'server.pull-pages': { row: 'r', leastOfFloor: 0.9 },
  'server.pull-pages-cached': { row: 'r', least: 300 },

  'start.painted': { row: 'a', mostOfFloor: 1.1 },
  'start.usable': { row: 'a', mostOfFloor: 1.5 },
  'start.package': { row: 'a', most: 15 },
  'memory.renderer': { row: 'memory', most: 320 },
  'memory.main': { row: 'memory', most: 220 },
  'memory.server': { row: 'memory', most: 300 },
};
