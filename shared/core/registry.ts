/** All entities, roles and classes that this build knows; passed to the engine, the judge and the screens, which name none. */
import type { Classes, Roles } from './access.ts';
import type { AnyEntity, Module } from './entity.ts';

export interface Registry {
  readonly modules: readonly Module[];
  readonly roles: Roles;
  readonly classes: Classes;
  readonly entities: ReadonlyMap<string, AnyEntity>;
}

export function composeRegistry(modules: readonly Module[], roles: Roles, classes: Classes = {}): Registry {
  const entities = new Map<string, AnyEntity>();
  for (const entity of modules.flatMap((module) => module.entities)) {
    if (entities.has(entity.name)) throw new Error(`entity ${entity.name} is declared twice`);
    entities.set(entity.name, entity);
  }
  return { modules, roles, classes, entities };
}
