declare module 'autocannon' {
  interface Options { url: string; connections: number; duration: number; requests: { method: 'GET'; path: string; headers: Record<string, string> }[] }
  interface Result {
    requests: { average: number; total: number };
    latency: { p50: number; p97_5: number; max: number };
    throughput: { total: number };
    non2xx: number; errors: number; timeouts: number;
  }
  export default function autocannon(options: Options): Promise<Result>;
}
