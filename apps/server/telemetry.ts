/** Sends traces where the environment says. Nothing of this is loaded otherwise. */
import type { Config } from './config.ts';

/** Must run before the first span. @returns what sends the rest and ends, or null when tracing is off. */
export async function startTelemetry({ otlpEndpoint }: Pick<Config, 'otlpEndpoint'>): Promise<(() => Promise<void>) | null> {
  if (otlpEndpoint === null) return null;
  const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }] = await Promise.all([import('@opentelemetry/sdk-trace-node'), import('@opentelemetry/exporter-trace-otlp-http')]);
  const exporter = new OTLPTraceExporter({ url: `${otlpEndpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
  provider.register();
  return () => provider.shutdown();
}
