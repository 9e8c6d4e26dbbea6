/** THE registry: one line a module. */
import { composeRegistry, type Registry } from '../core/registry.ts';
import { confidential } from './confidential/confidential.ts';
import { classes } from './directory/classes.ts';
import { directory } from './directory/directory.ts';
import { roles } from './directory/roles.ts';
import { mediationModule } from './mediation/mediation-module.ts';
import { residents } from './residents/residents.ts';
import { training } from './training/training.ts';

export { roles };

export const registry: Registry = composeRegistry(
  [residents, mediationModule, training, confidential, directory],
  roles,
  classes,
);
