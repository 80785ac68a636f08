export type DatabaseErrorCode =
  | 'database.unsupported'
  | 'database.unusable'
  | 'database.noUser'
  | 'database.noPassage'
  | 'database.notOurs'
  | 'database.wrongVersion'
  | 'database.inUse'
  | 'database.initFailed'
  | 'database.startFailed'
  | 'database.stopFailed'
  | 'database.unreachable';

/** Why the database could not be started or stopped. The message is for the operator and says what to do. */
export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode;

  constructor(code: DatabaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseError';
    this.code = code;
  }
}
