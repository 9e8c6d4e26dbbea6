/** Nothing of the machine that wrote a file stays in it: no folder of its owner, no package registry. */
import type { SourceFile } from './source-file.ts';

const TRACES: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w.*/-])\/(home|Users)\/(?!someone\b)[\w.-]+/, 'a folder of somebody’s machine'],
  [/(?<![\w.*/-])\/(root|work)\/[\w.-]+/, 'a folder of somebody’s machine'],
  [/\bC:\\+Users\\/i, 'a folder of somebody’s machine'],
  [/\bregistry[.][\w.-]+[.](org|com|cn|net)\b|\/\/[\w.-]*(artifactory|nexus)[\w.-]*/i, 'a package registry'],
  [/^\s*registry\s*=/m, 'a package registry'],
];

export const privateTraces = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap((file) => {
    if (file.path.startsWith('build/checks/')) return [];
    const found = TRACES.flatMap(([pattern, what]) => {
      const match = pattern.exec(file.text);
      return match ? [`${file.path}: ${what}: ${match[0].trim()}`] : [];
    });
    const resolved = file.path.endsWith('package-lock.json') && file.text.includes('"resolved":');
    return resolved ? [...found, `${file.path}: names where packages were fetched from (resolved)`] : found;
  });
