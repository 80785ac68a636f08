/** Hooks for OpenTelemetry. Until a tracer is registered the API answers with one that does nothing. */
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { Problem } from './problem.ts';

const tracer = trace.getTracer('milpa');

/** Runs the work in a span named after the operation. A problem is an answer, not a failure. */
export function traced<T>(operation: string, attributes: Record<string, string>, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(operation, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem) span.setAttribute('milpa.problem', error.code);
      else span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
