/** Values of an older shape, read as the present one: the same steps for stored records and for operations on their way. */
import type { AnyEntity } from './entity.ts';
import type { Values } from './field/base.ts';
import type { Operation } from './operation.ts';
import type { RecordState } from './record.ts';

function upcastValues(values: Values, version: number, entity: AnyEntity): Values {
  let current = values;
  for (let from = version; from < entity.version; from++) {
    current = entity.upcasts?.find((step) => step.from === from)?.values(current) ?? current;
  }
  return current;
}

export function upcastRecord(record: RecordState, entity: AnyEntity): RecordState {
  if (record.version >= entity.version) return record;
  return {
    ...record,
    version: entity.version,
    values: { ...upcastValues(record.values, record.version, entity) },
  };
}

export function upcastOperation(operation: Operation, entity: AnyEntity): Operation {
  if (operation.version >= entity.version) return operation;
  const set = operation.set && { ...upcastValues(operation.set, operation.version, entity) };
  const was = operation.was && { ...upcastValues(operation.was, operation.version, entity) };
  return { ...operation, version: entity.version, ...(set && { set }), ...(was && { was }) };
}
