/**
 * Real answers against what the district says of itself, by a JSON Schema validator that knows nothing of zod. Stricter than a client
 * has to be: a field that the description does not name is wrong here.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

interface Answered {
  readonly method: string;
  /** As the table writes it: `/api/history/:record`. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

export interface Described {
  /** Nothing, or one sentence a fault. */
  readonly whatIsWrong: (answered: Answered) => readonly string[];
}

type Json = Readonly<Record<string, unknown>>;
const at = (json: unknown, ...names: readonly (string | number)[]): unknown =>
  names.reduce<unknown>((inner, name) => (inner as Json | undefined)?.[name], json);

export function describedBy(document: Json): Described {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: 'district', ...(strict(document) as Json) });
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `district#${pointer}` });
    compiled.set(pointer, known);
    return known;
  };
  return {
    whatIsWrong: ({ method, path, status, body }) => {
      const names = ['paths', path.replace(/:(\w+)/g, '{$1}'), method.toLowerCase(), 'responses', status];
      const place = [...names, 'content', 'application/json', 'schema'];
      if (at(document, ...place) === undefined) return [`not described: ${names.slice(1).join(' ')}`];
      const pointer = place.map((name) => `/${pointed(String(name))}`).join('');
      const validate = validatorOf(pointer);
      if (validate(body)) return [];
      return (validate.errors ?? []).map(({ instancePath, message, params }) =>
        [instancePath, message, JSON.stringify(params)].join(' '),
      );
    },
  };
}

const pointed = (name: string): string =>
  encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

/** Every object that names its properties has no others. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, one]) => [name, strict(one)]));
  const isClosed = inner['type'] === 'object' && 'properties' in inner && !('additionalProperties' in inner);
  return isClosed ? { ...inner, additionalProperties: false } : inner;
}
