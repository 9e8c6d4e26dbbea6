/**
 * What the screens need and the desk does not give: names of areas and people, printing, and the screens that modules add by hand.
 * The app fills it in (it knows the registry's directory, the bridge and renderer/modules); the kit names no entity and no channel.
 *
 *   <KitProvider value={ports}> … every page of the kit … </KitProvider>
 */
import { createContext, useContext, type ComponentType } from 'react';
import type { RecordState } from '../../shared/core/record.ts';

export interface KitArea {
  readonly code: string;
  readonly name: string;
}

/** A part of a record's page that a module writes by hand. */
export type Panel = ComponentType<{ readonly record: RecordState }>;

/** Screens by hand, by entity name. */
export type Screens = Readonly<Record<string, Screen>>;

export interface Screen {
  readonly panels: readonly Panel[];
  /** Related entities that the panels show already. */
  readonly covers?: readonly string[];
}

export interface Paper {
  readonly html: string;
  readonly title: string;
}

export interface KitPorts {
  /** Full name of an area; the code itself where it is not known. */
  readonly areaName: (code: string) => string;
  readonly personName: (id: string) => string;
  /** All areas that this desk knows. */
  readonly areas: () => readonly KitArea[];
  /** Through the system's dialog. */
  readonly print: (paper: Paper) => Promise<boolean>;
  /** @returns the file's name, or undefined when the person cancelled */
  readonly savePdf: (paper: Paper) => Promise<string | undefined>;
  /** Asks where; the file's name, or undefined when the person cancelled. */
  readonly saveFile: (file: {
    readonly name: string;
    readonly bytes: Uint8Array<ArrayBuffer>;
  }) => Promise<string | undefined>;
  readonly screens: Screens;
}

const PortsContext = createContext<KitPorts | undefined>(undefined);
export const KitProvider = PortsContext.Provider;

export function useKit(): KitPorts {
  const ports = useContext(PortsContext);
  if (!ports) throw new Error('no KitProvider is around this screen');
  return ports;
}
