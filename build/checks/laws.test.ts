import { expect, test } from 'vitest';
import { entityNames } from './law-entity-names.ts';
import { fileLength } from './law-file-length.ts';
import { privateTraces } from './law-private-traces.ts';
import { rulesAreTested } from './law-rules-are-tested.ts';
import { textsInTheirPlace } from './law-texts.ts';

const file = (path: string, text: string) => ({ path, text });

const core = (text: string) => file('shared/core/SPEC.md', text);
const sync = (text: string) => file('shared/protocol/SPEC.md', text);

test('a rule without a test, a citation without a rule and a rule written twice are found', () => {
  const specs = [
    core('- **PLAY-1** a\n- **PLAY-2** b\n- **PLAY-3** c\n- **PLAY-3** d\n'),
    sync('- **S1** a\n- **S2** b\n- **S2-1** c\n- **S3** d\n- **S3-1** e\n'),
  ];
  const tests = file(
    'shared/core/play.test.ts',
    `test('PLAY-1 the order is the server\\'s', () => {});
     test.skip('PLAY-2 is not run', () => {});
     describe('PLAY-3', () => { it.each([1])('%i [PLAY-9]', () => {}); });
     test('SHA-256 is no rule', () => {}); // PLAY-2`,
  );
  const contract = file('server/testing/a-contract.ts', `it('[S1] S3-1 holds', () => {});`);
  const story = file('e2e/a.spec.ts', `test('S15 S3-2 over the wire', () => {});`);
  expect(rulesAreTested([...specs, tests, contract, story])).toEqual([
    'shared/core/SPEC.md: PLAY-3 stands there twice',
    'shared/core/SPEC.md: no test cites PLAY-2',
    'shared/protocol/SPEC.md: no test cites S2',
    'shared/protocol/SPEC.md: no test cites S2-1',
    'shared/core/play.test.ts:3: there is no rule PLAY-9',
    'e2e/a.spec.ts:1: there is no rule S15',
    'e2e/a.spec.ts:1: there is no rule S3-2',
  ]);
});

test('rules that are all cited are no violation, and without a SPEC.md there is one', () => {
  const specs = [core('- **ID-1** a'), sync('- **S1** a')];
  const tests = file('server/a.test.ts', 'test.each([1])(`ID-1 S1 ${1}`, () => {});');
  expect(rulesAreTested([...specs, tests])).toEqual([]);
  expect(rulesAreTested([...specs.slice(1), tests])).toEqual(['shared/core/SPEC.md is missing']);
});

test('an entity named in the engine is found; the core’s own words, tests and screens are not', () => {
  const files = [
    file('shared/core/entity.ts', `export type Home = 'area' | 'person';`),
    file('shared/bridge.ts', `const session = z.object({ device: z.string() });`),
    file('renderer/core/engine.ts', `const a = records.get('resident');\nconst b = ['device', \`person\`];`),
    file('server/judge/judge.ts', `import './resident';\nif (kind === "mediation") stop();`),
    file('renderer/core/engine.test.ts', `open('resident')`),
    file('renderer/kit/list.tsx', `open('resident')`),
  ];
  expect(entityNames(files, ['resident', 'mediation', 'person', 'device'])).toEqual([
    'renderer/core/engine.ts:1: law 2, the engine names the entity resident',
    'server/judge/judge.ts:2: law 2, the engine names the entity mediation',
  ]);
});

test('Chinese in a screen is found in strings, templates and JSX, not in comments or texts', () => {
  const files = [
    file(
      'renderer/app/home.tsx',
      `// 注释\nconst a = '保存';\nconst b = <p title="提示">你好</p>;\nconst c = \`共 \${1} 人\`;`,
    ),
    file('renderer/texts/zh.ts', `export const zh = { save: '保存' };`),
    file('renderer/app/home.test.tsx', `getByText('保存')`),
  ];
  expect(textsInTheirPlace(files)).toEqual([
    'renderer/app/home.tsx:2: a text belongs into renderer/texts: 保存',
    'renderer/app/home.tsx:3: a text belongs into renderer/texts: 提示',
    'renderer/app/home.tsx:3: a text belongs into renderer/texts: 你好',
    'renderer/app/home.tsx:4: a text belongs into renderer/texts: 共',
    'renderer/app/home.tsx:4: a text belongs into renderer/texts: 人',
  ]);
});

test('a long file is found; tests may be longer and texts as long as they are', () => {
  const lines = (count: number) => 'x\n'.repeat(count);
  const files = [
    file('renderer/core/a.ts', lines(301)),
    file('renderer/core/b.ts', lines(300)),
    file('renderer/core/a.test.ts', lines(400)),
    file('renderer/texts/zh.ts', lines(2_000)),
    file('docs/a.md', lines(900)),
  ];
  expect(fileLength(files)).toEqual(['renderer/core/a.ts: 301 lines; look for the two ideas in it']);
});

test('folders of a machine and package registries are found', () => {
  const owner = ['', 'home', 'zhou', 'linli'].join('/');
  const host = ['registry', 'npmjs', 'org'].join('.');
  const files = [
    file('docs/a.md', `see ${owner}/x`),
    file('.npmrc', `registry = https://packages.example/`),
    file('package-lock.json', `{ "resolved": "https://${host}/a" }`),
    file('server/a.ts', `import { a } from '../shared/work/a.ts'; // app://desk/home/`),
  ];
  expect(privateTraces(files)).toEqual([
    'docs/a.md: a folder of somebody’s machine: /home/zhou',
    '.npmrc: a package registry: registry =',
    `package-lock.json: a package registry: ${host}`,
    'package-lock.json: names where packages were fetched from (resolved)',
  ]);
});
