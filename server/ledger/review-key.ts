/** Among what a held operation waits for: a person's decision (sync.md S14). */
export const REVIEW_KEY = 'review';
