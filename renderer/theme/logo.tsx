/** The mark: two neighbouring houses under one roof line, drawn as a seal. */
export function Logo({ size = '2.25rem' }: { readonly size?: string }) {
  return (
    <svg viewBox="0 0 48 48" width={size} height={size} aria-hidden="true" focusable="false">
      <rect width="48" height="48" rx="11" fill="var(--accent)" />
      <path
        d="M8 25.5 17.5 16l6.5 6.4 6.5-6.4L40 25.5"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="3.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="M12.5 26v9.5h23V26M24 28.5v7"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="3.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
