/**
 * The laws that neither compiler, linter nor import rules can see. Each check takes files and answers with violations, one sentence
 * each; this program runs them all over the files that git knows.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '../../shared/modules/index.ts';
import { root } from '../project.ts';
import { entityNames } from './law-entity-names.ts';
import { fileLength } from './law-file-length.ts';
import { privateTraces } from './law-private-traces.ts';
import { rulesAreTested } from './law-rules-are-tested.ts';
import type { SourceFile } from './source-file.ts';
import { textsInTheirPlace } from './law-texts.ts';

const MADE = new Set(['.git', 'node_modules', 'dist', '.cache', '.tsbuild', 'test-results', 'coverage']);
const BINARY = /[.](png|ico|icns|woff2?|pdf|xlsx|docx|zip|gz)$/;

/** Tracked files and new ones that are not ignored, so that a violation shows before it is committed. */
function files(): readonly SourceFile[] {
  const listing = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const paths = listing.status === 0 ? listing.stdout.split('\0') : walk('.');
  return [...new Set(paths)]
    .filter((path) => path !== '' && !BINARY.test(path) && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Without git, as in an unpacked archive: everything but what is made here. */
function walk(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return MADE.has(entry.name) ? [] : walk(path);
    return entry.isFile() ? [path] : [];
  });
}

const all = files();
const violations = [
  ...rulesAreTested(all),
  ...entityNames(all, [...registry.entities.keys()]),
  ...textsInTheirPlace(all),
  ...fileLength(all),
  ...privateTraces(all),
];
violations.forEach((line) => console.error(line));
console.log(`laws: ${all.length} files, ${violations.length} violations`);
if (violations.length > 0) process.exitCode = 1;
