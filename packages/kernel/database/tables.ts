import type { Generated } from 'kysely';

/** JSON columns are read as values and written as text or objects. */
export interface EventTable {
  tenantId: Generated<string>; id: Generated<string>; type: string; payload: unknown; memberId: string | null; occurredAt: Generated<string>;
}
export interface EventDeliveryTable { tenantId: Generated<string>; eventId: string; handler: string; deliveredAt: Generated<string> }
export interface AuditEntryTable {
  tenantId: Generated<string>; id: Generated<string>; at: Generated<string>; actorKind: string; memberId: string | null; accountId: string | null;
  action: string; outcome: 'done' | 'refused'; subjectType: string | null; subjectId: string | null; detail: unknown; requestId: string | null;
}
export interface IdempotencyKeyTable {
  tenantId: Generated<string>; actorKey: string; key: string; operation: string; requestHash: string; status: number | null; response: unknown; createdAt: Generated<string>;
}
export interface ControlAuditEntryTable {
  id: Generated<string>; at: Generated<string>; accountId: string | null; action: string; subjectType: string | null; subjectId: string | null; detail: unknown; requestId: string | null;
}
export interface MailTable {
  id: Generated<string>; idempotencyKey: string; recipient: string; subject: string; body: string | null; locale: string;
  state: 'pending' | 'sent' | 'kept'; createdAt: Generated<string>; sentAt: string | null; failedAt: string | null;
}

declare module './database.ts' {
  interface Tables {
    'kernel.event': EventTable;
    'kernel.eventDelivery': EventDeliveryTable;
    'kernel.auditEntry': AuditEntryTable;
    'kernel.idempotencyKey': IdempotencyKeyTable;
  }
  interface ControlTables {
    'kernelControl.auditEntry': ControlAuditEntryTable;
    'kernelControl.idempotencyKey': Omit<IdempotencyKeyTable, 'tenantId'>;
    'kernelControl.mail': MailTable;
  }
}
