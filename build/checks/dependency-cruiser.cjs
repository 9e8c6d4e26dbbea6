/** Who may import whom (docs/design: architecture, Folders). Every rule says what is allowed; all else of the project is refused. */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const TEST = '[.]test[.]tsx?$|/testing/';

/** Within the project `path` may import only `allowed`; tests may also import what lies in testing/ folders and the registry. */
const only = (name, path, allowed, pathNot = TEST) => ({
  name,
  severity: 'error',
  from: { path, pathNot },
  to: { path: '^(shared|electron|renderer|server|build|e2e|bench)/', pathNot: allowed },
});

/** npm packages that `path` may import; `extra` for its tests is free. */
const packages = (name, path, allowed, pathNot = TEST) => ({
  name,
  severity: 'error',
  from: { path, pathNot },
  to: {
    dependencyTypesNot: ['local', 'core', 'aliased', 'localmodule', 'undetermined'],
    path: 'node_modules/',
    pathNot: `node_modules/(@types/)?(${allowed.join('|')})/`,
  },
});

const CORE = '^shared/core/';
const PROTOCOL = '^shared/protocol/';
const BRIDGE = '^shared/bridge(-events|-packages|-attachments)?[.]ts$';
const REGISTRY = '^shared/modules/index[.]ts$';
const STORE = '^renderer/core/store(/|[^/]*[.]ts$)';
/** The engine's public face for screens: its hooks and the types that they speak in. */
const HOOKS = '^renderer/core/(hooks|desk)([.]tsx?$|/)';

const peers = readFileSync(join(__dirname, '..', '..', 'bench', 'package.json'), 'utf8');
const PEERS = Object.keys(JSON.parse(peers).devDependencies);

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      comment: 'What benchmarks compare with is installed when they run, not when they are checked.',
      severity: 'error',
      from: { pathNot: '^bench/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'resolvable-or-a-peer',
      severity: 'error',
      from: { path: '^bench/' },
      to: { couldNotResolve: true, pathNot: `^(${PEERS.join('|')})(/|$)` },
    },
    {
      name: 'declared-packages-only',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'shipped-code-needs-dependencies',
      comment:
        'What the server runs lies in `dependencies`; the window and the shell are bundled, electron is the runtime.',
      severity: 'error',
      from: { path: '^(shared|server|electron|renderer)/', pathNot: TEST },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/electron/',
      },
    },
    {
      name: 'shared-has-no-node',
      severity: 'error',
      from: { path: '^shared/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-import-of-tests',
      severity: 'error',
      from: { pathNot: `${TEST}|^e2e/|^build/|^bench/` },
      to: { path: '[.]test[.]tsx?$|^(renderer|server|electron)/.*testing/' },
    },

    only('shared-core-imports-nothing', CORE, CORE),
    only('shared-protocol', PROTOCOL, [CORE, PROTOCOL].join('|')),
    only('shared-bridge', BRIDGE, [CORE, PROTOCOL, BRIDGE].join('|')),
    only('modules-import-the-core', '^shared/modules/([^/]+)/', [CORE, '^shared/modules/$1/'].join('|')),
    {
      name: 'modules-never-import-modules',
      severity: 'error',
      from: { path: '^shared/modules/([^/]+)/' },
      to: { path: '^shared/modules/', pathNot: '^shared/modules/$1/' },
    },
    {
      name: 'only-the-registry-imports-modules',
      severity: 'error',
      from: {
        path: '^(shared|electron|server|build|renderer)/',
        pathNot: `${REGISTRY}|^shared/modules/|^shared/testing/|^renderer/modules/|${TEST}`,
      },
      to: { path: '^shared/modules/', pathNot: REGISTRY },
    },
    only('shared-testing', '^shared/testing/', '^shared/', '[.]test[.]tsx?$'),
    packages('shared-needs-zod-at-most', '^shared/', ['zod']),

    only('electron', '^electron/', [CORE, PROTOCOL, BRIDGE, '^electron/'].join('|')),
    only('server', '^server/', '^(shared|server)/'),
    {
      name: 'law-2-the-judge-is-given-the-registry',
      severity: 'error',
      from: { path: '^server/(ledger|judge|projector)', pathNot: TEST },
      to: { path: '^shared/modules/' },
    },

    only('renderer-core', '^renderer/core/', [CORE, PROTOCOL, BRIDGE, '^renderer/core/'].join('|')),
    packages('renderer-core-packages', '^renderer/core/', [
      'dexie',
      'zustand',
      'react',
      'zod',
      'pinyin-pro',
      'fflate',
    ]),
    {
      name: 'law-3-only-the-store-opens-dexie',
      severity: 'error',
      from: { path: '^(shared|electron|renderer)/', pathNot: `${STORE}|${TEST}` },
      to: { path: 'node_modules/dexie/' },
    },
    only('renderer-kit', '^renderer/kit/', [CORE, HOOKS, '^renderer/(kit|theme|words|texts)'].join('|')),
    {
      name: 'renderer-modules',
      severity: 'error',
      from: { path: '^renderer/modules/([^/]+)/', pathNot: TEST },
      to: {
        path: '^(shared|electron|renderer|server|build|e2e)/',
        pathNot: [
          CORE,
          HOOKS,
          '^renderer/(kit|theme|words|texts)',
          '^renderer/modules/$1/',
          '^shared/modules/$1/',
        ].join('|'),
      },
    },
    {
      name: 'renderer-module-registry',
      severity: 'error',
      from: { path: '^renderer/', pathNot: `^renderer/modules/|${TEST}` },
      to: { path: '^renderer/modules/', pathNot: '^renderer/modules/index[.]tsx?$' },
    },
    only('renderer-app', '^renderer/(app/|main[.]tsx)', '^(shared|renderer)/'),
    only('build', '^build/', '^(build|shared|server|electron)/'),
    only('e2e', '^e2e/', '^(shared|build|e2e)/', '^$'),
    {
      name: 'nobody-imports-benchmarks',
      severity: 'error',
      from: { pathNot: '^bench/' },
      to: { path: '^bench/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^(shared|electron|renderer|server)/', pathNot: '[.]d[.]ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|[.]cache|[.]tsbuild|test-results|coverage)/' },
    // bench/ has a package.json of its own beside the project's.
    combinedDependencies: true,
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
    tsConfig: { fileName: 'tsconfig.base.json' },
    skipAnalysisNotInRules: true,
    progress: { type: 'none' },
  },
};
