/** Where things lie in this project; every other program of build/ and e2e/ asks here. */
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
export const dist = join(root, 'dist');

/** A desk as people get it, and its twin that differs by one fuse, so that Playwright can drive it. */
export type Package = 'desk' | 'twin';
export const packageFolder = (name: Package): string => join(dist, 'packages', name);
export const packageExecutable = (name: Package): string => join(packageFolder(name), 'linli');
