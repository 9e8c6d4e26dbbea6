/** Scopes that somebody may not read any more, in words: 江南新村居委会的调解. Pure. */
import type { Language } from '../../../shared/core/label.ts';
import type { Registry } from '../../../shared/core/registry.ts';
import { parseScope } from '../../../shared/core/scope.ts';
import type { TextKey, TextValues } from '../../texts/use-texts.ts';

/** A list longer than this says no more than its count. */
const MOST = 4;

interface Words {
  readonly registry: Pick<Registry, 'classes'>;
  readonly areaName: (code: string) => string;
  readonly language: Language;
  readonly t: (key: TextKey, values?: TextValues) => string;
}

/** @returns undefined where nothing is worth a word */
export function leftWords(
  left: readonly string[],
  { registry, areaName, language, t }: Words,
): string | undefined {
  const places = left.flatMap((name) => {
    const scope = parseScope(name);
    if (scope?.form === 'readers') return [t('sync.left.readers')];
    if (scope?.form !== 'area') return [];
    const what = registry.classes[scope.class]?.[language] ?? scope.class;
    return [t('sync.left.area', { where: areaName(scope.area), what })];
  });
  const told = [...new Set(places)];
  if (told.length === 0) return undefined;
  const list = told.slice(0, MOST).join(language === 'zh' ? '、' : ', ');
  return told.length > MOST ? t('sync.left.more', { list, count: told.length }) : list;
}
