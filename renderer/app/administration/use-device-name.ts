import { useAsked } from './use-administration.ts';

/** The label that people know a computer by; a dash for one that is not in one's area. */
export function useDeviceName(): (id: string | null) => string {
  const devices = useAsked('devices.list').value?.devices ?? [];
  return (id) => devices.find((device) => device.id === id)?.label ?? '—';
}
