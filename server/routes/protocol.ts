/** GET /api/protocol: the messages as JSON Schema, derived from the schemas that both sides parse with. */
import { z } from 'zod';
import { administration } from '../../shared/protocol/administer.ts';
import * as messages from '../../shared/protocol/messages.ts';
import { OLDEST_PROTOCOL, PROTOCOL } from '../../shared/protocol/version.ts';

const schemaOf = (schema: z.ZodType): unknown =>
  z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });

let text: string | undefined;

export const protocolText = (): string => (text ??= JSON.stringify(protocolDescription()));

const protocolDescription = (): Readonly<Record<string, unknown>> => ({
  protocol: PROTOCOL,
  oldest: OLDEST_PROTOCOL,
  messages: Object.fromEntries(
    Object.entries(messages).flatMap(([name, schema]) =>
      typeof schema === 'string' ? [] : [[name, schemaOf(schema)]],
    ),
  ),
  administration: Object.fromEntries(
    Object.entries(administration).map(([name, { input, output }]) => [
      name,
      { input: schemaOf(input), output: schemaOf(output) },
    ]),
  ),
});
