/**
 * The real area tree, brought into a district's directory once: which areas of a published list the desk lacks, as values of new
 * records. What is known already is never touched, whatever its name has become. Codes and names only; nothing is in it of anybody.
 */
export interface NewArea {
  /** Code of the district in whose directory it stands. */
  readonly home: string;
  readonly values: {
    readonly code: string;
    readonly name: string;
    readonly shortName: string;
    readonly level: 'district' | 'subdistrict' | 'committee';
  };
}

export interface ImportPlan {
  /** Districts first, then their streets and towns, then the committees, so that a tree grows from its root. */
  readonly fresh: readonly NewArea[];
  /** Areas of the list that are there already. */
  readonly known: number;
}

export interface ImportGiven {
  /** Codes that the directory holds, closed areas included. */
  readonly known: readonly string[];
  /** Areas over which the importing person holds the right. */
  readonly within: readonly string[];
}

const LEVELS = { 6: 'district', 9: 'subdistrict', 12: 'committee' } as const;

/** @param areas names by code */
export function planImport(
  areas: Readonly<Record<string, string>>,
  { known, within }: ImportGiven,
): ImportPlan {
  const here = new Set(known);
  const wanted = Object.keys(areas).filter((code) => within.some((area) => code.startsWith(area)));
  const shortNames = shortNamesOf(areas);
  const fresh = wanted
    .filter((code) => !here.has(code))
    .sort((one, other) => one.length - other.length || (one < other ? -1 : 1))
    .flatMap((code) => {
      const level = LEVELS[code.length as keyof typeof LEVELS];
      if (level === undefined) return [];
      const name = areas[code] ?? '';
      return [
        { home: code.slice(0, 6), values: { code, name, shortName: shortNames.get(code) ?? name, level } },
      ];
    });
  return { fresh, known: wanted.length - fresh.length };
}

/** A group of operations that hold or fall together is at most this large (sync.md S4). */
const MOST = 200;

export function inGroups<T>(items: readonly T[]): readonly (readonly T[])[] {
  const groups: T[][] = [];
  for (let from = 0; from < items.length; from += MOST) groups.push(items.slice(from, from + MOST));
  return groups;
}

/** Short names stand in official numbers: two committees of one district must not share one, so the street's is put in front. */
function shortNamesOf(areas: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const short = new Map(Object.entries(areas).map(([code, name]) => [code, shortened(code, name)]));
  const count = new Map<string, number>();
  for (const [code, name] of short) {
    const place = `${code.slice(0, 6)} ${name}`;
    count.set(place, (count.get(place) ?? 0) + 1);
  }
  return new Map(
    [...short].map(([code, name]) => {
      const isShared = code.length === 12 && (count.get(`${code.slice(0, 6)} ${name}`) ?? 0) > 1;
      return [code, isShared ? `${short.get(code.slice(0, 9)) ?? ''}${name}` : name];
    }),
  );
}

/** 徐汇区 → 徐汇, 斜土路街道 → 斜土, 淮海中路街道 → 淮海中路, 江南新村居委会 → 江南新村. */
function shortened(code: string, name: string): string {
  const bare = name.replace(code.length === 12 ? /(居|村)委会$/ : /(街道|区|镇)$/, '');
  const road = code.length === 9 && /[^东西南北中一二三四五]路$/.test(bare) && name.endsWith('街道');
  const short = road ? bare.slice(0, -1) : bare;
  return short.length >= 2 ? short : name;
}
