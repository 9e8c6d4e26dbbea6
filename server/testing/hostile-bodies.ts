/**
 * Bodies as somebody sends them who is let in and means harm: each follows a route's own schema and is spoilt in one or two places, with
 * what the schema forbids there or with what it allows and nobody expects.
 */
import { z } from 'zod';
import type { SeededSource } from '../../shared/testing/random.ts';

type Json = Readonly<Record<string, unknown>>;
type Holder = Record<string | number, unknown>;

export interface Bodies {
  /** A request as it should be, but for where it is spoilt. */
  readonly next: (schema: z.ZodType) => unknown;
}

/** One of each form that the protocol's strings take. */
const FORMED: readonly string[] = [
  'x',
  'AAAA',
  'A'.repeat(22),
  'A'.repeat(43),
  'A'.repeat(86),
  `k_${'A'.repeat(16)}`,
  `B${'A'.repeat(86)}=`,
  '310104007001',
  '2026-11-26T04:00:00.000Z',
  'x'.repeat(10),
];
/** Names that every object answers to, and addresses of elsewhere. */
const NAMES: readonly string[] = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '../../x', '*'];

const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => [inner], []);
const unknownFields = (count: number): Json =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`more${index}`, index]));
const ANYTHING: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e308,
  2 ** 53,
  '',
  ' ',
  '\0',
  '\ud800',
  '𠮷'.repeat(300),
  [],
  {},
  nested(20),
  nested(60),
  JSON.parse('{"__proto__":{"isAdministrator":true},"constructor":{"prototype":{}}}'),
  unknownFields(70),
  ...NAMES,
];

/** `known` says by field name what a real desk would send: other people's ids, scopes, the epoch. */
export function hostileBodies(
  random: SeededSource,
  known: Readonly<Record<string, readonly (string | number)[]>>,
): Bodies {
  function sample(schema: Json, field: string, places: Place[]): unknown {
    const options = (schema['anyOf'] ?? schema['oneOf']) as readonly Json[] | undefined;
    if (options) return sample(random.pick(options), field, places);
    if ('const' in schema) return schema['const'];
    if ('enum' in schema) return random.pick(schema['enum'] as readonly unknown[]);
    const named = known[field];
    if (named && random.chance(0.8)) return random.pick(named);
    switch (schema['type']) {
      case 'string': {
        const fitting = FORMED.filter((text) => fits(text, schema));
        return fitting.length > 0 ? random.pick(fitting) : 'x'.repeat(Number(schema['minLength'] ?? 1));
      }
      case 'integer':
      case 'number':
        return Math.max(0, Number(schema['minimum'] ?? 0)) + random.whole(3);
      case 'boolean':
        return random.chance(0.5);
      case 'array': {
        const count = Number(schema['minItems'] ?? 0) + random.whole(3);
        const items: unknown[] = [];
        for (let index = 0; index < count; index++)
          put(items as unknown as Holder, index, schema['items'] as Json, field, places);
        return items;
      }
      case 'object': {
        const made: Holder = {};
        const required = (schema['required'] ?? []) as readonly string[];
        for (const [name, inner] of Object.entries(
          (schema['properties'] ?? {}) as Readonly<Record<string, Json>>,
        ))
          if (required.includes(name) || random.chance(0.5)) put(made, name, inner, name, places);
        return made;
      }
      default:
        return {};
    }
  }

  function put(holder: Holder, key: string | number, schema: Json, field: string, places: Place[]): void {
    holder[key] = sample(schema, field, places);
    places.push({ holder, key, schema });
  }

  function spoil({ holder, key, schema }: Place): void {
    const longest = Number(schema['maxLength'] ?? 0);
    const most = Number(schema['maxItems'] ?? 0);
    const present = holder[key];
    const beyond: unknown[] = [];
    if (longest > 0) beyond.push('x'.repeat(longest + 1));
    if (most > 0) {
      const [first = 'x'] = Array.isArray(present) ? (present as readonly unknown[]) : [];
      beyond.push(
        Array.from({ length: most + 1 }, () => first),
        Array.from({ length: most }, () => first),
      );
    }
    if (typeof present === 'object' && present !== null && !Array.isArray(present))
      beyond.push({ ...present, ...unknownFields(5) });
    if (schema['type'] === 'integer') beyond.push(String(present), 2 ** 31, Number.MAX_SAFE_INTEGER, -0.1);
    holder[key] = random.pick(beyond.length > 0 && random.chance(0.5) ? beyond : ANYTHING);
  }

  return {
    next: (schema) => {
      const whole: Holder = {};
      const places: Place[] = [];
      put(whole, 'body', jsonSchemaOf(schema), '', places);
      for (let times = 1 + random.whole(2); times > 0; times--) spoil(random.pick(places));
      return whole['body'];
    },
  };
}

interface Place {
  readonly holder: Holder;
  readonly key: string | number;
  readonly schema: Json;
}

const compiled = new WeakMap<z.ZodType, Json>();
function jsonSchemaOf(schema: z.ZodType): Json {
  const known =
    compiled.get(schema) ?? (z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Json);
  compiled.set(schema, known);
  return known;
}

const fits = (text: string, schema: Json): boolean =>
  (schema['pattern'] === undefined || new RegExp(String(schema['pattern'])).test(text)) &&
  text.length >= Number(schema['minLength'] ?? 0) &&
  text.length <= Number(schema['maxLength'] ?? Infinity);
