/**
 * Faults that are planted on purpose, to see that the simulation finds them. Each is switched on through a port or an option of the
 * world; none touches the code under test.
 */
export const faults = {
  'rows forgotten': 'a page moves its cursor although its records were not written',
  'page in two pieces': 'the cursor is written before its records, in a transaction of its own',
  'verdict forgotten': 'the main process loses some verdicts for ever',
  'idempotency dropped': 'the ledger does not know operations that it has seen',
  'basis from the cursor': 'a form says that it saw everything that was pulled before it was saved',
  'after left empty': 'an operation does not name what it was built on',
  'device compared': 'a form says that it saw whatever was written on its own computer, not what it showed',
  'author taken from the session': 'the carrier sends operations in the name of whoever is signed in',
  'own operation dropped': 'a refused operation is taken out of journal and store',
  'append skipped': 'the journal answers without having written',
  'store row dropped': 'operations are not written to IndexedDB, and the mark moves on',
  'group cut': 'the journal keeps only the first of several operations',
  'gained scope from head': 'a new scope is pulled from the present on, not from zero',
  'clock believed': 'operations carry this computer’s own time',
  'epoch ignored': 'nobody hands back what a restored district has lost',
  'rival lost': 'the ledger keeps only the value in force of a conflict',
  'removal ignored': 'what has left a scope is not told',
  'left scope kept': 'the ledger leaves a record in every scope that it has ever been in',
  'share not projected': 'the ledger knows only the home of a shared record',
  'former reader kept': 'whoever was named once by a confidential matter goes on reading it',
  'key not destroyed': 'the main process keeps the keys of lost scopes',
  'rows not destroyed': 'rows of a lost scope stay on disk although nobody holds their key',
  'former rights forgotten': 'the district refuses what was written before rights were lost',
} as const;

export type Fault = keyof typeof faults;
