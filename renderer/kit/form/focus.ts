/** Moving through a form by the keyboard. */
const FOCUSABLE = 'input:not([disabled]), textarea:not([disabled]), button[type=submit]:not([disabled])';

/** Puts the keyboard on a field's control, or on the first thing inside it that takes it. */
export function focusControl(id: string): void {
  const found = document.getElementById(id);
  if (!found) return;
  const target = found.matches('input, textarea, button')
    ? found
    : (found.querySelector<HTMLElement>('input, textarea, button') ?? found);
  target.scrollIntoView({ block: 'center' });
  target.focus({ preventScroll: true });
}

/** The keyboard begins where there is something to choose, not on a dialog's way out. */
export const focusFirstIn = (box: HTMLElement | null): void =>
  box?.querySelector<HTMLElement>('input:not([type=file]), button')?.focus();

/** Enter inside a composition belongs to the input method (isComposing, or key code 229 in older ones). */
export const isComposing = (event: {
  readonly nativeEvent: { readonly isComposing: boolean };
  readonly keyCode: number;
}): boolean => event.nativeEvent.isComposing || event.keyCode === 229;

/** The element after this one inside the form; radios of one group count once. */
export function focusNext(form: HTMLElement, from: Element): void {
  const all = [...form.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const at = all.indexOf(from as HTMLElement);
  const group = from instanceof HTMLInputElement && from.type === 'radio' ? from.name : undefined;
  all
    .slice(at + 1)
    .find((one) => !(one instanceof HTMLInputElement && group !== undefined && one.name === group))
    ?.focus();
}
